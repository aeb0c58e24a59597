"""What each officer of a unit did in a year, counted from checks by checklist and from cases."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Q

from anlan.operations.checks.queries.figures import inspections_by_person
from anlan.operations.enforcement.models import Appeal, Case, CaseOfficer, CaseStep, Certificate
from anlan.operations.enforcement.queries.inspections import FOUND
from anlan.vocabulary import clock

LOST = ("changed", "revoked")


@dataclass(slots=True)
class Work:
    """One officer's year; a case counts for everybody who was ever its officer.

    `checks`: inspections by a checklist and those recorded in cases, each visit once; `found`: of
    them those that found something, in cases something to order, punish or propose. `cases`: filed
    in the year, or fined on the spot; `returned`: times that a case of theirs was sent back before
    the decision; `overturned`: revoked, or made lighter on appeal. `valid_to` is the last day of
    the newest certificate. `case_ids`: all cases of theirs.
    """

    account_id: int
    holder: str
    valid_to: date
    checks: int = 0
    found: int = 0
    cases: int = 0
    decided: int = 0
    in_time: int = 0
    returned: int = 0
    overturned: int = 0
    case_ids: set[int] = field(default_factory=set)


def work_of(unit: str, year: int) -> dict[int, Work]:
    """The unit's officers by account. Eleven queries, whatever the number of cases."""
    known: dict[int, Work] = {}
    for held in Certificate.objects.filter(unit=unit).order_by("valid_to", "pk"):
        known[held.account_id] = Work(held.account_id, held.holder, held.valid_to)
    hands: dict[int, set[int]] = defaultdict(set)
    pairs = CaseOfficer.objects.filter(case__unit=unit)
    for case, account in pairs.values_list("case", "certificate__account"):
        if account in known:
            hands[case].add(account)
            known[account].case_ids.add(case)
    for name, counted in _counted(unit, year).items():
        for case, times in counted.items():
            for account in hands[case]:
                one = known[account]
                setattr(one, name, getattr(one, name) + times)
    _add_visits(known, hands, unit, year)
    return known


def _add_visits(
    known: Mapping[int, Work], hands: Mapping[int, set[int]], unit: str, year: int
) -> None:
    """The inspections of the year. A case that is the very visit of a check counts for who made the
    check as that, for the other officers as their case."""
    last = date(year + 1, 1, 1) - timedelta(days=1)
    listed = inspections_by_person(unit, date(year, 1, 1), last)
    for account, seen in listed.items():
        if account in known:
            known[account].checks += len(seen)
            known[account].found += sum(seen.values())
    made = Case.objects.filter(unit=unit, inspected_on__year=year)
    hits = set(made.filter(FOUND).values_list("pk", flat=True))
    rows = made.values_list("pk", "counted_as_check", "check_record__key")
    for case, counted, check in rows:
        for account in hands[case]:
            if not (counted and check in listed.get(account, {})):
                known[account].checks += 1
                known[account].found += case in hits


def _counted(unit: str, year: int) -> dict[str, Counter[int]]:
    """How often by figure and case."""
    begin, end = date(year, 1, 1), date(year + 1, 1, 1)
    steps = CaseStep.objects.filter(
        case__unit=unit, at__gte=_midnight(begin), at__lt=_midnight(end)
    )
    rows = Case.objects.filter(unit=unit)
    decided = rows.filter(decided_on__gte=begin, decided_on__lt=end)
    filed = rows.filter(
        Q(filed_on__gte=begin, filed_on__lt=end)
        | Q(summary=True, decided_on__gte=begin, decided_on__lt=end)
    )
    lost = set(Appeal.objects.filter(
        case__unit=unit, ended_on__gte=begin, ended_on__lt=end, outcome__in=LOST
    ).values_list("case", flat=True))  # fmt: skip
    lost |= set(rows.filter(revoked_on__gte=begin, revoked_on__lt=end)
                .values_list("pk", flat=True))  # fmt: skip
    late = dict(decided.values_list("pk", "late_days"))
    return {
        "cases": Counter(filed.values_list("pk", flat=True)), "decided": Counter(late.keys()),
        "in_time": Counter(case for case, days in late.items() if not days),
        "returned": Counter(steps.filter(verb="send back").values_list("case", flat=True)),
        "overturned": Counter(lost),
    }  # fmt: skip


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), clock.CHINA)
