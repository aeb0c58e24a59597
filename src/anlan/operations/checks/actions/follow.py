"""What is owed of an enterprise is owed where its file says that it lies, and in its sector."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from anlan.operations.checks.actions.charges import hand_out_of
from anlan.operations.checks.actions.desk import done_for, tell_units
from anlan.operations.checks.models import CheckRecord, CheckTask, InspectionPlan, InspectionTask
from anlan.operations.checks.rules.plans import Aim, aimed_at
from anlan.operations.people.actions import PLATFORM, act
from anlan.operations.people.queries import organisations
from anlan.operations.safety.queries.rows import EnterpriseRow, closed_among, enterprises_by
from anlan.vocabulary import clock


def follow_enterprises(ids: Collection[int]) -> None:
    """Name, place and sector of these enterprises, by id, into what is owed of them and not late.

    What is done or was missed says where it was. An inspection by a plan that does not take in the
    enterprise any more is owed no more, as when the plan ends; where it lies now, the night makes
    those of the plans there. Of one that is closed nothing is owed from today on.
    """
    today, units = clock.today(), set()
    sights = {one.code: _Sight(one.area_code, one.sector) for one in organisations()}
    closed = closed_among(ids)
    for firm in enterprises_by(ids):
        with act("checks.follow_enterprise", PLATFORM) as this:
            units |= _let_go(firm) if firm.id in closed else _follow(firm, sights)
            this.on("enterprise", firm.id, firm.name)
        done_for(firm.id, today)
    hand_out_of(ids)
    for unit in sorted(units):
        tell_units(today, unit)


def _let_go(firm: EnterpriseRow) -> set[str]:
    """The units whose inspections are owed no more."""
    today = clock.today()
    undone = CheckTask.objects.filter(enterprise=firm.id, done_on=None, due_on__gte=today)
    # A monthly check that the principal did not make in person answers none that is owed.
    CheckRecord.objects.filter(task__in=undone).update(task=None)
    undone.delete()
    owed = InspectionTask.objects.filter(enterprise=firm.id, done_at=None, due_on__gte=today)
    units = set(owed.values_list("organisation", flat=True))
    own = InspectionPlan.objects.filter(enterprise=firm.id, ended_at=None)
    own.filter(tasks__in=owed).update(ended_at=clock.now())
    owed.delete()
    return units


def _follow(firm: EnterpriseRow, sights: Mapping[str, "_Sight"]) -> set[str]:
    """The units whose inspections changed. sights: what each unit sees, by its code."""
    today = clock.today()
    said = {"unit": firm.name, "area_code": firm.area_code, "sector": firm.sector}
    CheckTask.objects.filter(enterprise=firm.id, done_on=None, due_on__gte=today).update(**said)
    owed = InspectionTask.objects.filter(enterprise=firm.id, done_at=None, due_on__gte=today)
    units = set()
    for task in owed.select_related("plan").select_for_update(of=("self",)):
        plan = task.plan
        units.add(task.organisation)
        sight = sights.get(task.organisation, _Sight())
        if plan.enterprise_id is None:
            kept = aimed_at(
                Aim(plan.area_code, plan.sector, plan.level), firm.area_code, firm.sector,
                firm.level,
            )  # fmt: skip
        else:
            kept = firm.area_code.startswith(sight.area) and sight.sector in ("", firm.sector)
        if kept:
            InspectionTask.objects.filter(pk=task.pk).update(**said)
            continue
        task.delete()
        if plan.enterprise_id is not None:
            plan.ended_at = clock.now()
            plan.save(update_fields=["ended_at"])
    return units


@dataclass(frozen=True, slots=True)
class _Sight:
    """What a unit sees: a place, of one sector where it is a department."""

    area: str = ""
    sector: str = ""
