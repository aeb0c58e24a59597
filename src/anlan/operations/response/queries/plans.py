"""The plan in force for a hazard, as the rules read it."""

from datetime import date

from django.db.models import Q

from anlan.operations.response.models import Activation, EmergencyPlan
from anlan.operations.response.rules.plan import CardText, LevelText, PlanText


def plan_in_force(hazard: str, on: date) -> EmergencyPlan | None:
    """The newest version valid on a day; None when the district has no plan for the hazard."""
    valid = EmergencyPlan.objects.filter(hazard=hazard, valid_from__lte=on).filter(
        Q(valid_to=None) | Q(valid_to__gt=on)
    )
    return valid.order_by("-valid_from", "-id").first()


def plans(on: date) -> list[EmergencyPlan]:
    """Every plan in force on a day, one version each, by name."""
    hazards = EmergencyPlan.objects.values_list("hazard", flat=True).distinct()
    found = [plan for hazard in hazards if (plan := plan_in_force(hazard, on)) is not None]
    return sorted(found, key=lambda plan: plan.name)


def plan_text(plan: EmergencyPlan) -> PlanText:
    """The stored plan as the rules read it (levels from the most severe, cards in order)."""
    levels = tuple(
        LevelText(
            one.level, one.alert_level, one.clause, one.trigger, one.issuer, one.right,
            one.situation_report_h,
        )
        for one in plan.levels.all()
    )  # fmt: skip
    cards = tuple(
        CardText(
            c.key, tuple(c.levels), c.clause, c.owner, c.title, c.detail, c.report, c.due_min,
            c.before_water_min, c.at_least_min, c.organisation, c.skill, c.count, c.water_known,
            c.water_unknown,
        )
        for c in plan.cards.all()
    )  # fmt: skip
    return PlanText(
        plan.code, plan.name, plan.kind, plan.hazard, plan.version, plan.valid_from, plan.valid_to,
        plan.issued_by, plan.assumed, plan.source, plan.review_days, plan.sign_within_min, levels,
        cards,
    )  # fmt: skip


def levels_of(activation_id: int) -> tuple[LevelText, ...]:
    """The levels of the plan behind a response."""
    found = Activation.objects.select_related("plan").filter(pk=activation_id).first()
    return () if found is None else plan_text(found.plan).levels
