"""A work of a year's list: set, amended, and its steps up to confirmed or dropped."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from anlan.operations.people.actions import Act, Actor, act
from anlan.operations.people.queries import OrganisationRow
from anlan.operations.responsibilities.actions.desk import ask_to_read, place_on_desk
from anlan.operations.responsibilities.events import WorkMoved
from anlan.operations.responsibilities.models import Bearer, Duty, Work, WorkStep
from anlan.operations.responsibilities.queries.scope import facts
from anlan.operations.responsibilities.rules.loop import Person, check, may_keep
from anlan.operations.responsibilities.rules.states import ENDED
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

FIELDS = ("number", "what", "measure", "unit_code", "due_on", "duty_id")
WHOLE = 100
MISSING = {
    "submit": N_("Say what was done: that is the evidence."),
    "report": N_("Say in words how far it is."),
    "return": N_("Say what is lacking."),
    "drop": N_("Say why the work is dropped."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewWork:
    """A work as somebody sets it. `unit` does it; `duty_id` is a duty of the bearer's list.

    `source`, `source_id`: where another program hands it on, by which it is known again.
    """

    year: int
    number: str
    what: str
    measure: str
    unit: OrganisationRow
    due_on: date
    duty_id: int | None = None
    source: str = ""
    source_id: str = ""


def put_work(actor: Actor, person: Person, bearer_id: int, new: NewWork) -> tuple[int, str]:
    """Set a work, or amend the one of the same number and year: its id, and new, changed or same.

    Raises `Refused` where the list or the unit is not this person's to keep, and for a work that
    another unit set, or that was submitted or ended.
    """
    with act("responsibilities.put_work", actor) as this:
        bearer = Bearer.objects.select_for_update().filter(pk=bearer_id, ended_on=None).first()
        if bearer is None or not may_keep(person, bearer.unit_code):
            raise Refused(N_("Your role does not keep the lists of this unit."))
        if not person.whole and new.unit.code != bearer.unit_code:
            raise Refused(N_("A unit sets works for itself; only the bureau sets them for others."))
        _refuse(new, bearer)
        known = _known(bearer, new)
        if known is None:
            work = _set(this, actor, person, bearer, new)
            return work.pk, "new"
        this.on("work", known.pk, f"{known}")
        values = _values(new)
        before = {key: str(getattr(known, key) or "") for key in FIELDS
                  if getattr(known, key) != values[key]}  # fmt: skip
        if not before:
            return known.pk, "same"
        check("amend", facts(known), person)
        _fill(known, new)
        finish(this, known, actor, "amend", known.state, before_fields=before)
        return known.pk, "changed"


def take_step(
    actor: Actor, person: Person, work_id: int, verb: str, *, words: str = "",
    percent: int | None = None,
) -> None:  # fmt: skip
    """Take `verb` of the table; `percent` (0 to 99) goes with a report.

    Raises `Refused`, then nothing is changed.
    """
    with act(f"responsibilities.{verb}", actor) as this:
        work = locked(work_id)
        before = work.state
        step = check(verb, facts(work), person)
        if verb == "amend":
            raise Refused(N_("Amend the work in its form."))
        if verb in MISSING and not words.strip():
            raise Refused(MISSING[verb])
        if verb == "report":
            if percent is None or not 0 <= percent < WHOLE:
                raise Refused(N_("Progress is a whole number from 0 to 99; done is submitted."))
            work.percent = percent
        if verb == "submit":
            work.submitted_by_id, work.finished_on = person.id, clock.today()
        if verb == "return":
            work.finished_on = None
        if verb == "confirm":
            work.percent = WHOLE
        work.state = step.leads_to(before)
        if work.state in ENDED:
            work.ended_at = clock.now()
        finish(this, work, actor, verb, before, words=words)


def locked(work_id: int) -> Work:
    rows = Work.objects.select_for_update(of=("self",)).select_related("bearer")
    work = rows.filter(pk=work_id).first()
    if work is None:
        raise Refused(N_("There is no such work."))
    return work


def finish(
    this: Act, work: Work, actor: Actor, verb: str, before: str, *, words: str = "",
    before_fields: dict[str, Any] | None = None,
) -> None:  # fmt: skip
    """Save, leave the step, the desk item, the audit row and the event."""
    work.save()
    WorkStep.objects.create(
        work=work, at=clock.now(), by_id=actor.id, by_name=actor.label, verb=verb, before=before,
        after=work.state, words=words.strip()[:1000], before_fields=before_fields or {},
        percent=work.percent if verb == "report" else None,
    )  # fmt: skip
    place_on_desk(work)
    this.on("work", work.pk, f"{work}")
    this.detail = {"verb": verb, "from": before, "to": work.state}
    this.publish(
        WorkMoved(work_id=work.pk, year=work.year, number=work.number, unit_code=work.unit_code,
                  verb=verb, before=before, after=work.state, percent=work.percent)
    )  # fmt: skip


def _refuse(new: NewWork, bearer: Bearer) -> None:
    if not (new.number.strip() and new.what.strip() and new.measure.strip()):
        raise Refused(N_("A work has a number, says what is to be done, and when it is done."))
    if not date(new.year, 1, 1) <= new.due_on <= date(new.year, 12, 31):
        raise Refused(N_("The deadline lies in the year of the list."))
    if new.duty_id is not None and not Duty.objects.filter(pk=new.duty_id, bearer=bearer).exists():
        raise Refused(N_("The duty is not in this list."))


def _known(bearer: Bearer, new: NewWork) -> Work | None:
    """By its id in another program, else by its number in the year's list."""
    rows = Work.objects.select_for_update(of=("self",)).select_related("bearer")
    same_number = rows.filter(bearer=bearer, year=new.year, number=new.number.strip()).first()
    if not new.source:
        return same_number
    known = rows.filter(source=new.source, source_id=new.source_id).first()
    if known is not None and (known.bearer_id, known.year) != (bearer.pk, new.year):
        raise Refused(N_("This work stands in another list already."))
    if same_number is not None and same_number != known:
        raise Refused(N_("This number stands in the list already."))
    return known


def _set(this: Act, actor: Actor, person: Person, bearer: Bearer, new: NewWork) -> Work:
    work = Work(
        year=new.year, bearer=bearer, set_at=clock.now(), set_by_name=actor.label,
        set_in=person.organisation, source=new.source[:40], source_id=new.source_id[:80],
    )  # fmt: skip
    _fill(work, new)
    finish(this, work, actor, "set", "")
    ask_to_read(bearer, new.year)
    return work


def _values(new: NewWork) -> dict[str, Any]:
    return {
        "number": new.number.strip()[:20], "what": new.what.strip()[:300],
        "measure": new.measure.strip()[:300], "unit_code": new.unit.code, "due_on": new.due_on,
        "duty_id": new.duty_id,
    }  # fmt: skip


def _fill(work: Work, new: NewWork) -> None:
    for key, value in _values(new).items():
        setattr(work, key, value)
    work.unit_name, work.area_code = new.unit.name, new.unit.area_code
