"""How long a camera was online: spells of one state, and shares of the time that was watched."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from anlan.operations.sensing.rules.video import CameraState

DAYS = (1, 7, 30)
KEPT = timedelta(days=DAYS[-1] + 1)
# Between two looks; after a longer gap nobody knows how it was meanwhile.
UNWATCHED_AFTER = timedelta(minutes=5)


class Spell(NamedTuple):
    """So long a camera was in one state."""

    state: str
    began_at: datetime
    ended_at: datetime


def online_shares(spells: Iterable[Spell], now: datetime) -> tuple[float | None, ...]:
    """The share of the last 1, 7 and 30 days that a camera was online.

    Of the time in which that was known; None where it never was.
    """
    held = list(spells)
    return tuple(_share(held, now - timedelta(days=days)) for days in DAYS)


def _share(spells: Iterable[Spell], since: datetime) -> float | None:
    lasted = {CameraState.ONLINE: 0.0, CameraState.OFFLINE: 0.0}
    for spell in spells:
        if spell.state in lasted:
            seconds = (spell.ended_at - max(spell.began_at, since)).total_seconds()
            lasted[CameraState(spell.state)] += max(0.0, seconds)
    whole = sum(lasted.values())
    return lasted[CameraState.ONLINE] / whole if whole else None
