"""An enterprise's statutory statistics of its dangers, 事故隐患排查治理情况统计分析表 [16H 14]:
of each quarter by the 15th of the month after it, of each year by 31 January; signed by the
principal, never typed. The form's lines follow the national statistics of the time [待核].
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from anlan.vocabulary.periods import Period, quarter_of, year_of
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

SIGN = "statistics.sign"
SOURCE = "安全生产事故隐患排查治理暂行规定（总局令第16号）第十四条"
GRADES = ("general", "major", "ungraded")
COUNTED = ("found", "closed", "open", "due", "due_closed")


def due_on(period: Period) -> date:
    """The last day.

    >>> from anlan.vocabulary.periods import period
    >>> due_on(period("2026-Q4")), due_on(period("2026-Q1")), due_on(period("2026"))
    (datetime.date(2027, 1, 15), datetime.date(2026, 4, 15), datetime.date(2027, 1, 31))
    """
    after = period.after.first
    return after.replace(day=15) if "Q" in period.key else after.replace(month=1, day=31)


def owed(today: date) -> tuple[Period, Period]:
    """The quarter and the year that ended last."""
    return quarter_of(today).before, year_of(today).before


def may_sign(rights: frozenset[str], period: Period, today: date) -> None:
    """Raises `Refused`."""
    if SIGN not in rights:
        raise Refused(N_("The principal of the enterprise signs its statistics."))
    if today <= period.last:
        raise Refused(N_("The period is not over."))


def may_correct(before: Mapping[str, Any], now: Mapping[str, Any], why: str) -> None:
    """A signed version is corrected when the records changed, with the reason; else `Refused`."""
    if before == now:
        raise Refused(N_("The records say what was signed."))
    if not why.strip():
        raise Refused(N_("Say why it is corrected."))
