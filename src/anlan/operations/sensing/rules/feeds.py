"""Feeds: what kinds there are, when each is asked next, and when it is overdue."""

from datetime import timedelta
from enum import StrEnum

from anlan.vocabulary.words import NP_, Term

SHORTEST, LONGEST = timedelta(minutes=1), timedelta(days=1)
SLOWEST = timedelta(hours=6)
OVERDUE_INTERVALS = 3
PATIENCE = timedelta(minutes=5)
_DOUBLINGS = 10


class FeedKind(StrEnum):
    WEATHER = "weather"
    HOTSPOTS = "hotspots"


KIND_WORDS: dict[str, Term] = {
    FeedKind.WEATHER: NP_("feed", "Weather, six elements"),
    FeedKind.HOTSPOTS: NP_("feed", "Satellite hotspots (FIRMS)"),
}


def next_wait(interval: timedelta, failures: int) -> timedelta:
    """How long until the next asking: the interval, doubled with each failure in a row, up to 6 h.

    An interval that is itself longer is never shortened.
    """
    waited: timedelta = interval * 2 ** min(failures, _DOUBLINGS)
    return max(interval, min(waited, SLOWEST))


def overdue_after(interval: timedelta) -> timedelta:
    """A feed without success for so long is overdue."""
    return OVERDUE_INTERVALS * interval + PATIENCE
