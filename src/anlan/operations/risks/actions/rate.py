"""A risk point is found and rated, confirmed by the principal, reviewed, retired."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import IntegrityError

from anlan.operations.people.actions import PLATFORM, Actor, act
from anlan.operations.registers.queries import clean, required
from anlan.operations.risks.actions.steps import Taken, locked, settle, step
from anlan.operations.risks.models import RiskPoint
from anlan.operations.risks.queries.terms import terms_on
from anlan.operations.risks.rules.loop import CONTROLS, REASON_WORDS, Person, State, may_keep
from anlan.operations.risks.rules.rating import Rating, months_after, rate
from anlan.operations.safety.queries.persons import people_of
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

FIELDS = ("name", "kind", "place", "hazards", "accidents", "lon", "lat", "holder", "responsible")
CHOSEN = ("method", "l", "e", "c", "likely", "severe", "causes")


@dataclass(frozen=True, slots=True)
class Origin:
    """By what another system names a risk point."""

    source: str = ""
    source_id: str = ""


def identify_risk(
    actor: Actor, person: Person, enterprise_id: int, values: Mapping[str, Any],
    origin: Origin = Origin(),
) -> int:  # fmt: skip
    """Register a risk point with its first rating; its id. Raises `Refused`."""
    if not may_keep(person, enterprise_id, bool(people_of(enterprise_id))):
        raise Refused(N_("The enterprise rates its own risks."))
    try:
        return _identified(actor, enterprise_id, values, origin)
    except IntegrityError:  # sent twice at the same moment
        raise Refused(
            N_("A risk point of this name at this place is registered already.")
        ) from None


def _identified(
    actor: Actor, enterprise_id: int, values: Mapping[str, Any], origin: Origin
) -> int:  # fmt: skip
    with act("risks.identify", actor) as this:
        if _named(enterprise_id, values).exists():
            raise Refused(N_("A risk point of this name at this place is registered already."))
        risk = RiskPoint(
            enterprise_id=enterprise_id, found_at=clock.now(), source=origin.source,
            source_id=origin.source_id,
        )  # fmt: skip
        firm = risk.enterprise
        risk.unit, risk.area_code, risk.sector = firm.name, firm.area_code, firm.sector
        said = _write(risk, actor, values)
        risk.state = State.ASSESSED
        settle(this, actor, "identify", "", Taken(risk, said))
    return risk.pk


def rate_risk(
    actor: Actor, person: Person, risk_id: int, values: Mapping[str, Any], *, reason: str = ""
) -> None:
    """Rate it anew: a new version, the earlier ones stay in its steps."""
    with step("rate", actor, person, risk_id) as taken:
        if _named(taken.risk.enterprise_id, values).exclude(pk=risk_id).exists():
            raise Refused(N_("A risk point of this name at this place is registered already."))
        taken.said = _write(taken.risk, actor, values)
        taken.reason = clean(reason)


def put_risk(
    actor: Actor, person: Person, enterprise_id: int, values: Mapping[str, Any], origin: Origin
) -> int:
    """Register or rate anew by (source, id) or by name and place; the same again is nothing.

    What is red at once stays so where `values` say nothing of it.
    """
    risk = None
    if origin.source_id:
        named = {"source": origin.source, "source_id": origin.source_id}
        risk = RiskPoint.objects.filter(**named).first()
    risk = risk or _named(enterprise_id, values).first()
    if risk is None:
        return identify_risk(actor, person, enterprise_id, values, origin)
    if risk.enterprise_id != enterprise_id:
        raise Refused(N_("This risk point belongs to another enterprise."))
    values = {"causes": risk.causes} | dict(values)
    if not _same(risk, values):
        rate_risk(actor, person, risk.pk, values)
    return risk.pk


def _named(enterprise_id: int, values: Mapping[str, Any]) -> Any:
    named = RiskPoint.objects.filter(
        enterprise=enterprise_id, name=values["name"], place=values.get("place", "")
    )
    return named.exclude(state=State.RETIRED)


def _same(risk: RiskPoint, values: Mapping[str, Any]) -> bool:
    """Whether a rating would say nothing new."""
    stated = {key: values[key] for key in (*FIELDS, *CHOSEN) if key in values}
    same = all(getattr(risk, key) == value for key, value in stated.items())
    return same and risk.controls == _controls(values)


def _controls(values: Mapping[str, Any]) -> dict[str, str]:
    return {key: str(values[key]) for key in CONTROLS if values.get(key)}


def _write(risk: RiskPoint, actor: Actor, values: Mapping[str, Any]) -> dict[str, Any]:
    """Write a version into the risk point; what it says, for the record."""
    terms, terms_id = terms_on(clock.today())
    chosen = {key: values[key] for key in CHOSEN if key in values}
    rated = rate(Rating(**chosen), terms)
    for key in FIELDS:
        if key in values:
            setattr(risk, key, values[key])
    for key in CHOSEN:
        setattr(risk, key, chosen.get(key, [] if key == "causes" else ""))
    risk.controls = _controls(values)
    risk.score, risk.level, risk.terms_id = rated.score, rated.level, terms_id
    risk.version += 1
    risk.rated_by_id, risk.rated_at = actor.id, clock.now()
    return {
        **{key: getattr(risk, key) for key in (*FIELDS, *CHOSEN, "controls", "level")},
        "score": f"{rated.score}", "forced": rated.forced,
    }  # fmt: skip


def confirm_risk(actor: Actor, person: Person, risk_id: int) -> None:
    """The principal confirms rating and controls; the yearly review begins to run."""
    with step("confirm", actor, person, risk_id) as taken:
        risk, today = taken.risk, clock.today()
        terms, _id = terms_on(today)
        risk.confirmed_level, risk.confirmed_at = risk.level, clock.now()
        risk.confirmed_by = actor.label
        risk.review_on = months_after(today, terms.review_months)
        taken.said = {"level": risk.level, "review_on": f"{risk.review_on}"}


def send_back_risk(actor: Actor, person: Person, risk_id: int, *, reason: str) -> None:
    """The principal has it rated once more."""
    with step("send back", actor, person, risk_id) as taken:
        taken.reason = required(reason, N_("Say why."))


def review_risk(actor: Actor, person: Person, risk_id: int, *, cause: str, reason: str) -> None:
    """It is looked at again before its year is over: after an accident, after a change."""
    with step("review", actor, person, risk_id) as taken:
        _before_time(taken, cause, reason)


def order_review(actor: Actor, person: Person, risk_id: int, *, cause: str, reason: str) -> None:
    """The regulator has it looked at again."""
    with step("order a review", actor, person, risk_id) as taken:
        _before_time(taken, cause, reason)


def _before_time(taken: Taken, cause: str, reason: str) -> None:
    if cause not in REASON_WORDS:
        raise Refused(N_("Say why."))
    taken.reason = required(reason, N_("Say why."))
    today = clock.today()
    terms, _id = terms_on(today)
    taken.risk.review_on = today + timedelta(days=terms.lead_days)
    taken.said = {"cause": cause, "review_on": f"{taken.risk.review_on}"}


def fall_due(risk_id: int, version: int) -> None:
    """The review's time has come; of an older version nothing is due any more."""
    with act("risks.fall_due", PLATFORM) as this:
        risk = locked(risk_id)
        this.on("risk point", risk.pk, risk.name)
        if risk.state == State.CONTROLLED and risk.version == version:
            risk.state = State.REVIEW_DUE
            settle(this, PLATFORM, "fall due", State.CONTROLLED, Taken(risk))


def review_after_accident(enterprise_id: int, kind: str, number: str) -> int:
    """An accident happened: the enterprise's risk points that name its type (GB 6441) are looked
    at again, where none names it all of them; how many. What waits already goes on waiting."""
    rows = RiskPoint.objects.filter(enterprise=enterprise_id).exclude(state=State.RETIRED)
    known = list(rows.order_by("pk").values_list("pk", "accidents"))
    meant = [pk for pk, accidents in known if kind in accidents] or [pk for pk, _kinds in known]
    today = clock.today()
    terms, _id = terms_on(today)
    count = 0
    for pk in meant:
        with act("risks.review_after_accident", PLATFORM) as this:
            risk = locked(pk)
            if risk.state != State.CONTROLLED:
                continue
            risk.state, risk.review_on = State.REVIEW_DUE, today + timedelta(days=terms.lead_days)
            said = {"cause": "accident", "review_on": f"{risk.review_on}"}
            settle(this, PLATFORM, "fall due", State.CONTROLLED, Taken(risk, said, number))
            count += 1
    return count


def retire_risk(actor: Actor, person: Person, risk_id: int, *, reason: str) -> None:
    """It is no more; its record stays."""
    with step("retire", actor, person, risk_id) as taken:
        taken.reason = required(reason, N_("Say why."))
