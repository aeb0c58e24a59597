"""Officers' certificates: on record with number and last day."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from anlan.operations.enforcement.models import Certificate
from anlan.operations.enforcement.queries.officers import certificates_on
from anlan.operations.enforcement.rules.loop import Person
from anlan.operations.enforcement.rules.officers import QUALIFIED_WORDS
from anlan.operations.enforcement.rules.states import DECIDE
from anlan.operations.people.actions import Actor, act, looking_again
from anlan.operations.people.queries import staff_by
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCertificate:
    """A certificate as it was issued; `valid_to` is its last day."""

    account_id: int
    number: str
    valid_from: date
    valid_to: date
    qualified: str = ""


def keep_certificate(actor: Actor, person: Person, new: NewCertificate) -> int:
    """Write a certificate of one's own unit down; its id. The same number again renews or ends it,
    also after its holder left."""
    if DECIDE not in person.rights:
        raise Refused(N_("Your role may not take this step."))
    number = new.number.strip()[:40]
    holder = _holder(person.organisation, number, new.account_id)
    if not holder or not number or new.valid_to < new.valid_from:
        raise Refused(N_("A certificate has a holder, a number, and ends after it begins."))
    if new.qualified and new.qualified not in QUALIFIED_WORDS:
        raise Refused(N_("Choose by what the officer is qualified."))
    with act("enforcement.keep_certificate", actor) as this:
        known = Certificate.objects.select_for_update().filter(number=number).first()
        if known is not None and (known.unit, known.account_id) != (
            person.organisation, new.account_id,
        ):  # fmt: skip
            raise Refused(N_("This number belongs to another officer."))
        one, _new = Certificate.objects.update_or_create(
            number=number,
            defaults={
                "account_id": new.account_id, "holder": holder[:60], "unit": person.organisation,
                "valid_from": new.valid_from, "valid_to": new.valid_to, "kept_at": clock.now(),
                "kept_by": actor.label, "qualified": new.qualified,
            },
        )  # fmt: skip
        this.on("certificate", one.pk, str(one))
        this.detail = {"valid_to": f"{one.valid_to}"}
    return one.pk


@looking_again
def put_certificate(
    actor: Actor, person: Person, new: NewCertificate, origin: tuple[str, str],
    left_out: Collection[str] = (),
) -> tuple[int, str]:  # fmt: skip
    """Keep a certificate that another system of the unit names by (source, id): its id here, and
    new, changed or same. What is `left_out` of it stays as it is. Raises `Refused`."""
    if DECIDE not in person.rights:
        raise Refused(N_("Your role may not take this step."))
    new = replace(new, number=new.number.strip()[:40])
    with act("enforcement.put_certificate", actor) as this:
        known = _named(person.organisation, new.number, origin)
        if known is not None and "qualified" in left_out:
            new = replace(new, qualified=known.qualified)
        same = known is not None and _as_issued(known) == new
        pk = known.pk if known is not None and same else keep_certificate(actor, person, new)
        Certificate.objects.filter(pk=pk).update(source=origin[0], source_id=origin[1])
        outcome = "new" if known is None else "same" if same else "changed"
        this.on("certificate", pk, f"{origin[0]} {origin[1]}")
        this.detail = {"outcome": outcome}
    return pk, outcome


def _named(unit: str, number: str, origin: tuple[str, str]) -> Certificate | None:
    """The certificate of this id, or the unit's of this number that has no id yet."""
    own = Certificate.objects.filter(unit=unit)
    known = own.filter(source=origin[0], source_id=origin[1]).first()
    if known is not None and known.number != number:
        raise Refused(
            N_("This id is that of the certificate %(number)s; another number is another one."),
            number=known.number,
        )
    known = known or own.filter(number=number).first()
    if known is not None and (known.source, known.source_id) not in (("", ""), origin):
        raise Refused(N_("This certificate has another id in another system."))
    return known


def end_certificate(actor: Actor, person: Person, certificate_id: int, last: date) -> None:
    """End a certificate of one's own unit before its last day, as one that was withdrawn; on the
    same day again is once. Raises `Refused`."""
    one = Certificate.objects.get(pk=certificate_id, unit=person.organisation)
    if last > one.valid_to:
        raise Refused(N_("The certificate %(number)s ends before that day."), number=one.number)
    keep_certificate(actor, person, replace(_as_issued(one), valid_to=last))


def _as_issued(one: Certificate) -> NewCertificate:
    return NewCertificate(
        account_id=one.account_id, number=one.number, valid_from=one.valid_from,
        valid_to=one.valid_to, qualified=one.qualified,
    )  # fmt: skip


def stands_today(one: Certificate, today: date) -> None:
    """Raises `Refused` where it makes nobody an officer of its unit today."""
    if not one.valid_from <= today <= one.valid_to:
        raise Refused(N_("The certificate %(number)s is not valid today."), number=one.number)
    if not certificates_on(today).filter(pk=one.pk).exists():
        raise Refused(N_("%(holder)s does not serve in the unit any more."), holder=one.holder)


def _holder(unit: str, number: str, account_id: int) -> str:
    """An officer of the unit by name; of a certificate on record, whoever it was written down for,
    also when they have left."""
    known = Certificate.objects.filter(unit=unit, number=number, account=account_id)
    held = {one.holder for one in known}
    names = {one.display_name for one in staff_by([account_id]) if one.organisation_code == unit}
    return next(iter(names or held), "")
