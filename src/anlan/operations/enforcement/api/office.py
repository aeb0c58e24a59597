"""What the office keeps for its cases, for other programs: its officers' certificates, and the
discretion table."""

from datetime import date
from decimal import Decimal
from typing import Any, Literal

from django.db.models import Q
from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from anlan.operations.enforcement.actions import (
    NewCertificate,
    NewRow,
    end_certificate,
    put_certificate,
    put_row,
)
from anlan.operations.enforcement.models import Certificate
from anlan.operations.enforcement.queries.discretion import in_force, rows_in
from anlan.operations.enforcement.queries.officers import officers_of
from anlan.operations.enforcement.queries.registers import CERTIFICATES, DISCRETION
from anlan.operations.enforcement.queries.scope import own_certificates
from anlan.operations.enforcement.queries.state import person_of
from anlan.operations.enforcement.rules.states import DECIDE, VIEW
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import admitted
from anlan.operations.registers import queries as registers
from anlan.operations.registers.queries.by_api import Holding, PutOutcome, Sent, read_back
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

router = Router()


class OfficerCertificateOut(Schema):
    """An officer's certificate 行政执法证; `username`: the name the officer logs in by, `valid_to`
    its last day, `qualified`: degree, licence, experience, or "" where nothing is on record."""

    id: int
    username: str = Field(alias="account.username")
    holder: str
    number: str
    valid_from: date
    valid_to: date
    qualified: str
    source: str
    source_id: str


class OfficerCertificatesOut(registers.HundredOf):
    rows: list[OfficerCertificateOut]


class OfficerCertificatesAsked(registers.Hundred):
    """`view`: valid, expired, or all."""

    qualified: str = ""


class OfficerCertificateIn(Schema):
    """A certificate as it was issued; an earlier last day ends it, a later one renews it.
    `qualified` left out stays as it is."""

    username: str = Field(max_length=150)
    number: str = Field(min_length=1, max_length=40)
    valid_from: date
    valid_to: date
    qualified: str = Field("", max_length=12)


class EndIn(Schema):
    """`on`: its last day."""

    on: date


@router.get("/enforcement/certificates", response=OfficerCertificatesOut)
def officer_certificates(request: HttpRequest, asking: Query[OfficerCertificatesAsked]) -> Any:
    """The certificates of the officers of one's own unit, those that ended too."""
    scope = admitted(request, VIEW)
    return registers.hundred(CERTIFICATES, own_certificates(scope), asking.dict(), scope)


@router.get("/enforcement/certificates/{certificate_id}", response=OfficerCertificateOut)
def officer_certificate(request: HttpRequest, certificate_id: int) -> Any:
    """One certificate of an officer of one's own unit."""
    found = own_certificates(admitted(request, VIEW)).filter(pk=certificate_id).first()
    if found is None:
        raise Http404
    return found


@router.post(
    "/enforcement/certificates/{certificate_id}/end", response=OfficerCertificateOut,
    auth=Holding(DECIDE, own_certificates, "certificate_id"),
)  # fmt: skip
def end_officer_certificate(request: HttpRequest, certificate_id: int, body: EndIn) -> Any:
    """End a certificate before its last day, as one that was withdrawn; whoever's it is, also of
    who left. Nobody is an officer by it afterwards. Refused (409) where it ends before that day."""
    scope = admitted(request, DECIDE)
    end_certificate(actor_of(request), person_of(scope, scope.organisation), certificate_id,
                    body.on)  # fmt: skip
    return Certificate.objects.select_related("account").get(pk=certificate_id)


# After the addresses of one certificate, which read like a source and an id.
read_back(
    router, "/enforcement/certificates", OfficerCertificateOut, Sent(VIEW, own_certificates),
    __name__,
)  # fmt: skip


@router.put(
    "/enforcement/certificates/{source}/{source_id}", response=PutOutcome, auth=Holding(DECIDE)
)
def bring_officer_certificate(
    request: HttpRequest, source: str, source_id: str, body: OfficerCertificateIn
) -> Any:
    """Write a certificate of an officer of one's own unit down by its id in another system, as
    often as one likes. Refused (409) for whoever is no officer of it, and for another number under
    the same id."""
    scope = admitted(request, DECIDE)
    registers.named(source, source_id)
    own = {one.username: one.id for one in officers_of(scope.organisation)}
    if body.username not in own:
        raise Refused(N_("Choose an officer of your unit."))
    new = NewCertificate(
        account_id=own[body.username], number=body.number, valid_from=body.valid_from,
        valid_to=body.valid_to, qualified=body.qualified,
    )  # fmt: skip
    person = person_of(scope, scope.organisation)
    left_out, origin = {"qualified"} - body.model_fields_set, (source, source_id)
    pk, outcome = put_certificate(actor_of(request), person, new, origin, left_out)
    return {"id": pk, "outcome": outcome}


class DiscretionOut(Schema):
    """A version of a row of the discretion table 裁量基准, by its `code`; amounts in yuan.

    `party`: unit, person, or "" for both. `others`: other penalties that its law gives, with commas
    between them (warning, suspension, licence, stop, closure, confiscation). It holds from
    `valid_from` to `valid_to`, as `document` says. `source`, `source_id`: by what another system
    names the row.
    """

    id: int
    code: str
    violation: str
    law: str
    basis: str
    circumstances: str
    party: str
    least: Decimal
    most: Decimal
    law_most: Decimal
    others: str
    valid_from: date
    valid_to: date | None
    document: str = Field(alias="source")
    source: str = Field(alias="system")
    source_id: str = Field(alias="system_id")


class DiscretionsOut(registers.HundredOf):
    rows: list[DiscretionOut]


class DiscretionAsked(registers.Hundred):
    """The versions in force `on` a day, today unless it is given; `every`: all versions of all."""

    on: date | None = None
    every: bool = False


class DiscretionIn(Schema):
    """A row as the table of `document` has it, to hold from `valid_from` on; whole yuan."""

    code: str
    violation: str
    law: str
    basis: str
    circumstances: str
    party: Literal["", "unit", "person"] = ""
    least: int
    most: int
    law_most: int
    others: str = ""
    valid_from: date
    document: str = Field(min_length=1, max_length=200)


@router.get("/enforcement/discretion", response=DiscretionsOut)
def discretion_rows(request: HttpRequest, asking: Query[DiscretionAsked]) -> Any:
    """The discretion table of the district, by code; of each row the newest version first."""
    scope = admitted(request, VIEW)
    rows = rows_in(scope) if asking.every else in_force(asking.on or clock.today())
    return registers.hundred(DISCRETION, rows, asking.dict(), scope)


@router.get("/enforcement/discretion/{row_id}", response=DiscretionOut)
def discretion_row(request: HttpRequest, row_id: int) -> Any:
    """One version of a row, as cases that were judged by it name it."""
    found = rows_in(admitted(request, VIEW)).filter(pk=row_id).first()
    if found is None:
        raise Http404
    return found


read_back(
    router, "/enforcement/discretion", DiscretionOut,
    Sent(VIEW, rows_in, key=lambda system, name: Q(system=system, system_id=name)), __name__,
)  # fmt: skip


@router.put(
    "/enforcement/discretion/{source}/{source_id}", response=PutOutcome, auth=Holding(DECIDE)
)
def bring_discretion_row(
    request: HttpRequest, source: str, source_id: str, body: DiscretionIn
) -> Any:
    """Take in a row by its id in another system, as often as one likes; read back is its newest
    version. Other words are a new version that holds from its day on, today at the earliest; the
    earlier one ends the day before, and cases keep the one they were judged by. Refused (409) where
    one of the same day or later is there."""
    scope = admitted(request, DECIDE)
    registers.named(source, source_id)
    said = {key: f"{one}" for key, one in body.dict(exclude={"valid_from", "document"}).items()}
    values, entered = registers.typed(DISCRETION, said)
    if entered.errors:
        raise Refused("; ".join(f"{key}: {why}" for key, why in entered.errors.items()))
    doer = actor_of(request), person_of(scope, scope.organisation)
    new = NewRow(values=values, valid_from=body.valid_from, document=body.document,
                 origin=(source, source_id))  # fmt: skip
    pk, outcome = put_row(doer, new)
    return {"id": pk, "outcome": outcome}
