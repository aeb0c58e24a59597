"""The night's work: self-checks and planned inspections, in bulk, once however often asked."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import islice

from anlan.operations.checks.actions.charges import hand_out_again
from anlan.operations.checks.actions.desk import tell_enterprises, tell_streets, tell_units
from anlan.operations.checks.actions.plans import inspections_of
from anlan.operations.checks.models import CheckTask, TaskNight
from anlan.operations.checks.queries.due import open_on
from anlan.operations.checks.queries.library import items_in_force, kind_of
from anlan.operations.checks.rules.cycles import period
from anlan.operations.checks.rules.library import CYCLES, SELF, Item, Kind, listed
from anlan.operations.deadlines.actions import forget_items
from anlan.operations.people.actions import PLATFORM, act
from anlan.operations.safety.queries.rows import EnterpriseRow, operating_enterprises
from anlan.vocabulary import clock

AT_ONCE = 2_000
# What left the desks is kept for a quarter [pv]; the tasks and checks themselves stay. A night
# adds as many items as there are enterprises and two more: so does it drop.
KEPT_OFF_DESK = timedelta(days=92)
FORGOTTEN_A_NIGHT = 100_000


def make_tasks() -> int:
    """Make the tasks of the periods that hold today; how many are new. Once a day."""
    today = clock.today()
    if TaskNight.objects.filter(day=today).exists():
        return 0
    firms = list(operating_enterprises())
    made = tasks_of(today, firms) + inspections_of(today, firms)
    with act("checks.make_tasks", PLATFORM) as this:
        _night, new = TaskNight.objects.get_or_create(
            day=today, defaults={"made_at": clock.now(), "tasks": made}
        )
        forgotten = 0
        if new:
            hand_out_again()
            _tell(today)
            forgotten = forget_items("check", clock.now() - KEPT_OFF_DESK, FORGOTTEN_A_NIGHT)
        this.on("night", today, f"{today}")
        this.detail = {"tasks": made, "forgotten": forgotten}
    return made


def tasks_of(day: date, enterprises: Iterable[EnterpriseRow]) -> int:
    """Make the self-checks of the periods that hold a day; how many are new."""
    made = 0
    fresh = _fresh(enterprises, items_in_force(), day)
    while batch := list(islice(fresh, AT_ONCE)):
        CheckTask.objects.bulk_create(batch, ignore_conflicts=True)
        made += len(batch)
    return made


def _fresh(
    enterprises: Iterable[EnterpriseRow], items: list[Item], day: date
) -> Iterator[CheckTask]:
    """The tasks of that day's periods that are not there yet."""
    periods = {cycle: period(cycle, day) for cycle in CYCLES}
    known = {
        cycle: frozenset(
            CheckTask.objects.filter(cycle=cycle, begins_on=first).values_list(
                "enterprise_id", flat=True
            )
        )
        for cycle, (first, _last) in periods.items()
    }
    owed: dict[Kind, tuple[str, ...]] = {}
    for one in enterprises:
        kind = kind_of(one)
        if kind not in owed:
            owed[kind] = tuple(c for c in CYCLES if listed(items, kind, SELF, c))
        for cycle in owed[kind]:
            if one.id not in known[cycle]:
                first, last = periods[cycle]
                yield CheckTask(
                    enterprise_id=one.id, unit=one.name, area_code=one.area_code,
                    sector=one.sector, cycle=cycle, begins_on=first, due_on=last,
                )  # fmt: skip


def _tell(today: date) -> None:
    waiting = CheckTask.objects.filter(open_on(today))
    tell_enterprises(waiting.iterator(AT_ONCE))
    tell_streets(today)
    tell_units(today)
