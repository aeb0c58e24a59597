"""Days and moments as a district office writes them (`ui.md` 5), in the language of the reader.

Records and parameters keep them typed, or as ISO text where they are JSON; they become words here,
when they are read.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language, pgettext

from anlan.operations.people.queries.sayings import spoken
from anlan.vocabulary import clock
from anlan.vocabulary.periods import BadPeriod, period

UNKNOWN = "—"
# Standing alone or as a word of its own, as in the name of a patrol and its day.
_KEPT = re.compile(r"(?<!\S)\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?(\.\d+)?([+-]\d\d:\d\d|Z)?)?(?!\S)")
# A paper's number may look like a month, so what a sentence calls one decides.
_SPAN_NAMES = frozenset(["month", "period"])


def day_words(on: date | None) -> str:
    """15 Dec, 12月15日; the year when it is not this year. Of a moment: its day in China."""
    if not on:  # nothing, and what a page was not given
        return UNKNOWN
    here = _in_china(on)
    return _in_its_year(here) if here.year == clock.today().year else full_day_words(here)


def full_day_words(on: date) -> str:
    """15 Dec 2026, 2026年12月15日: for what is kept as text and read in other years."""
    here = _in_china(on)
    day = _in_its_year(here)
    return f"{day} {here.year}" if _english() else f"{here.year}年{day}"


def moment_words(at: datetime | None) -> str:
    """20日 02:00; the month when it is another one, the year when it is not this year."""
    if at is None:
        return UNKNOWN
    at, today = at.astimezone(clock.CHINA), clock.today()
    if _english():
        year = "" if at.year == today.year else f" {at.year}"
        return f"{at.day} {at:%b}{year} {at:%H:%M}"
    day = f"{at.day}日"
    if (at.year, at.month) != (today.year, today.month):
        day = f"{at.month}月{day}"
    if at.year != today.year:
        day = f"{at.year}年{day}"
    return f"{day} {at:%H:%M}"


def full_moment_words(at: datetime) -> str:
    """15 Dec 2026 02:00, 2026年12月15日 02:00."""
    return f"{full_day_words(at)} {at.astimezone(clock.CHINA):%H:%M}"


def month_words(on: date) -> str:
    """June 2026, 2026年6月: of its first day, or any other."""
    return f"{on:%B} {on.year}" if _english() else f"{on.year}年{on.month}月"


def period_words(kept: str) -> str:
    """A month kept as 2026-06, a quarter as 2026-Q2, a year as 2026; another text as it is."""
    try:
        first = period(kept).first
    except BadPeriod:
        return kept
    if "Q" in kept:
        said = {"year": first.year, "n": (first.month + 2) // 3}
        return pgettext("period", "%(year)s, quarter %(n)s") % said
    if "-" in kept:
        return month_words(first)
    return pgettext("period", "%(year)s") % {"year": first.year}


def in_words(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters of a sentence as people read them: days and moments, and words by context;
    what is named `month` or `period` as one.

    A `Term` or `Saying` that is kept as JSON is a list of its parts.
    """
    return {
        name: period_words(value) if name in _SPAN_NAMES and isinstance(value, str)
        else _in_words(value)
        for name, value in parameters.items()
    }  # fmt: skip


def _in_words(value: Any) -> Any:
    if isinstance(value, list):
        return spoken(value)
    if isinstance(value, str):
        return _KEPT.sub(_said, value)
    if isinstance(value, datetime):
        return moment_words(value)
    return day_words(value) if isinstance(value, date) else value


def _said(kept: re.Match[str]) -> str:
    """A day or a moment (in China where it says no zone); what is neither stays as it is."""
    try:
        if kept[1] is None:
            return day_words(date.fromisoformat(kept[0]))
        at = datetime.fromisoformat(kept[0])
    except ValueError:
        return kept[0]
    return moment_words(at if at.tzinfo else at.replace(tzinfo=clock.CHINA))


def _in_china(on: date) -> date:
    return on.astimezone(clock.CHINA).date() if isinstance(on, datetime) else on


def _in_its_year(on: date) -> str:
    return f"{on.day} {on:%b}" if _english() else f"{on.month}月{on.day}日"


def _english() -> bool:
    return get_language() == "en"
