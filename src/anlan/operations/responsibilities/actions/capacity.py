"""A street's yearly capacity assessment: opened, answered, reviewed, objected to, final."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from anlan.operations.deadlines.actions import (
    NewItem,
    cancel_timer,
    close_item,
    open_item,
    set_timer,
)
from anlan.operations.deadlines.queries import Unit, after
from anlan.operations.people.actions import PLATFORM, Act, Actor, act
from anlan.operations.responsibilities.events import CapacityMoved, ObjectionEnds
from anlan.operations.responsibilities.models import CapacityCheck, CapacityStep
from anlan.operations.responsibilities.queries.capacity import (
    checklist_of,
    counted,
    facts_of,
    newest_list,
)
from anlan.operations.responsibilities.rules.capacity import (
    ANSWER_WORDS,
    ASSESS,
    REVIEW,
    State,
    check,
)
from anlan.operations.responsibilities.rules.loop import Person
from anlan.operations.territory.queries import areas
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

COMMITTEE = "safety.supervise"
REVIEW_DAYS = 10  # working days to review, and to decide on an objection [pv]


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of an item: one of the answers, and words (evidence, or the reason)."""

    answer: str
    words: str = ""


def said_of(given: Mapping[str, str]) -> dict[str, Said]:
    """``answer:<item>`` and ``words:<item>``, as a form or another program gives them; an item
    without an answer is left as it is."""
    codes = [key.removeprefix("answer:") for key in given if key.startswith("answer:")]
    return {
        code: Said(given[f"answer:{code}"], given.get(f"words:{code}", ""))
        for code in codes if given[f"answer:{code}"]
    }  # fmt: skip


def open_year(actor: Actor, person: Person, year: int, due_on: date) -> int:
    """Ask every street that the district runs to assess itself; how many were asked anew."""
    if REVIEW not in person.rights or not person.whole:
        raise Refused(N_("The bureau opens the assessment of a year."))
    if due_on < clock.today() or year != clock.today().year:
        raise Refused(N_("Open this year's assessment, with a day to come."))
    checklist = newest_list(clock.today())
    if checklist is None:
        raise Refused(N_("The district has no capacity checklist: load its files."))
    asked = 0
    with act("responsibilities.open_capacity", actor) as this:
        standing = set(CapacityCheck.objects.filter(year=year).values_list("unit_code", flat=True))
        for area in areas("township"):
            if area.admin_by or area.code in standing:
                continue
            one = CapacityCheck(
                checklist=checklist, year=year, unit_code=area.code, unit_name=area.name,
                area_code=area.code, due_on=due_on,
            )  # fmt: skip
            _finish(this, one, actor, "open", "")
            asked += 1
        this.on("capacity", year, f"{year}")
        this.detail = {"asked": asked}
    return asked


def answer(actor: Actor, person: Person, check_id: int, said: Mapping[str, Said]) -> None:
    """Keep what a street says of items so far; nothing is submitted by it."""
    with act("responsibilities.answer_capacity", actor) as this:
        one = _locked(check_id)
        check("submit", facts_of(one), person, clock.today())
        known = {item.code for item in checklist_of(one).items}
        for code, given in said.items():
            if code not in known or given.answer not in ANSWER_WORDS:
                raise Refused(N_("There is no such item or answer."))
            one.answers.update_or_create(
                code=code, defaults={"said": given.answer, "words": given.words.strip()[:300]}
            )
        this.on("capacity", one.pk, f"{one}")
        this.detail = {"items": len(said)}


def take_capacity_step(
    actor: Actor, person: Person, check_id: int, verb: str, *, words: str = "",
    changes: Mapping[str, Said] | None = None,
) -> None:  # fmt: skip
    """Take `verb` of the table; a review and a decision may change items, each with its reason.

    Raises `Refused`, then nothing is changed.
    """
    with act(f"responsibilities.capacity_{verb}", actor) as this:
        one = _locked(check_id)
        before = one.state
        step = check(verb, facts_of(one), person, clock.today())
        if verb in ("object", "settle") and not words.strip():
            raise Refused(N_("Say why."))
        if changes and step.right != REVIEW:
            raise Refused(N_("Only the review changes items."))
        changed = _change(one, changes or {})
        _count(one, verb)
        one.state = step.leads_to(before)
        _finish(this, one, actor, verb, before, words=words, changes=changed)


def end_objection(check_id: int) -> None:
    """Nobody objected in time: the review stands."""
    with act("responsibilities.capacity_end", PLATFORM) as this:
        one = _locked(check_id)
        if one.state != State.REVIEWED or one.object_by is None or clock.today() <= one.object_by:
            return
        one.state = State.FINAL
        _finish(this, one, PLATFORM, "end", State.REVIEWED)


def _count(one: CapacityCheck, verb: str) -> None:
    checklist, today = checklist_of(one), clock.today()
    if verb == "submit":
        missing = {item.code for item in checklist.items} - set(
            one.answers.values_list("code", flat=True)
        )
        if missing:
            raise Refused(N_("%(count)d items have no answer yet."), count=len(missing))
        one.self_points, one.submitted_on = checklist.points(counted(one)), today
    if verb in ("review", "settle"):
        one.points = checklist.points(counted(one))
        one.grade = checklist.grade(one.points)
    if verb == "review":
        one.object_by = after(today, checklist.object_days, Unit.WORKING)


def _change(one: CapacityCheck, changes: Mapping[str, Said]) -> dict[str, str]:
    """Items that the review sees otherwise, before and now."""
    changed = {}
    answers = {row.code: row for row in one.answers.all()}
    for code, given in changes.items():
        row = answers.get(code)
        if row is None or given.answer not in ANSWER_WORDS:
            raise Refused(N_("There is no such item or answer."))
        if given.answer == row.counts:
            continue
        if not given.words.strip():
            raise Refused(N_("Say of each changed item why."))
        changed[code] = f"{row.counts} > {given.answer}"
        row.reviewed, row.reason = given.answer, given.words.strip()[:300]
        row.save(update_fields=["reviewed", "reason"])
    return changed


def _locked(check_id: int) -> CapacityCheck:
    rows = CapacityCheck.objects.select_for_update(of=("self",)).select_related("checklist")
    one = rows.filter(pk=check_id).first()
    if one is None:
        raise Refused(N_("There is no such assessment."))
    return one


def _finish(
    this: Act, one: CapacityCheck, actor: Actor, verb: str, before: str, *, words: str = "",
    changes: Mapping[str, str] | None = None,
) -> None:  # fmt: skip
    one.save()
    CapacityStep.objects.create(
        check_of=one, at=clock.now(), by_id=actor.id, by_name=actor.label, verb=verb,
        before=before, after=one.state, words=words.strip()[:1000], changes=dict(changes or {}),
    )  # fmt: skip
    _desk(one)
    this.on("capacity", one.pk, f"{one}")
    this.detail = {"from": before, "to": one.state}
    this.publish(
        CapacityMoved(check_id=one.pk, year=one.year, unit_code=one.unit_code, verb=verb,
                      before=before, after=one.state, points=one.points)
    )  # fmt: skip


def _desk(one: CapacityCheck) -> None:
    """The street answers and may object, the bureau reviews and decides; each with its last day."""
    key, today = f"capacity:{one.pk}", clock.today()
    cancel_timer(key)
    if one.state == State.FINAL:
        close_item(key)
        return
    mine = one.state in (State.OPEN, State.REVIEWED)
    due = {State.OPEN: one.due_on, State.REVIEWED: one.object_by}.get(
        State(one.state), after(today, REVIEW_DAYS, Unit.WORKING)
    )
    title, action = {
        State.OPEN: (N_("Assess the capacity of %(unit)s"), N_("Answer and submit")),
        State.SUBMITTED: (N_("Review the capacity of %(unit)s"), N_("Review the answers")),
        State.REVIEWED: (N_("The review of %(unit)s is there"), N_("Accept or object")),
        State.OBJECTED: (N_("Objection of %(unit)s"), N_("Decide on the objection")),
    }[State(one.state)]
    if one.state == State.REVIEWED and due is not None:
        over = datetime.combine(due + timedelta(1), time(0), clock.CHINA)
        set_timer(key, over, ObjectionEnds(check_id=one.pk))
    open_item(
        NewItem(
            key=key, kind="capacity", title=title, action=action,
            link=f"/responsibilities/capacity/{one.pk}", right=ASSESS if mine else REVIEW,
            area_code=one.area_code if mine else one.area_code[:6],
            unit=one.unit_code if mine else "", parameters={"unit": one.unit_name},
            due_at=clock.end_of(due) if due else None,
            chain=() if one.state == State.REVIEWED else (COMMITTEE,),
        )
    )  # fmt: skip
