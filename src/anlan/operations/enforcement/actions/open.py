"""A case is opened: planned by two officers of a unit, on its own or out of a hidden danger."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import IntegrityError

from anlan.operations.enforcement.actions.desk import refresh
from anlan.operations.enforcement.actions.party import masked, sealed
from anlan.operations.enforcement.actions.steps import moved, write
from anlan.operations.enforcement.models import (
    Case,
    CaseOfficer,
    Certificate,
    EnforcementUnit,
    PaperCounter,
)
from anlan.operations.enforcement.rules.loop import LEAST_OFFICERS, Person
from anlan.operations.enforcement.rules.states import HANDLE
from anlan.operations.people.actions import Actor, act
from anlan.operations.registers.actions import next_number
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCase:
    """What a case is about. `party`: name, id_number, principal, address, phone, as far as known.

    `key` names it for its sender: the same key again is the same case. `officers`: certificate
    ids. Enterprise and danger are within the sender's sight; the caller has looked.
    """

    key: str
    title: str
    area_code: str
    party_kind: str
    party: Mapping[str, str]
    officers: Sequence[int]
    enterprise_id: int | None = None
    danger_id: int | None = None


def open_case(actor: Actor, person: Person, new: NewCase) -> int:
    """Plan an inspection; the case's id. Raises `Refused`."""
    if HANDLE not in person.rights:
        raise Refused(N_("Your role may not take this step."))
    known = _known(person, new)
    if known is not None:
        return known
    if not EnforcementUnit.objects.filter(code=person.organisation).exists():
        raise Refused(N_("Your unit does not punish in its own name."))
    try:
        return _opened(actor, person, new)
    except IntegrityError:  # sent twice at the same moment: the other one was first
        known = _known(person, new)
        if known is None:
            raise
        return known


def _known(person: Person, new: NewCase) -> int | None:
    rows = Case.objects.filter(key=new.key, unit=person.organisation)
    return rows.values_list("pk", flat=True).first()


def _opened(actor: Actor, person: Person, new: NewCase) -> int:
    with act("enforcement.open", actor) as this:
        certificates = _certificates(person, new.officers)
        name = new.party.get("name", "").strip()
        if not name or not new.title.strip():
            raise Refused(N_("A case names its party and its subject."))
        if new.party_kind == "person" and name in new.title:
            raise Refused(N_("The subject does not name the person: lists and links show it."))
        now = clock.now()
        number = next_number(PaperCounter.objects, unit=person.organisation, kind="case",
                             year=now.year)  # fmt: skip
        case = Case.objects.create(
            number=f"{now.year}-{number:04d}",
            key=new.key, title=new.title.strip()[:120], unit=person.organisation,
            area_code=new.area_code, party_kind=new.party_kind,
            party=masked(name, new.party_kind)[:120], party_sealed=sealed(new.party),
            enterprise_id=new.enterprise_id, danger_id=new.danger_id, opened_at=now,
        )  # fmt: skip
        for one in certificates:
            CaseOfficer.objects.create(case=case, certificate=one, since=now)
        write(case, actor, "open", "", {})
        refresh(case)
        this.on("case", case.pk, str(case))
        this.publish(moved(case, "open", ""))
    return case.pk


def _certificates(person: Person, ids: Sequence[int]) -> list[Certificate]:
    """Two or more of the unit, valid today, of different people, the opener among them."""
    today = clock.today()
    found = list(Certificate.objects.filter(pk__in=set(ids), unit=person.organisation))
    for one in found:
        if not one.valid_from <= today <= one.valid_to:
            raise Refused(N_("The certificate %(number)s is not valid today."), number=one.number)
    holders = {one.account_id for one in found}
    if len(holders) < LEAST_OFFICERS or len(holders) != len(found):
        raise Refused(N_("At least two officers with valid certificates must be on the case."))
    if person.id not in holders:
        raise Refused(N_("Who opens a case is one of its officers."))
    return sorted(found, key=lambda one: one.account_id != person.id)
