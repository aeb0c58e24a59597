"""Plans of an enterprise's ground: a distrusted picture, kept as it came; risk points on it."""

from anlan.operations.people.actions import Actor, act
from anlan.operations.risks.actions.steps import Taken, locked, settle
from anlan.operations.risks.models import SitePlan
from anlan.operations.risks.queries.state import facts
from anlan.operations.risks.rules.loop import Person, may_keep
from anlan.operations.safety.actions import keep_photo, media_of
from anlan.operations.safety.queries.persons import people_of
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

MOST_BYTES = 10 * 1024 * 1024


def keep_plan(actor: Actor, person: Person, enterprise_id: int, name: str, raw: bytes) -> int:
    """Keep a plan; its id. The same picture again is the same plan. Raises `Refused`."""
    if not may_keep(person, enterprise_id, bool(people_of(enterprise_id))):
        raise Refused(N_("The enterprise's own people take this step."))
    media = media_of(raw)
    with act("risks.keep_plan", actor) as this:
        digest = keep_photo(raw)
        known = SitePlan.objects.filter(enterprise=enterprise_id, sha256=digest).first()
        if known is None:
            known = SitePlan.objects.create(
                enterprise_id=enterprise_id, name=name.strip()[:60], sha256=digest, media=media,
                size=len(raw), kept_at=clock.now(), kept_by=actor.label,
            )  # fmt: skip
        this.on("site plan", known.pk, known.name)
    return known.pk


def place_risk(
    actor: Actor, person: Person, risk_id: int, plan_id: int, at: tuple[float, float]
) -> None:
    """Put a risk point on a plan of its enterprise; `at`: 0 … 1 of width and height. The same
    again changes nothing."""
    x, y = at
    if not (0 <= x <= 1 and 0 <= y <= 1):
        raise Refused(N_("Tap on the plan where it is."))
    with act("risks.place", actor) as this:
        risk = locked(risk_id)
        if not may_keep(person, risk.enterprise_id, facts(risk).claimed):
            raise Refused(N_("The enterprise's own people take this step."))
        plan = SitePlan.objects.filter(pk=plan_id, enterprise=risk.enterprise_id).first()
        if plan is None:
            raise Refused(N_("There is no such plan."))
        if (risk.plan_id, risk.x, risk.y) == (plan.pk, round(x, 4), round(y, 4)):
            this.nothing()
            return
        risk.plan, risk.x, risk.y = plan, round(x, 4), round(y, 4)
        said = {"plan": plan.pk, "x": risk.x, "y": risk.y}
        settle(this, actor, "place", risk.state, Taken(risk, said))
