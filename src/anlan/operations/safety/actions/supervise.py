"""Listed supervision 挂牌督办: opened by the committee office, ended by its issuer alone."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError

from anlan.operations.people.actions import Actor, act
from anlan.operations.registers.actions import next_number
from anlan.operations.registers.queries import clean, required
from anlan.operations.safety.actions.desk import refresh
from anlan.operations.safety.actions.listed import close_listed, refresh_listed
from anlan.operations.safety.actions.steps import moved, write
from anlan.operations.safety.models import Counter, Danger, Supervision
from anlan.operations.safety.queries.supervision import PROGRESS, progress_of
from anlan.operations.safety.rules.loop import Person
from anlan.operations.safety.rules.states import SUPERVISE, Grade, State
from anlan.operations.safety.rules.supervision import check_report
from anlan.vocabulary import clock
from anlan.vocabulary.personal import names_a_number
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

PUBLIC = ("issuer_name", "notice", "public_unit", "public_title")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Who supervises until when, and what everybody reads: the issuer, the danger's title, whose it
    is where an enterprise is registered, the public notice. `origin`: source and id by which
    another system names it."""

    issuer_name: str
    supervisor: str
    due_on: date
    notice: str
    title: str
    unit: str = ""
    origin: tuple[str, str] = ("", "")

    @property
    def words(self) -> dict[str, Any]:
        """As they are kept, by field; raises `Refused` where one is missing or names a number."""
        said: dict[str, Any] = {
            "issuer_name": required(self.issuer_name, N_("Say who issues it."))[:100],
            "supervisor": required(self.supervisor, N_("Say who supervises it."))[:60],
            "due_on": self.due_on,
            "notice": required(self.notice, N_("Write the public notice.")),
            "public_title": required(self.title, N_("Say what is wrong."))[:120],
            "public_unit": clean(self.unit)[:120],
        }
        if any(names_a_number(said[key]) for key in PUBLIC):
            raise Refused(N_("Everybody reads it: write no telephone or identity number here.")).at(
                "notice"
            )
        return said


def put_supervision(actor: Actor, person: Person, danger_id: int, given: Listing) -> int:
    """List a danger by another system's (source, id), once: its id here.

    What was published is not worded anew: other words under the same id are refused.
    """
    if SUPERVISE not in person.rights:
        raise Refused(N_("Your role may not take this step."))
    source, source_id = given.origin
    sent = Supervision.objects.filter(source=source, source_id=source_id)
    if not sent.exists():
        try:
            list_danger(actor, person, danger_id, given)
        except (IntegrityError, Refused):
            if not sent.exists():  # else it was sent twice at the same moment
                raise
    known = sent.get()
    changed = any(getattr(known, key) != value for key, value in given.words.items())
    if known.danger_id != danger_id or changed:
        raise Refused(N_("It was published under this id with other words: list it anew."))
    return known.pk


def list_danger(actor: Actor, person: Person, danger_id: int, given: Listing) -> str:
    """Put a major danger under listed supervision; its number."""
    with act("safety.list", actor) as this:
        danger = _locked(danger_id, person)
        if danger.grade != Grade.MAJOR or danger.state == State.CLOSED:
            raise Refused(N_("Only a major danger that is open is put under listed supervision."))
        if danger.supervisions.filter(ended_at=None).exists():
            raise Refused(N_("It is under listed supervision already."))
        if given.due_on < clock.today():
            raise Refused(N_("The deadline has passed already.")).at("due_on")
        words = _published(danger, given)
        year = clock.today().year
        number = f"{year}-{next_number(Counter.objects, register='supervision', year=year):03d}"
        Supervision.objects.create(
            danger=danger, number=number, issuer=person.organisation, opened_at=clock.now(),
            opened_by=actor.label, source=given.origin[0], source_id=given.origin[1], **words,
        )  # fmt: skip
        danger.listed = True
        danger.save(update_fields=["listed"])
        write(danger, actor, "list", danger.state, {"number": number}, "")
        this.on("danger", danger.pk, str(danger))
        refresh_listed(danger)
        this.publish(moved(danger, "list", danger.state))
    return number


def _published(danger: Danger, given: Listing) -> dict[str, Any]:
    """The words of the listing; of a danger that no enterprise has the street alone is public."""
    words = given.words
    if danger.enterprise_id is None and words["public_unit"]:
        raise Refused(N_("No registered enterprise has it: everybody reads the street alone."))
    if danger.enterprise_id is not None:
        required(words["public_unit"], N_("Say whose the danger is."))
    return words


def report_progress(actor: Actor, person: Person, danger_id: int, *, progress: str) -> None:
    """The monthly report of the unit that regulates it, to who listed it."""
    with act("safety.report_progress", actor) as this:
        danger = _found(danger_id)
        running = progress_of(danger)
        if running is None:
            raise Refused(N_("It is not under listed supervision."))
        listed_on = running.supervision.opened_at.astimezone(clock.CHINA).date()
        check_report(person, danger.regulator, listed_on, running.given, clock.today())
        text = required(progress, N_("Say how far it is."))
        said = {"number": running.supervision.number, "month_until": f"{running.due_on}"}
        write(danger, actor, PROGRESS, danger.state, said, text)
        refresh_listed(danger)
        this.on("danger", danger.pk, str(danger))
        this.detail = said
        this.publish(moved(danger, PROGRESS, danger.state))


def delist_danger(actor: Actor, person: Person, danger_id: int, *, finding: str) -> None:
    """The issuer ends the supervision, after the re-check accepted the danger."""
    with act("safety.delist", actor) as this:
        danger = _locked(danger_id, person)
        open_one = danger.supervisions.filter(ended_at=None).first()
        if open_one is None:
            raise Refused(N_("It is not under listed supervision."))
        if open_one.issuer != person.organisation:
            raise Refused(N_("Only the issuer ends a listed supervision."))
        if danger.state != State.ACCEPTED:
            raise Refused(N_("Listed supervision ends after the re-check accepted it."))
        open_one.finding = required(finding, N_("Say what the re-check found."))[:500]
        open_one.ended_at, open_one.ended_by = clock.now(), actor.label
        open_one.save()
        danger.listed = False
        danger.save(update_fields=["listed"])
        write(danger, actor, "delist", danger.state, {"number": open_one.number}, finding)
        refresh(danger)
        close_listed(open_one)
        this.on("danger", danger.pk, str(danger))
        this.publish(moved(danger, "delist", danger.state))


def _locked(danger_id: int, person: Person) -> Danger:
    if SUPERVISE not in person.rights:
        raise Refused(N_("Your role may not take this step."))
    return _found(danger_id)


def _found(danger_id: int) -> Danger:
    danger = Danger.objects.select_for_update().filter(pk=danger_id).first()
    if danger is None:
        raise Refused(N_("There is no such danger."))
    return danger
