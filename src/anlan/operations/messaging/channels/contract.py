"""What every channel declares and does."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from anlan.vocabulary import clock
from anlan.vocabulary.levels import Standing

BUDGET_S = 5.0  # real seconds one hand-over may hold up the rounds
LINES = 8  # letters under way at once on a network channel


class Result(StrEnum):
    SENT = "SENT"
    DELIVERED = "DELIVERED"
    RETRY = "RETRY"
    REFUSED = "REFUSED"


@dataclass(frozen=True, slots=True)
class Letter:
    """One message ready to leave. `id` is the idempotency key; `text` is final, marks and link in.

    `label` is the masked name that logs may show; `to` is the plain address.
    """

    id: str
    to: str
    label: str
    title: str
    text: str
    link: str
    standing: Standing
    level: int | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a channel answered about one letter."""

    id: str
    result: Result
    detail: str = ""


class ChannelDown(Exception):
    """The channel takes nothing now: its letters wait, none is spent."""


class Channel(Protocol):
    """A way out. `send` answers for the letters it tried; the others stay queued."""

    name: str
    batch: int
    per_minute: int | None

    @property
    def standings(self) -> frozenset[Standing]:
        """What this channel is registered for; nothing else is ever handed to it."""
        ...

    def send(self, letters: Sequence[Letter]) -> list[Outcome]: ...


def registered_standings(name: str, default: Sequence[Standing]) -> frozenset[Standing]:
    """From ``ANLAN_<NAME>_STANDINGS`` (comma separated), else the channel's own default."""
    text = os.environ.get(f"ANLAN_{name.upper()}_STANDINGS", "")
    if not text.strip():
        return frozenset(default)
    return frozenset(Standing(part.strip()) for part in text.split(",") if part.strip())


def send_at_once(letters: Sequence[Letter], send_one: Callable[[Letter], Outcome]) -> list[Outcome]:
    """Send several letters side by side, for at most BUDGET_S seconds; the rest wait their turn.

    Raises `ChannelDown` when nothing at all went through because nobody took the connection.
    """
    started = clock.stopwatch()
    outcomes: list[Outcome] = []
    down: ChannelDown | None = None
    waiting = list(letters)
    with ThreadPoolExecutor(max_workers=LINES, thread_name_prefix="letters") as pool:
        while waiting and down is None and clock.stopwatch() - started < BUDGET_S:
            group, waiting = waiting[:LINES], waiting[LINES:]
            for done in as_completed([pool.submit(send_one, letter) for letter in group]):
                try:
                    outcomes.append(done.result())
                except ChannelDown as fault:
                    down = fault
    if down is not None and not outcomes:
        raise down
    return outcomes
