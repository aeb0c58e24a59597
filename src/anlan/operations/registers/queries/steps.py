"""The steps of a loop as forms: one button a verb, and what it must be told."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import worded
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import Term

Choices = Mapping[str, Sequence[tuple[object, str]]]


@dataclass(frozen=True, slots=True)
class Input:
    """One thing a step must be told. `kind`: text, long, day, moment, whole, check, choice, named.

    A choice is made from the list that the page has under `choices` (else under the key); named
    is chosen so too, and typed where the page has no list. `longest`: characters of a long one.
    """

    key: str
    word: Term
    kind: str = "long"
    required: bool = True
    choices: str = ""
    longest: int = 1000


@dataclass(frozen=True, slots=True)
class StepForm:
    """How a verb looks: its button, what it asks, and what it calls with what was given."""

    button: Term
    inputs: tuple[Input, ...]
    take: Callable[..., object]


def telling(
    person: Callable[[HttpRequest], object], action: Callable[..., object], *names: str
) -> Callable[..., object]:
    """What a form calls whose action is told texts by these names, and nothing else.

    `person`: whoever asks, as the room's rules see them.
    """

    def take(request: HttpRequest, pk: int, given: Mapping[str, str]) -> object:
        told = {name: given.get(name, "") for name in names}
        return action(actor_of(request), person(request), pk, **told)

    return take


@contextmanager
def step_said(request: HttpRequest, button: Term) -> Iterator[None]:
    """The step that is taken within: the next page says that it is done, or why it was refused."""
    try:
        yield
    except Refused as fault:
        messages.error(request, worded(fault))
    else:
        messages.success(request, _("Done: %(step)s.") % {"step": pgettext(*button)})


def drawn(
    forms: Mapping[str, StepForm],
    verbs: Iterable[str],
    main: str,
    choices: Choices,
    known: Mapping[str, str] | None = None,
) -> list[dict[str, Any]]:
    """The forms of these verbs as ``registers/steps.html`` draws them, the main one first.

    `known`: what is said already, by key of the input, to be gone on from.
    """
    found = [
        {
            "verb": verb, "button": pgettext(*forms[verb].button), "main": verb == main,
            "inputs": [_input(one, choices, known or {}) for one in forms[verb].inputs],
        }
        for verb in verbs if verb in forms
    ]  # fmt: skip
    return sorted(found, key=lambda one: not one["main"])


def _input(one: Input, choices: Choices, known: Mapping[str, str]) -> dict[str, Any]:
    given = choices.get(one.choices or one.key, ()) if one.kind in ("choice", "named") else ()
    kind = one.kind if one.kind != "named" else "choice" if given else "text"
    return {
        "key": one.key, "word": pgettext(*one.word), "kind": kind,
        "required": one.required, "choices": given, "value": known.get(one.key, ""),
        "longest": one.longest,
    }  # fmt: skip
