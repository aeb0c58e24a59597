"""A check of one enterprise alone, planned for a day and for somebody, beside the unit's plans."""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError

from anlan.operations.checks.actions.desk import tell_units
from anlan.operations.checks.actions.perform import REGULATE, Checker
from anlan.operations.checks.actions.plans import plan_moved
from anlan.operations.checks.models import InspectionPlan, InspectionTask
from anlan.operations.checks.queries.charges import charges_of, inspectors_of
from anlan.operations.checks.rules.charges import Charges
from anlan.operations.checks.rules.library import REVIEW
from anlan.operations.checks.rules.plans import PLANNED_WORDS, asked_until
from anlan.operations.people.actions import act
from anlan.operations.safety.queries.rows import EnterpriseRow, enterprise_row
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

PLANNED_ALREADY = N_("Your unit has planned such a check of this enterprise already.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleCheck:
    """Whom, what for (`use`, which makes its list of items), why, until when, and who goes.

    `inspector_id` None: who is in charge of the enterprise, else whoever of the unit may.
    """

    enterprise_id: int
    use: str
    why: str
    due_on: date
    inspector_id: int | None = None


def plan_single(who: Checker, new: SingleCheck) -> int:
    """Plan one check of one enterprise in sight; the plan's id. Raises `Refused`."""
    try:
        return single_planned(who, new)
    except IntegrityError:
        raise Refused(PLANNED_ALREADY) from None


def single_planned(who: Checker, new: SingleCheck) -> int:
    """The same; `IntegrityError` where the unit has planned such a check of it already."""
    if not who.scope.may(REGULATE) or not who.organisation:
        raise Refused(N_("Your role does not plan inspections."))
    firm = enterprise_row(new.enterprise_id, who.scope)
    if firm is None:
        raise Refused(N_("There is no such enterprise within your sight."))
    if new.use not in PLANNED_WORDS:
        raise Refused(N_("Say what the check is for."))
    if not new.why.strip():
        raise Refused(N_("Say why."))
    if new.due_on < clock.today():
        raise Refused(N_("The day has passed."))
    named = _inspector(who, firm, new)
    with act("checks.plan_single", who.actor) as this:
        plan = InspectionPlan.objects.create(
            organisation=who.organisation, name=new.why.strip()[:80], use=new.use,
            area_code=firm.area_code, sector=firm.sector, enterprise_id=firm.id,
            due_on=new.due_on, inspector_id=named, made_at=clock.now(), by_name=who.actor.label,
        )  # fmt: skip
        _owe(plan, firm, new.due_on)
        tell_units(clock.today(), plan.organisation)
        this.on("inspection plan", plan.pk, f"{plan.name} {firm.name}")
        this.detail = {"enterprise": firm.id, "inspector": named}
        this.publish(plan_moved(plan, "make"))
    return plan.pk


def _owe(plan: InspectionPlan, firm: EnterpriseRow, due_on: date) -> None:
    charges, today = Charges.of(charges_of(plan.organisation)), clock.today()
    InspectionTask.objects.create(
        plan=plan, enterprise_id=firm.id, unit=firm.name, area_code=firm.area_code,
        sector=firm.sector, level=f"{firm.level or ''}", organisation=plan.organisation,
        begins_on=today, planned_on=today, due_on=due_on, asked_until=asked_until("", due_on),
        inspector_id=plan.inspector_id or charges.who(firm.id, firm.area_code, ""),
    )  # fmt: skip


def _inspector(who: Checker, firm: EnterpriseRow, new: SingleCheck) -> int | None:
    if new.inspector_id is None:
        return None
    one = next((one for one in inspectors_of(who.scope) if one.id == new.inspector_id), None)
    if one is None:
        raise Refused(N_("Choose somebody of your own unit who inspects."))
    if not firm.area_code.startswith(one.area_code):
        raise Refused(
            N_("%(name)s does not see that place: outside of their territory."),
            name=one.display_name,
        )
    if new.use == REVIEW and one.role == "grid_worker":
        raise Refused(N_("Grid workers do not review standardisation."))
    return one.id
