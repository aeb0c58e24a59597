"""State machines as tables: which verb leads from which states to which, and who may say it.

One table per noun, in its app's `rules`; actions ask the table and apply its answer.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Self


class Refused(Exception):
    """An action that may not happen now. `message` is an English message id with parameters.

    Nothing was changed. The border translates it once: ``_(fault.message) % fault.parameters``.
    `field`: the key of what was told wrongly, where it is one thing; a form says it there.
    """

    field = ""

    def __init__(self, message: str, **parameters: object) -> None:
        super().__init__(message % parameters if parameters else message)
        self.message = message
        self.parameters = parameters

    def at(self, field: str) -> Self:
        """The same refusal, of what was told under this key."""
        self.field = field
        return self


@dataclass(frozen=True, slots=True)
class Step:
    """One transition: its verb, the states it may start from, where it leads, the right it takes.

    An empty `target` keeps the state (a step that only leaves a record).
    """

    verb: str
    sources: tuple[str, ...]
    target: str
    right: str = ""

    def leads_to(self, state: str) -> str:
        return self.target or state


class NoSuchStep(Exception):
    """The verb does not exist in the state; the caller says so in its own words."""

    def __init__(self, verb: str, state: str) -> None:
        super().__init__(f"{verb} does not start from {state}")
        self.verb = verb
        self.state = state


class Table:
    """The state machine of one noun."""

    def __init__(self, steps: Iterable[Step]) -> None:
        self.steps = tuple(steps)

    def step(self, verb: str, state: str) -> Step:
        """The step `verb` from `state`; raises `NoSuchStep`."""
        for step in self.steps:
            if step.verb == verb and state in step.sources:
                return step
        raise NoSuchStep(verb, state)

    def verbs(self, state: str) -> tuple[str, ...]:
        """What may be done in `state`."""
        return tuple(dict.fromkeys(s.verb for s in self.steps if state in s.sources))


def allowed(verbs: Iterable[str], check: Callable[[str], object]) -> tuple[str, ...]:
    """Those of the verbs that `check` does not refuse: what is offered is what would be done."""
    found = []
    for verb in verbs:
        try:
            check(verb)
        except Refused:
            continue
        found.append(verb)
    return tuple(found)
