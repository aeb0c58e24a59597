"""An enterprise's dangers of a period as its statutory statistics count them [16H 14]."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from anlan.operations.safety.models import Danger, Enterprise
from anlan.operations.safety.rules.loop import FIVE
from anlan.operations.safety.rules.states import Grade, State
from anlan.vocabulary import clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """Dangers of one grade: found in the period, closed in it, open at its end; `due` by its end
    (deadlines of the period, and older ones that were open when it began), of those closed by it.
    """

    found: int = 0
    closed: int = 0
    open: int = 0
    due: int = 0
    due_closed: int = 0

    @property
    def rate(self) -> float | None:
        """Rectified of those due by the period's end (`domain.md` 3.1)."""
        return self.due_closed / self.due if self.due else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """`planned`: major dangers of the period by which of the five provisions 五落实 stand, and
    `all` five; `funds` in 万元. `majors`: those that the plans are of."""

    general: Graded
    major: Graded
    ungraded: Graded
    majors: int
    planned: dict[str, int]
    funds: Decimal


def registered_by(day: date) -> frozenset[int]:
    """The operating enterprises that were in the register by the end of a day."""
    rows = Enterprise.objects.filter(state="open", registered_at__lte=clock.end_of(day))
    return frozenset(rows.values_list("pk", flat=True))


_Row = tuple[str, date, date | None, date | None, dict[str, str]]


def danger_sheet(enterprise_id: int, first: date, last: date) -> Sheet:
    """Of all dangers of an enterprise, whoever found them; both days in. One query."""
    rows = [
        (grade, found_at.astimezone(clock.CHINA).date(), due_on,
         closed_on if state == State.CLOSED else None, five)
        for grade, found_at, due_on, closed_on, state, five in Danger.objects.filter(
            enterprise=enterprise_id
        ).values_list("grade", "found_at", "due_on", "closed_on", "state", "five")
    ]  # fmt: skip
    # What was closed before the period is none of its business, nor what was found after it.
    mine = [one for one in rows if one[1] <= last and (one[3] is None or one[3] >= first)]
    by_grade = {grade: [one for one in mine if one[0] == grade] for grade in ("", *Grade)}
    majors = by_grade[Grade.MAJOR]
    standing = [{key for key in FIVE if one[4].get(key)} for one in majors]
    planned = {key: sum(key in one for one in standing) for key in FIVE}
    return Sheet(
        general=_graded(by_grade[Grade.GENERAL], first, last),
        major=_graded(majors, first, last), ungraded=_graded(by_grade[""], first, last),
        majors=len(majors),
        planned=planned | {"all": sum(len(one) == len(FIVE) for one in standing)},
        funds=sum((_money(one[4].get("funds", "")) for one in majors), Decimal(0)),
    )  # fmt: skip


def _graded(rows: Iterable[_Row], first: date, last: date) -> Graded:
    rows = list(rows)
    done = [one for one in rows if one[3] is not None and one[3] <= last]
    due = [one for one in rows if one[2] is not None and one[2] <= last]
    return Graded(
        found=sum(one[1] >= first for one in rows), closed=len(done), open=len(rows) - len(done),
        due=len(due), due_closed=sum(one in done for one in due),
    )  # fmt: skip


def _money(text: str) -> Decimal:
    try:
        return Decimal(text.strip() or 0)
    except InvalidOperation:
        return Decimal(0)
