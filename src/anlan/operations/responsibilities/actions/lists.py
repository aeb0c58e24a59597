"""Who bears duties, which they are, and that a year's list was read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import IntegrityError
from django.db.models import Max

from anlan.operations.deadlines.actions import close_item, close_items
from anlan.operations.people.actions import Act, Actor, act
from anlan.operations.people.queries import organisations, unit_staff
from anlan.operations.responsibilities.events import ListMoved, ListRead
from anlan.operations.responsibilities.models import Bearer, Duty
from anlan.operations.responsibilities.queries.files import in_force, works_of
from anlan.operations.responsibilities.rules.loop import Person, may_keep, may_sign
from anlan.operations.responsibilities.rules.states import OPEN
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

NOT_YOURS = N_("Your role does not keep the lists of this unit.")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewBearer:
    """A unit by its code; `post` empty is the unit itself. `account_id`: the leader's login."""

    unit_code: str
    post: str = ""
    name: str = ""
    account_id: int | None = None


def put_bearer(actor: Actor, person: Person, new: NewBearer) -> int:
    """Open the list of a post or a unit, or say who holds the post now; its id.

    Raises `Refused` for a unit that is none, or not this person's to keep.
    """
    if not may_keep(person, new.unit_code):
        raise Refused(NOT_YOURS)
    unit = next((one for one in organisations() if one.code == new.unit_code), None)
    if unit is None:
        raise Refused(N_("There is no such unit."))
    if new.account_id is not None and (
        not new.post or new.account_id not in {one.id for one in unit_staff(new.unit_code)}
    ):
        raise Refused(N_("Only a leader's post has a login, and one of its own unit."))
    with act("responsibilities.put_bearer", actor) as this:
        rows = Bearer.objects.select_for_update().filter(ended_on=None)
        one = rows.filter(unit_code=new.unit_code, post=new.post.strip()).first()
        if one is None:
            one = Bearer(unit_code=unit.code, post=new.post.strip()[:60], since=clock.today())
        one.unit_name, one.area_code = unit.name, unit.area_code
        one.name, one.account_id = new.name.strip()[:60], new.account_id
        one.save()
        this.on("bearer", one.pk, one.title)
        this.publish(_moved(one, "put"))
    return one.pk


def end_bearer(actor: Actor, person: Person, bearer_id: int) -> None:
    """The post is no more; refused while works of it are open."""
    with act("responsibilities.end_bearer", actor) as this:
        one = _kept(person, bearer_id)
        if one.works.filter(state__in=OPEN).exists():
            raise Refused(N_("Works of this list are open: finish, hand over or drop them first."))
        one.ended_on = clock.today()
        one.save(update_fields=["ended_on"])
        close_items(f"list:{one.pk}:", actor.label)
        this.on("bearer", one.pk, one.title)
        this.publish(_moved(one, "end"))


def _moved(one: Bearer, verb: str) -> ListMoved:
    return ListMoved(bearer_id=one.pk, unit_code=one.unit_code, verb=verb)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDuty:
    """One sentence and its basis; holds from `valid_from`, with `valid_to` until the day before."""

    text: str
    basis: str
    valid_from: date
    valid_to: date | None = None


def add_duty(actor: Actor, person: Person, bearer_id: int, new: NewDuty) -> int:
    """A duty more, with the next number; its id."""
    _refuse(new)
    with act("responsibilities.add_duty", actor) as this:
        bearer = _kept(person, bearer_id)
        last = bearer.duties.aggregate(last=Max("number"))["last"] or 0
        return _new_version(this, actor, bearer, new, (last + 1, 1)).pk


def change_duty(actor: Actor, person: Person, duty_id: int, new: NewDuty) -> int:
    """The next version of a duty; the one before holds until the day before. The new one's id."""
    _refuse(new)
    with act("responsibilities.change_duty", actor) as this:
        before = _newest(person, duty_id)
        if new.valid_from <= before.valid_from:
            raise Refused(N_("A new version holds from a later day than the one before."))
        before.valid_to = new.valid_from
        before.save(update_fields=["valid_to"])
        number = before.number, before.version + 1
        one = _new_version(this, actor, before.bearer, new, number)
        one.source, one.source_id = before.source, before.source_id
        one.save(update_fields=["source", "source_id"])
    return one.pk


def end_duty(actor: Actor, person: Person, duty_id: int, valid_to: date) -> None:
    """The duty holds until the day before `valid_to`; its number is not given again."""
    with act("responsibilities.end_duty", actor) as this:
        one = _newest(person, duty_id)
        if valid_to <= one.valid_from:
            raise Refused(N_("A duty ends after the day from which it holds."))
        one.valid_to = valid_to
        one.save(update_fields=["valid_to"])
        this.on("duty", one.pk, f"{one}")
        this.detail = {"valid_to": f"{valid_to}"}
        this.publish(_moved(one.bearer, "end duty"))


def sign_reading(actor: Actor, person: Person, bearer_id: int, year: int) -> None:
    """The list of the year was read; once, and the day is kept."""
    try:
        _sign(actor, person, bearer_id, year)
    except IntegrityError:  # signed twice at the same moment
        raise Refused(N_("The list of this year is signed already.")) from None


def _sign(actor: Actor, person: Person, bearer_id: int, year: int) -> None:
    with act("responsibilities.sign_reading", actor) as this:
        bearer = Bearer.objects.select_for_update().filter(pk=bearer_id).first()
        if (
            bearer is None
            or person.id is None
            or not may_sign(person, bearer.account_id, bearer.unit_code)
        ):
            raise Refused(N_("Only the leader signs that the list was read."))
        works = works_of(bearer).filter(year=year).count()
        if not works:
            raise Refused(N_("There is no list of this year yet."))
        if bearer.readings.filter(year=year).exists():
            raise Refused(N_("The list of this year is signed already."))
        bearer.readings.create(
            year=year, at=clock.now(), by_id=person.id, by_name=actor.label, works=works
        )
        close_item(f"list:{bearer.pk}:{year}", actor.label)
        this.on("bearer", bearer.pk, bearer.title)
        this.detail = {"year": year, "works": works}
        this.publish(ListRead(bearer_id=bearer.pk, unit_code=bearer.unit_code, year=year))


def duty_numbers(bearer_id: int, day: date) -> Mapping[int, int]:
    """The duties of a list that hold on a day: ids by number."""
    rows = Duty.objects.filter(bearer=bearer_id, valid_from__lte=day).order_by("version")
    return {one.number: one.pk for one in rows if in_force(one, day)}


def _refuse(new: NewDuty) -> None:
    if not new.text.strip() or not new.basis.strip():
        raise Refused(N_("Write the duty in one sentence, and on what it is based."))
    if new.valid_to is not None and new.valid_to <= new.valid_from:
        raise Refused(N_("A duty ends after the day from which it holds."))
    if new.valid_from > clock.today() + timedelta(days=366):
        raise Refused(N_("A duty is set at most a year ahead."))


def _kept(person: Person, bearer_id: int) -> Bearer:
    one = Bearer.objects.select_for_update().filter(pk=bearer_id, ended_on=None).first()
    if one is None or not may_keep(person, one.unit_code):
        raise Refused(NOT_YOURS)
    return one


def _newest(person: Person, duty_id: int) -> Duty:
    """A duty that may be changed: the newest version, of a list that this person keeps."""
    found = Duty.objects.select_for_update(of=("self",)).select_related("bearer")
    one = found.filter(pk=duty_id).first()
    if one is None or not may_keep(person, one.bearer.unit_code):
        raise Refused(NOT_YOURS)
    later = Duty.objects.filter(bearer=one.bearer_id, number=one.number, version__gt=one.version)
    if later.exists() or (one.valid_to is not None and one.valid_to <= clock.today()):
        raise Refused(N_("Only the newest version of a duty is changed."))
    return one


def _new_version(
    this: Act, actor: Actor, bearer: Bearer, new: NewDuty, number: tuple[int, int]
) -> Duty:
    one = Duty.objects.create(
        bearer=bearer, number=number[0], version=number[1], text=new.text.strip()[:500],
        basis=new.basis.strip()[:300], valid_from=new.valid_from, valid_to=new.valid_to,
        set_at=clock.now(), set_by_name=actor.label,
    )  # fmt: skip
    this.on("duty", one.pk, f"{one}")
    this.detail = {"version": one.version}
    this.publish(_moved(bearer, "duty"))
    return one
