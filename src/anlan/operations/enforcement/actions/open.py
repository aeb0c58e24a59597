"""A case is opened: planned by two officers of a unit, on its own or out of a hidden danger."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from anlan.operations.checks.queries.visits import Visit
from anlan.operations.enforcement.actions.certificates import stands_today
from anlan.operations.enforcement.actions.desk import refresh
from anlan.operations.enforcement.actions.from_check import check_visit, take_up
from anlan.operations.enforcement.actions.party import KEYS, masked, party_of, sealed
from anlan.operations.enforcement.actions.steps import moved, write
from anlan.operations.enforcement.models import (
    Case,
    CaseOfficer,
    Certificate,
    EnforcementUnit,
    PaperCounter,
)
from anlan.operations.enforcement.queries.state import facts
from anlan.operations.enforcement.rules.loop import LEAST_OFFICERS, Person, check_amending
from anlan.operations.enforcement.rules.states import HANDLE
from anlan.operations.people.actions import Actor, act, looking_again
from anlan.operations.people.queries import Scope
from anlan.operations.registers.actions import next_number
from anlan.operations.safety.queries.rows import enterprises_by
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

NAMED = N_("A case names its party and its subject.")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCase:
    """What a case is about. `party`: name, id_number, principal, address, phone, as far as known.

    `key` names it for its sender: the same key again is the same case. `officers`: certificate
    ids. Enterprise and danger are within the sender's sight; the caller has looked. `origin`:
    another system that keeps the case, and its number there. `visit`: the check that it comes from,
    `taken_up`: those of its dangers that are handed to the case, within `sight`.
    """

    key: str
    title: str
    area_code: str
    party_kind: str
    party: Mapping[str, str]
    officers: Sequence[int]
    enterprise_id: int | None = None
    danger_id: int | None = None
    origin: tuple[str, str] = ("", "")
    visit: Visit | None = None
    taken_up: Sequence[int] = ()
    sight: Scope | None = None


def key_of(source: str, source_id: str) -> str:
    """The key of a case that another system keeps under this number."""
    return hashlib.sha256(f"case:{len(source)}:{source}:{source_id}".encode()).hexdigest()


def put_case(actor: Actor, person: Person, new: NewCase) -> tuple[int, str]:
    """Register a case that another system keeps: its id here, and new, changed or same.

    Until the inspection other words replace the earlier ones, which stay in the history; who of
    the officers sends them is on the case. Afterwards they are refused: papers rest on them. Its
    officers are replaced by a step.
    """
    known = _known(person, new)
    if known is None or HANDLE not in person.rights:
        return open_case(actor, person, new), "new"
    with act("enforcement.amend", actor) as this:
        case = Case.objects.select_for_update().get(pk=known)
        this.on("case", case.pk, str(case))
        said = {
            "title": _title(new), "area_code": new.area_code, "party_kind": new.party_kind,
            "enterprise_id": new.enterprise_id,
        }  # fmt: skip
        if new.enterprise_id != case.enterprise_id:
            said["sector"] = _sector(new)
        if new.danger_id != case.danger_id:
            raise Refused(N_("A case out of another danger is another case."))
        before = {key: getattr(case, key) for key in said if getattr(case, key) != said[key]}
        party = {key: new.party.get(key, "") for key in KEYS}
        if party != party_of(case):
            before["party"] = case.party
        if not before:
            this.detail = {"repeat": True}
            return known, "same"
        check_amending(facts(case, clock.today()), person)
        for key, value in said.items():
            setattr(case, key, value)
        case.party, case.party_sealed = masked(_named(new), new.party_kind)[:120], sealed(party)
        case.save()
        write(case, actor, "amend", case.state, {"before": before})
        refresh(case)
        this.publish(moved(case, "amend", case.state))
    return known, "changed"


@looking_again
def open_case(actor: Actor, person: Person, new: NewCase) -> int:
    """Plan an inspection; the case's id. Raises `Refused`."""
    if HANDLE not in person.rights:
        raise Refused(N_("Your role may not take this step."))
    known = _known(person, new)
    if known is not None:
        return known
    if not EnforcementUnit.objects.filter(code=person.organisation).exists():
        raise Refused(N_("Your unit does not punish in its own name."))
    _visited(person, new)
    return _opened(actor, person, new)


def _visited(person: Person, new: NewCase) -> None:
    """Whether the check that a case is to come from gives one; raises `Refused`."""
    if new.visit is not None:
        check_visit(new.visit, person.organisation, new.party_kind, new.party, new.taken_up)


def _known(person: Person, new: NewCase) -> int | None:
    rows = Case.objects.filter(key=new.key, unit=person.organisation)
    return rows.values_list("pk", flat=True).first()


def _opened(actor: Actor, person: Person, new: NewCase) -> int:
    with act("enforcement.open", actor) as this:
        certificates = _certificates(person, new.officers)
        name, title = _named(new), _title(new)
        now = clock.now()
        number = next_number(PaperCounter.objects, unit=person.organisation, kind="case",
                             year=now.year)  # fmt: skip
        _visited(person, new)  # the counter is locked now: no other of the unit is opened meanwhile
        case = Case.objects.create(
            number=f"{now.year}-{number:04d}",
            key=new.key, title=title, unit=person.organisation,
            area_code=new.area_code, party_kind=new.party_kind,
            party=masked(name, new.party_kind)[:120], party_sealed=sealed(new.party),
            enterprise_id=new.enterprise_id, danger_id=new.danger_id, opened_at=now,
            sector=_sector(new),
            source=new.origin[0], source_id=new.origin[1],
            check_record_id=new.visit.id if new.visit else None,
        )  # fmt: skip
        for one in certificates:
            CaseOfficer.objects.create(case=case, certificate=one, since=now)
        write(case, actor, "open", "", {})
        if new.sight is not None:
            take_up(case, (actor, new.sight), new.taken_up)
        refresh(case)
        this.on("case", case.pk, str(case))
        this.publish(moved(case, "open", ""))
    return case.pk


def _sector(new: NewCase) -> str:
    """That of its enterprise today; "" where the party is not in the register."""
    ids = [] if new.enterprise_id is None else [new.enterprise_id]
    return next((one.sector for one in enterprises_by(ids)), "")


def _named(new: NewCase) -> str:
    name = new.party.get("name", "").strip()
    if not name:
        raise Refused(NAMED)
    return name


def _title(new: NewCase) -> str:
    title = new.title.strip()[:120]
    if not title:
        raise Refused(NAMED)
    if new.party_kind == "person" and _named(new) in title:
        raise Refused(N_("The subject does not name the person: lists and links show it."))
    return title


def _certificates(person: Person, ids: Sequence[int]) -> list[Certificate]:
    """Two or more of the unit, valid today, of different people, the opener among them."""
    today = clock.today()
    found = list(Certificate.objects.filter(pk__in=set(ids), unit=person.organisation))
    for one in found:
        stands_today(one, today)
    holders = {one.account_id for one in found}
    if len(holders) < LEAST_OFFICERS or len(holders) != len(found):
        raise Refused(N_("At least two officers with valid certificates must be on the case."))
    if person.id not in holders:
        raise Refused(N_("Who opens a case is one of its officers."))
    return sorted(found, key=lambda one: one.account_id != person.id)
