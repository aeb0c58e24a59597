"""What waits on desks: two items an enterprise, one an inspector, one a street or unit of what was
missed."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from anlan.operations.checks.models import CheckTask, InspectionTask
from anlan.operations.checks.queries.due import missed_by_street, open_on
from anlan.operations.checks.rules.cycles import PRINCIPAL
from anlan.operations.checks.rules.library import MONTHLY
from anlan.operations.deadlines.actions import (
    NewItem,
    close_item,
    close_items,
    open_item,
    open_items,
    renew_items,
)
from anlan.operations.deadlines.queries import COMMITTEE
from anlan.operations.safety.queries.persons import people_of
from anlan.operations.safety.queries.rows import claimants
from anlan.vocabulary import clock
from anlan.vocabulary.areas import DISTRICT_DIGITS
from anlan.vocabulary.words import N_

OWN = "checks:own:"
MISSED = "checks:missed:"
PLANNED = "checks:planned:"
GRID_WORKER = "grid_worker"
OFFICE, LEADER = "safety.regulate", "safety.countersign"
MISSED_DAYS = 7  # a street is told of the missed of the last week [pv]


def tell_enterprises(waiting: Iterable[CheckTask]) -> None:
    """Put today's self-checks on the desks of those who work for a claimed enterprise.

    What was left from yesterday goes: a day that was missed is the street's to ask about. What is
    owed for a week or a month stays as it waits, until it is done or its last day is over.
    """
    people, principals = claimants(), claimants(PRINCIPAL)
    due = soonest(one for one in waiting if one.enterprise_id in people)
    renew_items(OWN, [
        _own(task, people[task.enterprise_id], principals.get(task.enterprise_id, ()))
        for task in due.values()
    ])  # fmt: skip


def done_for(enterprise_id: int, day: date) -> None:
    """Say on the desk what an enterprise has left to do, or take its items off."""
    left = soonest(CheckTask.objects.filter(open_on(day), enterprise=enterprise_id))
    people, principals = list(people_of(enterprise_id)), set(people_of(enterprise_id, PRINCIPAL))
    for monthly in (False, True):
        task = left.get((enterprise_id, monthly))
        if task is None:
            close_item(_key(enterprise_id, monthly))
        elif people:
            open_item(_own(task, people, principals))


def tell_streets(day: date) -> None:
    """One item a street about all self-checks that were missed; streets without any lose theirs."""
    missed = list(missed_by_street(day - timedelta(days=MISSED_DAYS), day))
    close_items(MISSED)
    open_items([_missed(street, firms, tasks) for street, firms, tasks in missed])


def asked_of(organisation: str, since: date) -> QuerySet[InspectionTask]:
    """What is undone and asked for at some time since a day; of one unit, or of all ("")."""
    owed = InspectionTask.objects.filter(done_at=None, asked_until__gte=since)
    return owed.filter(organisation=organisation) if organisation else owed


def tell_units(day: date, organisation: str = "") -> None:
    """One item for each inspector about what they are in charge of today; of what nobody is, one a
    unit (a community, where grid workers go), one for the unit to put somebody in charge, and one
    about what was missed.

    `organisation`: only this unit's. What is owed still stays, with what was said of it.
    """
    owed = asked_of(organisation, day - timedelta(days=MISSED_DAYS)).filter(planned_on__lte=day)
    found: dict[str, _Planned] = {}
    nobodys: dict[tuple[str, str], int] = {}
    for unit, role, area, plans, firm, due, until, inspector, theirs in owed.values_list(
        "organisation", "role", "area_code", "plan__area_code", "enterprise_id", "due_on",
        "asked_until", "inspector_id", "inspector__role",
    ):  # fmt: skip
        if until and until < day:
            missed = found.setdefault(f"{unit}:missed", _Missed(unit, plans))
            missed.add(plans, firm, due)
            continue
        where = area if role == GRID_WORKER and not inspector else plans
        key = f"{unit}:by:{inspector}" if inspector else f"{unit}:{role}:{where}"
        one = found.setdefault(key, _Planned(unit, where, theirs or role, inspector))
        one.add(where, firm, due)
        if role == GRID_WORKER and not inspector:
            nobodys[unit, plans] = nobodys.get((unit, plans), 0) + 1
    items = [*(one.item(key) for key, one in found.items()),
             *(_nobodys(unit, area, n) for (unit, area), n in nobodys.items())]  # fmt: skip
    prefix = f"{PLANNED}{organisation}:" if organisation else PLANNED
    close_items(prefix, but=[one.key for one in items])
    open_items(items)


@dataclass(slots=True)
class _Planned:
    """What one inspector is in charge of, or whoever of the unit has that role."""

    unit: str
    area: str
    role: str = ""
    inspector: int | None = None
    firms: set[int] = field(default_factory=set)
    due: list[date] = field(default_factory=list)

    def add(self, where: str, firm: int, due: date) -> None:
        """One more; plans for several places: somewhere in the district."""
        self.firms.add(firm)
        self.due.append(due)
        if self.area != where:
            self.area = where[:DISTRICT_DIGITS]

    def item(self, key: str) -> NewItem:
        """With the soonest last day; late, it climbs from a grid worker to the unit's office, from
        the office to the unit's leader."""
        soonest_day = min(self.due)
        view = "late" if soonest_day < clock.today() else "today"
        return NewItem(
            key=f"{PLANNED}{key}", kind="check",
            title=N_("Enterprises planned to be inspected: %(n)d"), action=N_("Inspect"),
            link=f"/checks/inspections?view={view}", right="checks.do", area_code=self.area,
            unit=self.unit, parameters={"n": len(self.firms)}, due_at=_end(soonest_day),
            owner_id=self.inspector,
            chain=(OFFICE if self.role == GRID_WORKER else LEADER, LEADER, COMMITTEE),
        )  # fmt: skip


class _Missed(_Planned):
    """What of a unit's plans was missed and is asked for no more."""

    def item(self, key: str) -> NewItem:
        return NewItem(
            key=f"{PLANNED}{key}", kind="check",
            title=N_("Planned inspections missed in the last week: %(tasks)d, of %(firms)d "
                     "enterprises"),
            action=N_("Look"), link="/checks/inspections?view=late&whose=unit", right=OFFICE,
            area_code=self.area, unit=self.unit,
            parameters={"tasks": len(self.due), "firms": len(self.firms)},
        )  # fmt: skip


def _nobodys(unit: str, area: str, n: int) -> NewItem:
    """The unit is told what of its grid workers' plans nobody is in charge of."""
    return NewItem(
        key=f"{PLANNED}{unit}:nobody:{area}", kind="check",
        title=N_("%(n)d planned inspections have no grid worker in charge"),
        action=N_("Say who inspects"),
        link="/checks/inspectors", right="safety.regulate", area_code=area, unit=unit,
        parameters={"n": n},
    )  # fmt: skip


def _key(enterprise_id: int, monthly: bool) -> str:
    return f"{OWN}{enterprise_id}" + (":monthly" if monthly else "")


def _own(task: CheckTask, people: Sequence[int], principals: Collection[int]) -> NewItem:
    """The monthly one waits for the principal, the others for whoever claimed the file first."""
    monthly, title, owner = task.cycle == MONTHLY, N_("Self-check of %(unit)s"), people[0]
    if monthly:
        title = N_("Monthly check of %(unit)s, by the principal in person")
        owner = next((one for one in people if one in principals), owner)
    return NewItem(
        key=_key(task.enterprise_id, monthly), kind="check", title=title,
        action=N_("Check"), link="/fieldwork", right="checks.do", area_code=task.area_code,
        sector=task.sector, due_at=_end(task.due_on), parameters={"unit": task.unit},
        owner_id=owner, enterprise=task.enterprise_id, chain=("safety.regulate",),
    )  # fmt: skip


def _missed(street: str, firms: int, tasks: int) -> NewItem:
    return NewItem(
        key=f"{MISSED}{street}", kind="check",
        title=N_("Self-checks missed in the last week: %(tasks)d, of %(firms)d enterprises"),
        action=N_("Ask them"), link=f"/checks/tasks?view=missed&area_code={street}",
        right="safety.regulate", area_code=street, unit=street,
        parameters={"firms": firms, "tasks": tasks},
    )  # fmt: skip


def soonest(tasks: Iterable[CheckTask]) -> dict[tuple[int, bool], CheckTask]:
    """By enterprise and whether it is the monthly one: the task that is due first."""
    found: dict[tuple[int, bool], CheckTask] = {}
    for task in tasks:
        key = task.enterprise_id, task.cycle == MONTHLY
        known = found.get(key)
        if known is None or task.due_on < known.due_on:
            found[key] = task
    return found


def _end(day: date) -> datetime:
    return clock.end_of(day)
