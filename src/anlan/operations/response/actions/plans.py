"""Loading the district's emergency plans."""

import tomllib
from dataclasses import asdict
from pathlib import Path

from anlan.operations.people.actions import Actor, act
from anlan.operations.response.models import EmergencyPlan, PlanCard, PlanLevel
from anlan.operations.response.rules.plan import PlanText, read_plan


def load_district_files(actor: Actor, folder: Path) -> int:
    """Load every plan of the district's `plans.toml`; returns how many.

    A version that is loaded already is replaced in words, its responses stay. Raises `BadPlan`
    and loads nothing when one plan is wrong.
    """
    path = folder / "plans.toml"
    if not path.exists():
        return 0
    document = tomllib.loads(path.read_text(encoding="utf-8"))
    plans = [read_plan(one) for one in document.get("plan", [])]
    with act("response.load_plans", actor) as this:
        for plan in plans:
            _store(plan)
        this.on("plan", "all", ", ".join(plan.name for plan in plans))
    return len(plans)


def _store(plan: PlanText) -> None:
    row, _ = EmergencyPlan.objects.update_or_create(
        code=plan.code,
        version=plan.version,
        defaults={
            "name": plan.name, "kind": plan.kind, "hazard": plan.hazard,
            "valid_from": plan.valid_from, "valid_to": plan.valid_to,
            "issued_by": plan.issued_by, "assumed": plan.assumed, "source": plan.source,
            "review_days": plan.review_days, "sign_within_min": plan.sign_within_min,
        },
    )  # fmt: skip
    row.levels.all().delete()
    row.cards.all().delete()
    PlanLevel.objects.bulk_create(PlanLevel(plan=row, **asdict(one)) for one in plan.levels)
    PlanCard.objects.bulk_create(
        PlanCard(plan=row, place=place, **{**asdict(card), "levels": list(card.levels)})
        for place, card in enumerate(plan.cards)
    )
