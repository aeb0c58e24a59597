"""Plans, single checks and who inspects what, as another system names them by its own ids."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError

from anlan.operations.checks.actions.charges import (
    NewCharge,
    charges_of_the_same,
    end_charge,
    put_in_charge,
)
from anlan.operations.checks.actions.perform import Checker
from anlan.operations.checks.actions.plans import NAME_TAKEN, planned
from anlan.operations.checks.actions.single import (
    PLANNED_ALREADY,
    SingleCheck,
    single_planned,
)
from anlan.operations.checks.models import Charge, InspectionPlan, InspectionTask
from anlan.operations.people.actions import act, looking_again
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

Origin = tuple[str, str]
OTHERS = N_("Another unit has sent a record under this id.")
PLANNED = ("name", "use", "role", "area_code", "sector", "level", "months")


def put_plan(who: Checker, values: Mapping[str, Any], origin: Origin) -> tuple[int, str]:
    """Make a plan that another system names by (source, id): its id here, and new or same.

    One of one's unit that says the same and that nobody has named so yet is it. Raises `Refused`,
    also for other words under the same id: a plan is ended and another one made.
    """
    try:
        return _plan(who, values, origin)
    except IntegrityError:
        raise Refused(NAME_TAKEN) from None


@looking_again
def _plan(who: Checker, values: Mapping[str, Any], origin: Origin) -> tuple[int, str]:
    plans = InspectionPlan.objects.filter(enterprise=None)
    known = _mine(who, plans.filter(source=origin[0], source_id=origin[1]).first())
    if known is not None:
        if known.ended_at is not None:
            raise Refused(N_("This plan is ended: send the new one under an id of its own."))
        if not _says(known, values):
            raise Refused(N_("A plan is not changed: end it, and send another under its own id."))
        return known.pk, "same"
    open_here = plans.filter(organisation=who.organisation, ended_at=None, source_id="")
    known = open_here.filter(name=values["name"]).first()
    with act("checks.put_plan", who.actor) as this:
        adopted = known is not None and _says(known, values)
        pk = known.pk if known is not None and adopted else planned(who, values)
        plans.filter(pk=pk).update(source=origin[0], source_id=origin[1])
        this.on("inspection plan", pk, values["name"])
    return pk, "same" if adopted else "new"


def put_single(who: Checker, new: SingleCheck, origin: Origin) -> tuple[int, str]:
    """Plan one check that another system names by (source, id): the id of the inspection, and new
    or same, also once it is done. Raises `Refused`."""
    try:
        return _single(who, new, origin)
    except IntegrityError:
        raise Refused(PLANNED_ALREADY) from None


@looking_again
def _single(who: Checker, new: SingleCheck, origin: Origin) -> tuple[int, str]:
    singles = InspectionPlan.objects.filter(enterprise__isnull=False)
    known = _mine(who, singles.filter(source=origin[0], source_id=origin[1]).first())
    if known is not None:
        said = (known.enterprise_id, known.use, known.name, known.due_on, known.inspector_id)
        wanted = (new.enterprise_id, new.use, new.why.strip()[:80], new.due_on, new.inspector_id)
        task = InspectionTask.objects.filter(plan=known).first()
        if task is None or said != wanted:
            raise Refused(N_("A planned check is not changed: end it, and send another."))
        return task.pk, "same"
    with act("checks.put_single", who.actor) as this:
        pk = single_planned(who, new)
        singles.filter(pk=pk).update(source=origin[0], source_id=origin[1])
        this.on("inspection plan", pk, new.why.strip()[:80])
    return InspectionTask.objects.get(plan=pk).pk, "new"


@looking_again
def put_charge(who: Checker, new: NewCharge, origin: Origin) -> tuple[int, str]:
    """Put somebody in charge as another system names it by (source, id): its id here, and new,
    changed or same. Of something else under the same id: the one before is ended. Raises `Refused`.
    """
    named = Charge.objects.filter(source=origin[0], source_id=origin[1], ended_at=None)
    before = _mine(who, named.first())
    of_it = charges_of_the_same(who, new.enterprise_id, new.area_code)
    with act("checks.put_charge", who.actor) as this:
        moved = before is not None and not of_it.filter(pk=before.pk).exists()
        if before is not None and moved:
            end_charge(who, before.pk)
        here = of_it.first()
        if here is not None and here.source_id and (here.source, here.source_id) != origin:
            raise Refused(N_("Another record of a program says who is in charge of it."))
        outcome = put_in_charge(who, new)
        if outcome == "same" and before is not None and not moved:
            this.nothing()
        one = of_it.get()
        Charge.objects.filter(pk=one.pk).update(source=origin[0], source_id=origin[1])
        this.on("charge", one.pk, f"{one}")
    return one.pk, "changed" if moved else outcome


def _mine(who: Checker, known: Any) -> Any:
    """What is known under an id, of one's own unit; raises `Refused` for another unit's."""
    if known is not None and known.organisation != who.organisation:
        raise Refused(OTHERS)
    return known


def _says(plan: InspectionPlan, values: Mapping[str, Any]) -> bool:
    return all((getattr(plan, key) or "") == (values.get(key) or "") for key in PLANNED)
