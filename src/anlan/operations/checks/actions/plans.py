"""Plans of inspections: made and ended by a unit; their tasks made at night, done by a check."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import islice
from typing import Any

from django.db import IntegrityError

from anlan.operations.checks.actions.desk import tell_units
from anlan.operations.checks.actions.perform import Checker
from anlan.operations.checks.events import PlanMoved
from anlan.operations.checks.models import InspectionPlan, InspectionTask
from anlan.operations.checks.queries.charges import charges_of
from anlan.operations.checks.rules.charges import Charges
from anlan.operations.checks.rules.library import REVIEW
from anlan.operations.checks.rules.plans import (
    EVERY_DAY,
    Aim,
    aimed_at,
    asked_until,
    spread,
    stretch,
)
from anlan.operations.deadlines.queries import is_working_day
from anlan.operations.people.actions import act
from anlan.operations.safety.queries.rows import EnterpriseRow, operating_enterprises
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

AT_ONCE = 2_000
PLAN = "safety.regulate"
NAME_TAKEN = N_("There is a plan of this name already.")


def make_plan(who: Checker, values: Mapping[str, Any]) -> int:
    """A unit plans what it inspects, in its own territory and sector; the plan's id."""
    try:
        return planned(who, values)
    except IntegrityError:
        raise Refused(NAME_TAKEN) from None


def planned(who: Checker, values: Mapping[str, Any]) -> int:
    """The same; `IntegrityError` where the unit has a plan of this name already."""
    if not who.scope.may(PLAN) or not who.organisation:
        raise Refused(N_("Your role does not plan inspections."))
    area, sector = values["area_code"], values.get("sector", "")
    if not area.startswith(who.scope.area_prefix or "-"):
        raise Refused(N_("A unit plans for its own territory."))
    if who.scope.reach == "sector" and sector != who.scope.sector:
        raise Refused(N_("A department plans for its own sector."))
    if values.get("use") == REVIEW and values.get("role") == "grid_worker":
        raise Refused(N_("Grid workers do not review standardisation."))
    with act("checks.make_plan", who.actor) as this:
        plan = InspectionPlan.objects.create(
            organisation=who.organisation, made_at=clock.now(), by_name=who.actor.label, **values
        )
        made = _made(plan, clock.today(), list(operating_enterprises()))
        tell_units(clock.today(), plan.organisation)
        this.on("inspection plan", plan.pk, plan.name)
        this.detail = {"inspections": made}
        this.publish(plan_moved(plan, "make"))
    return plan.pk


def end_plan(who: Checker, plan_id: int) -> None:
    """A plan makes no more tasks; what is not late yet is owed no more, what is late stays."""
    with act("checks.end_plan", who.actor) as this:
        mine = InspectionPlan.objects.filter(organisation=who.organisation, ended_at=None)
        plan = mine.select_for_update().filter(pk=plan_id).first()
        if plan is None or not who.scope.may(PLAN):
            raise Refused(N_("There is no such plan of your unit."))
        plan.ended_at = clock.now()
        plan.save(update_fields=["ended_at"])
        left, _models = plan.tasks.filter(done_at=None, due_on__gte=clock.today()).delete()
        tell_units(clock.today(), plan.organisation)
        this.on("inspection plan", plan.pk, plan.name)
        this.detail = {"left": left}
        this.publish(plan_moved(plan, "end"))


def plan_moved(plan: InspectionPlan, verb: str) -> PlanMoved:
    return PlanMoved(
        plan_id=plan.pk, organisation=plan.organisation, area_code=plan.area_code,
        sector=plan.sector, use=plan.use, enterprise_id=plan.enterprise_id, verb=verb,
    )  # fmt: skip


def inspections_of(day: date, enterprises: Iterable[EnterpriseRow]) -> int:
    """Make the inspections that the plans in force owe for their periods; how many are new."""
    firms = list(enterprises)
    return sum(
        _made(plan, day, firms)
        for plan in InspectionPlan.objects.filter(ended_at=None, enterprise=None)
    )


def _made(plan: InspectionPlan, day: date, firms: Iterable[EnterpriseRow]) -> int:
    made, fresh = 0, _fresh(plan, day, firms)
    while batch := list(islice(fresh, AT_ONCE)):
        InspectionTask.objects.bulk_create(batch, ignore_conflicts=True)
        made += len(batch)
    return made


def _fresh(
    plan: InspectionPlan, day: date, firms: Iterable[EnterpriseRow]
) -> Iterator[InspectionTask]:
    """Reds first; the days of what is left of the period, working days only where there are."""
    if plan.months == EVERY_DAY and not is_working_day(day):
        return
    first, last = stretch(plan.months, day)
    known = set(plan.tasks.filter(begins_on=first).values_list("enterprise_id", flat=True))
    aim = Aim(plan.area_code, plan.sector, plan.level)
    mine = [
        one for one in firms
        if one.id not in known and aimed_at(aim, one.area_code, one.sector, one.level)
    ]  # fmt: skip
    mine.sort(key=lambda one: (one.level or 9, one.area_code, one.id))
    charges = Charges.of(charges_of(plan.organisation))
    days = [day + timedelta(days=n) for n in range((last - day).days + 1)]
    days = [one for one in days if is_working_day(one)] or [last]
    for one, planned_on in zip(mine, spread(len(mine), days), strict=True):
        yield InspectionTask(
            inspector_id=charges.who(one.id, one.area_code, plan.role),
            plan=plan, enterprise_id=one.id, unit=one.name, area_code=one.area_code,
            sector=one.sector, level=f"{one.level or ''}", organisation=plan.organisation,
            role=plan.role, begins_on=first, planned_on=planned_on, due_on=last,
            asked_until=asked_until(plan.months, last),
        )  # fmt: skip
