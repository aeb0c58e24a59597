"""The annual assessment: a year opened, its cards taken step by step, published, corrected."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date

from anlan.operations.assessment.actions.desk import place_on_desk
from anlan.operations.assessment.actions.entering import (
    award,
    change_scores,
    deduct,
    keep_scores,
    refuse_unsaid,
    strike,
    waive,
)
from anlan.operations.assessment.events import ScorecardMoved
from anlan.operations.assessment.models import Edition, SchemeVersion, Scorecard, ScorecardStep
from anlan.operations.assessment.queries.cards import facts_of
from anlan.operations.assessment.queries.sheets import live_sheet, scheme_of
from anlan.operations.assessment.rules.scheme import Scheme
from anlan.operations.assessment.rules.scorecard import REVIEW, Person, State, check
from anlan.operations.deadlines.queries import Unit, after
from anlan.operations.people.actions import PLATFORM, Act, Actor, act
from anlan.operations.people.queries import organisations
from anlan.operations.territory.queries import areas
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

WHY = ("return", "object", "settle", "correct")


@dataclass(frozen=True, slots=True)
class Taking:
    """A step on its way: what was given; `changes` and `words` are kept with it."""

    card: Scorecard
    scheme: Scheme
    actor: Actor
    given: Mapping[str, str]
    words: list[str] = field(default_factory=list)
    changes: dict[str, str] = field(default_factory=dict)


def open_year(actor: Actor, person: Person, year: int, due_on: date) -> int:
    """Give every department, street, town and zone of the district its card of the year; how many
    were given anew."""
    if REVIEW not in person.rights or not person.whole:
        raise Refused(N_("The bureau opens the annual assessment."))
    today = clock.today()
    if due_on < today or year not in (today.year, today.year - 1):
        raise Refused(N_("Open this year's or last year's assessment, with a day to come."))
    version = SchemeVersion.on(today)
    if version is None:
        raise Refused(N_("The district has no assessment scheme: load its files."))
    opened = 0
    with act("assessment.open_year", actor) as this:
        standing = set(Scorecard.objects.filter(year=year).values_list("unit_code", flat=True))
        for card in _objects(version):
            if card.unit_code in standing:
                continue
            card.year, card.due_on = year, due_on
            _finish(this, Taking(card, scheme_of(card), actor, {}), "open", "")
            opened += 1
        this.on("scorecards", year, f"{year}")
        this.detail = {"opened": opened}
    return opened


def take_step(
    actor: Actor, person: Person, card_id: int, verb: str, given: Mapping[str, str]
) -> None:
    """Take `verb` of the table with what its form asks for. Raises `Refused`, then nothing is
    changed."""
    with act(f"assessment.scorecard_{verb}", actor) as this:
        card = locked(card_id)
        before = card.state
        step = check(verb, facts_of(card), person, clock.today())
        words = given.get("words", "").strip()[:1000]
        if verb in WHY and not words:
            raise Refused(N_("Say why."))
        taking = Taking(card, scheme_of(card), actor, given, [words] if words else [])
        if verb in _CHANGES:
            _CHANGES[verb](taking)
        card.state = step.leads_to(before)
        _finish(this, taking, verb, before)


def end_objection(card_id: int) -> None:
    """Nobody objected in time: the review stands."""
    with act("assessment.scorecard_end", PLATFORM) as this:
        card = locked(card_id)
        over = card.object_by is not None and clock.today() > card.object_by
        if card.state != State.REVIEWED or not over:
            return
        card.state = State.FINAL
        _finish(this, Taking(card, scheme_of(card), PLATFORM, {}), "end", State.REVIEWED)


def locked(card_id: int) -> Scorecard:
    rows = Scorecard.objects.select_for_update(of=("self",)).select_related("scheme")
    card = rows.filter(pk=card_id).first()
    if card is None:
        raise Refused(N_("There is no such scorecard."))
    return card


def _objects(version: SchemeVersion) -> list[Scorecard]:
    """Who is assessed by a scheme: what somebody else runs, and what it leaves out, is not."""
    found = [
        Scorecard(scheme=version, kind="township", unit_code=one.code, unit_name=one.name,
                  area_code=one.code)
        for one in areas("township") if not one.admin_by
    ] + [
        Scorecard(scheme=version, kind=one.kind, unit_code=one.code, unit_name=one.name,
                  area_code=one.area_code, sector=one.sector)
        for kind in ("department", "zone") for one in organisations(kind=kind) if not one.admin_by
    ]  # fmt: skip
    if not found:
        return []
    scheme = scheme_of(found[0])
    return [
        one for one in found
        if one.unit_code not in scheme.left_out and scheme.items_of(one.kind)
    ]  # fmt: skip


def _keep(taking: Taking) -> None:
    taking.changes.update(keep_scores(taking.card, taking.scheme, taking.given))


def _submit(taking: Taking) -> None:
    _keep(taking)
    card, scheme = taking.card, taking.scheme
    refuse_unsaid(card, scheme)
    card.scores.update(reviewed=None, reason="")
    card.self_points = live_sheet(card, scheme).basic
    card.submitted_on, card.submitted_by_id = clock.today(), taking.actor.id


def _return(taking: Taking) -> None:
    scheme = taking.scheme
    last = after(clock.today(), scheme.review_days, Unit.WORKING)
    taking.card.due_on = max(taking.card.due_on, last)


def _count(taking: Taking) -> None:
    """What the review, or the decision, sees and counts is kept as it is then."""
    card = taking.card
    taking.changes.update(change_scores(card, taking.scheme, taking.given))
    sheet = live_sheet(card, taking.scheme)
    if sheet.points is None:
        raise Refused(N_("No item has points yet."))
    card.sheet, card.points, card.grade = asdict(sheet), sheet.points, sheet.grade
    card.vetoed = bool(sheet.vetoes)


def _review(taking: Taking) -> None:
    _count(taking)
    scheme, card = taking.scheme, taking.card
    unit = Unit.WORKING if scheme.object_working else Unit.CALENDAR
    card.object_by = after(clock.today(), scheme.object_days, unit)
    card.reviewed_by_id = taking.actor.id


def _publish(taking: Taking) -> None:
    card, reason = taking.card, ""
    if card.published_on is not None:
        reason = card.steps.filter(verb="correct").latest("pk").words
    Edition.objects.create(
        card=card, number=card.editions.count() + 1, at=clock.now(), by_name=taking.actor.label,
        sheet=card.sheet, reason=reason,
    )  # fmt: skip
    card.out_points, card.out_grade, card.out_vetoed = card.points, card.grade, card.vetoed
    card.published_on = clock.today()


def _entered(enter: Callable[..., str]) -> Callable[[Taking], None]:
    def change(taking: Taking) -> None:
        taking.words[:] = [enter(taking.card, taking.scheme, taking.given, taking.actor)]

    return change


def _strike(taking: Taking) -> None:
    taking.words[:] = [strike(taking.card, taking.given, taking.actor)]


_CHANGES: Mapping[str, Callable[[Taking], None]] = {
    "answer": _keep, "submit": _submit, "return": _return, "deduct": _entered(deduct),
    "award": _entered(award), "waive": _entered(waive), "strike": _strike, "review": _review,
    "settle": _count, "publish": _publish,
}  # fmt: skip


def _finish(this: Act, taking: Taking, verb: str, before: str) -> None:
    card = taking.card
    card.save()
    ScorecardStep.objects.create(
        card=card, at=clock.now(), by_id=taking.actor.id, by_name=taking.actor.label, verb=verb,
        before=before, after=card.state, words=" ".join(taking.words)[:1000],
        changes=taking.changes,
    )  # fmt: skip
    if before != card.state:
        place_on_desk(card, taking.scheme)
    this.on("scorecard", card.pk, f"{card}")
    this.detail = {"from": before, "to": card.state}
    this.publish(
        ScorecardMoved(scorecard_id=card.pk, year=card.year, unit_code=card.unit_code, verb=verb,
                       before=before, after=card.state, points=card.out_points,
                       grade=card.out_grade)
    )  # fmt: skip
