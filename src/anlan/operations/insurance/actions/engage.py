"""Engagements of providers: begun, finished with what was delivered, rated by both sides."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from anlan.operations.insurance.events import EngagementMoved
from anlan.operations.insurance.models import Engagement, EngagementStep, Provider, Rating
from anlan.operations.insurance.queries.ratings import provider_facts
from anlan.operations.insurance.queries.terms import terms_in_force
from anlan.operations.insurance.rules.engagements import check_engagement, check_engaging, side_of
from anlan.operations.insurance.rules.policies import Person
from anlan.operations.people.actions import Act, Actor, act, looking_again
from anlan.operations.registers.queries import clean, day_asked, key_of, required
from anlan.operations.safety.queries.signboards import signboard
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

SCORES = range(1, 6)
SAID = ("provider_id", "enterprise_id", "kind", "starts_on", "ends_on")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEngagement:
    """A provider's service for an enterprise, from day to day, both included."""

    provider_id: int
    enterprise_id: int
    kind: str
    starts_on: date
    ends_on: date
    source: str = ""
    source_id: str = ""


def engage(actor: Actor, person: Person, new: NewEngagement) -> int:
    """Enter that a provider was engaged; the id. Raises `Refused` with the reason."""
    if new.ends_on < new.starts_on:
        raise Refused(N_("An engagement does not end before it begins."))
    terms = terms_in_force(clock.today())
    qualified = terms is not None and new.kind in terms.qualified
    with act("insurance.engage", actor) as this:
        provider = Provider.objects.select_for_update().filter(pk=new.provider_id).first()
        sign = signboard(new.enterprise_id)
        if provider is None or sign is None:
            raise Refused(N_("There is no such provider."))
        check_engaging(
            provider_facts(provider), new.kind, person, new.enterprise_id,
            qualified=qualified, day=clock.today(),
        )  # fmt: skip
        one = Engagement.objects.create(
            provider=provider, enterprise_id=new.enterprise_id, name=sign.name, kind=new.kind,
            starts_on=new.starts_on, ends_on=new.ends_on, opened_at=clock.now(),
            opened_by=actor.label, source=new.source, source_id=new.source_id,
        )  # fmt: skip
        _record(this, one, actor, ("engage", "", ""))
    return one.pk


@looking_again
def put_engagement(actor: Actor, person: Person, new: NewEngagement) -> tuple[int, str]:
    """Enter an engagement that another system names by (source, id): its id here, and new or same.
    Raises `Refused`, also for other words under the same id."""
    known = Engagement.objects.filter(source=new.source, source_id=new.source_id).first()
    if known is None:
        return engage(actor, person, new), "new"
    if any(getattr(known, key) != getattr(new, key) for key in SAID):
        raise Refused(
            N_("An engagement is not changed: cancel it, and send another under its own id.")
        )
    return known.pk, "same"


def take_engagement(
    actor: Actor, person: Person, engagement_id: int, verb: str, given: Mapping[str, str]
) -> None:
    """A step as its form gives it: finish, rate or cancel. Raises `Refused`."""
    reason = given.get("reason", "")
    if verb == "finish":
        day, delivered = day_asked(given.get("report_on", ""), None), given.get("delivered", "")
        finish(actor, person, engagement_id, delivered=delivered, report_on=day)
    elif verb == "rate":
        score = key_of(given.get("score", "")) or 0
        rate(actor, person, engagement_id, score=score, reason=reason)
    else:
        take_engagement_step(actor, person, engagement_id, verb, reason=reason)


def finish(
    actor: Actor, person: Person, engagement_id: int, *, delivered: str, report_on: date | None
) -> None:
    """Enter what was delivered and the day of the report; from then on it is rated."""
    with act("insurance.finish", actor) as this:
        one = _locked(engagement_id)
        before = one.state
        step = check_engagement("finish", before, one.enterprise_id, person)
        one.delivered = required(delivered, N_("Say what was delivered."))[:500]
        if report_on is None or not one.starts_on <= report_on <= clock.today():
            raise Refused(N_("The report's day lies between the beginning and today."))
        one.report_on, one.state = report_on, step.leads_to(before)
        one.save()
        _record(this, one, actor, ("finish", before, one.delivered))


def take_engagement_step(
    actor: Actor, person: Person, engagement_id: int, verb: str, *, reason: str
) -> None:
    """Call an engagement off, with the reason."""
    with act(f"insurance.{verb}", actor) as this:
        one = _locked(engagement_id)
        before = one.state
        step = check_engagement(verb, before, one.enterprise_id, person)
        reason = required(reason, N_("Say why."))
        one.state = step.leads_to(before)
        one.save()
        _record(this, one, actor, (verb, before, reason))


def rate(
    actor: Actor, person: Person, engagement_id: int, *, score: int, reason: str
) -> int:  # fmt: skip
    """Rate a finished engagement for one's side; the rating's id.

    A side has one rating; what it writes afterwards replaces it as a new version. The same again
    changes nothing.
    """
    with act("insurance.rate", actor) as this:
        one = _locked(engagement_id)
        check_engagement("rate", one.state, one.enterprise_id, person)
        reason = required(reason, N_("Say why."))[:500]
        if score not in SCORES:
            raise Refused(N_("A rating is 1 to 5."))
        side = side_of(person)
        known = one.ratings.filter(side=side, replaced_at=None).first()
        if known is not None and (known.score, known.reason) == (score, reason):
            return known.pk
        if known is not None:
            known.replaced_at = clock.now()
            known.save(update_fields=["replaced_at"])
        fresh = Rating.objects.create(
            engagement=one, side=side, version=known.version + 1 if known else 1, score=score,
            reason=reason, at=clock.now(), by_id=actor.id, by_name=actor.label,
        )  # fmt: skip
        _record(this, one, actor, ("rate", one.state, ""))
    return fresh.pk


def _locked(engagement_id: int) -> Engagement:
    one = Engagement.objects.select_for_update().filter(pk=engagement_id).first()
    if one is None:
        raise Refused(N_("There is no such engagement."))
    return one


def _record(this: Act, one: Engagement, actor: Actor, said: tuple[str, str, str]) -> None:
    verb, before, reason = said
    EngagementStep.objects.create(
        engagement=one, at=clock.now(), by_id=actor.id, by_name=actor.label, verb=verb,
        before=before, after=one.state, reason=clean(reason)[:500],
    )  # fmt: skip
    this.on("engagement", one.pk, one.name)
    this.detail = {"verb": verb}
    this.publish(
        EngagementMoved(
            engagement_id=one.pk, provider_id=one.provider_id, enterprise_id=one.enterprise_id,
            kind=one.kind, verb=verb,
        )
    )  # fmt: skip
