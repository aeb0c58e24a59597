"""How numbers, times and spans are written (`ui.md` 5), in the language of the reader.

Three things stay apart: unknown (None) is an em dash, none is 0, and no data (NaN) says so.
"""

import math
from datetime import datetime

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from anlan.operations.people.queries.days import UNKNOWN
from anlan.vocabulary import clock
from anlan.vocabulary.datum import Datum

MINUS = "−"
_HOUR = 60
_DAY = 24 * _HOUR
Number = float | int | None


def decimals(value: Number, places: int) -> str:
    """A number with fixed decimals, thousands by comma, a true minus; None —, NaN 无数据."""
    if value is None:
        return UNKNOWN
    if math.isnan(value):
        return _("no data")
    text = f"{abs(value):,.{places}f}"
    negative = value < 0 and any(digit in "123456789" for digit in text)
    return MINUS + text if negative else text


def stage_m(value: Number) -> str:
    """A water level in metres: always two decimals. Its datum is shown beside it."""
    return decimals(value, 2)


def rain_mm(value: Number) -> str:
    """Rain in millimetres: one decimal."""
    return decimals(value, 1)


def flow(value: Number) -> str:
    """A discharge in m³/s: three significant figures (28,400)."""
    if value is None or math.isnan(value):
        return decimals(value, 0)
    if value == 0:
        return "0"
    places = 2 - math.floor(math.log10(abs(value)))
    return decimals(round(value, places), max(0, places))


def whole(value: Number) -> str:
    """People, households, rows: whole, with commas."""
    return decimals(value, 0)


def money(value: Number) -> str:
    """Yuan: always two decimals, with commas (20,000.00)."""
    return decimals(value, 2)


def signed(value: Number, places: int = 2) -> str:
    """A change: +0.10, −0.07, 0.00."""
    text = decimals(value, places)
    rising = value is not None and value > 0 and any(digit in "123456789" for digit in text)
    return f"+{text}" if rising else text


def percent(part: Number, of: Number) -> str:
    """A share in whole per cent; unknown when there is nothing to share."""
    if part is None or not of:
        return UNKNOWN
    # Not finished must never read as finished: 99.7 % stays 99 until the last one is in.
    share = 100 * part / of
    return f"{min(round(share), 99) if share < 100 else round(share)}%"


def clock_time(at: datetime | None) -> str:
    """18:10."""
    return UNKNOWN if at is None else f"{at.astimezone(clock.CHINA):%H:%M}"


_WEEKDAYS = "一二三四五六日"


def long_date(at: datetime | None) -> str:
    """8月19日 星期三, for the head of a page."""
    if at is None:
        return UNKNOWN
    at = at.astimezone(clock.CHINA)
    if get_language() == "en":
        return f"{at:%A} {at.day} {at:%B}"
    return f"{at.month}月{at.day}日 星期{_WEEKDAYS[at.weekday()]}"


def span_minutes(minutes: Number) -> str:
    """A length of time from minutes: 18 分, 1.8 小时, 3 天."""
    if minutes is None or math.isnan(minutes):
        return UNKNOWN
    length = abs(minutes)
    if round(length) < _HOUR:
        return _("%(n)s min") % {"n": max(round(length), 1) if length else 0}
    if length < _DAY:
        return _("%(n)s h") % {"n": _one_decimal(length / _HOUR)}
    return _("%(n)s d") % {"n": _one_decimal(length / _DAY)}


def deadline_words(minutes_left: float) -> str:
    """晚 18 分 or 剩 1.8 小时."""
    span = span_minutes(minutes_left)
    if minutes_left < 0:
        return _("%(span)s late") % {"span": span}
    return _("%(span)s left") % {"span": span}


def age_words(minutes: float) -> str:
    """How long ago: 刚刚, 26 分钟前, 3 小时前."""
    if minutes < 1:
        return _("just now")
    if minutes < _HOUR:
        return _("%(n)s minutes ago") % {"n": int(minutes)}
    if minutes < _DAY:
        return _("%(n)s hours ago") % {"n": _one_decimal(minutes / _HOUR)}
    return _("%(n)s days ago") % {"n": _one_decimal(minutes / _DAY)}


def minutes_until(at: datetime) -> float:
    return (at - clock.now()).total_seconds() / 60


def datum_word(datum: str | None) -> str:
    """吴淞 or 黄海; nothing for an unnamed datum, which is itself a fault to be seen."""
    if not datum:
        return _("datum unknown")
    if Datum(datum) is Datum.WUSONG:
        return pgettext("datum", "Wusong")
    return pgettext("datum", "Yellow Sea")


def _one_decimal(value: float) -> str:
    text = f"{value:.1f}"
    return text.removesuffix(".0")
