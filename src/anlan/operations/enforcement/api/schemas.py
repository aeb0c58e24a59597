"""What enforcement tells other programs of a case, and what they send."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from ninja import Schema
from pydantic import AwareDatetime, Field

from anlan.operations.enforcement.actions import MEDIA
from anlan.operations.enforcement.models import Exhibit, Paper
from anlan.operations.registers import queries as registers

HERE = "/api/v1/cases"


class CaseOut(Schema):
    """A case; `party` masks a natural person, money is in yuan, days are calendar days.

    `others`: penalties without an amount, with commas between them (warning, suspension, licence,
    stop, closure); `ended_on`: when the execution ended, paid or by the court. What was decided
    counts no more from `revoked_on` on. `sector`: of its enterprise when it was opened. `check_id`:
    the check by checklist that it comes from.
    """

    id: int
    number: str
    title: str
    party: str
    party_kind: str
    area_code: str
    sector: str
    state: str
    enterprise_id: int | None
    danger_id: int | None
    opened_at: datetime
    check_id: int | None = Field(alias="check_record_id")
    due_on: date | None
    decided_on: date | None
    summary: bool
    fine: Decimal
    gains: Decimal
    others: str
    terms: str
    paid: Decimal
    gains_paid: Decimal
    ended_on: date | None
    revoked_on: date | None
    published: bool
    closed_at: datetime | None
    source: str
    source_id: str


class CasesOut(registers.HundredOf):
    rows: list[CaseOut]


class CaseStepOut(Schema):
    at: datetime
    by_name: str
    verb: str
    before: str
    after: str


class PaperFileOut(Schema):
    """A paper as PDF or DOCX; POST its address to take it, who does is recorded."""

    form: str
    address: str


class PaperOut(Schema):
    """A paper by its number and version, with its files."""

    id: int
    kind: str
    number: str
    version: int
    issued_at: datetime
    files: list[PaperFileOut]

    @staticmethod
    def resolve_files(paper: Paper) -> list[dict[str, str]]:
        return [{"form": form, "address": f"{HERE}/papers/{paper.pk}/{form}"} for form in MEDIA]


class ExhibitOut(Schema):
    """A photo or document filed with a case: of the site, evidence, or a signed receipt of service.

    `name` is without an ending, `size` in bytes, `taken_at`, `lon`, `lat` (CGCS2000) as the device
    said them. POST `address` to take the file; who does is recorded.
    """

    id: int
    kind: str
    name: str
    media: str
    size: int
    sha256: str
    taken_at: datetime | None
    lon: float | None
    lat: float | None
    by_name: str
    kept_at: datetime
    address: str

    @staticmethod
    def resolve_address(exhibit: Exhibit) -> str:
        return f"{HERE}/files/{exhibit.pk}"


class ExhibitIn(Schema):
    """What is sent with a file: what it is; when and where its device says that it was taken."""

    kind: Literal["site", "evidence", "receipt"]
    taken_at: AwareDatetime | None = None
    lon: float | None = Field(None, ge=-180, le=180)
    lat: float | None = Field(None, ge=-90, le=90)


class RunningOut(Schema):
    """A running term: its key, last day, working days left; `at`: the moment of one in hours.

    `over`: it has passed, also on a day off, where `left` may still be 0.
    """

    key: str
    on: date
    left: int
    at: datetime | None
    over: bool


class CaseFileOut(Schema):
    """`danger_ids`: the dangers of its check that the case took up; `site`: what the check says for
    the step `inspect`, by the keys of its form, as long as that is to be taken."""

    case: CaseOut
    steps: list[CaseStepOut]
    papers: list[PaperOut]
    exhibits: list[ExhibitOut]
    running: list[RunningOut]
    verbs: list[str]
    owed: Decimal
    danger_ids: list[int]
    site: dict[str, str]


class CasesAsked(registers.Hundred):
    area_code: str = ""
    sector: str = ""
    state: str = ""


class PartyIn(Schema):
    """Whom a case is about; sealed before it is answered."""

    name: str
    id_number: str = ""
    principal: str = ""
    address: str = ""
    phone: str = ""


class ToldOut(Schema):
    """What a step holds sealed, by the keys of its form."""

    verb: str
    at: datetime
    said: dict[str, str]


class PartyOut(PartyIn):
    said: list[ToldOut]


class CorrectionIn(Schema):
    """The words of the step's form that change, as text; what is left out stays."""

    given: dict[str, str]
    why: str


class CasePut(Schema):
    """An inspection planned. `officers`: numbers of certificates of one's unit, one's own among
    them. `credit_code`, else the party's number, names the enterprise; `danger_id` the danger it
    comes from.
    """

    title: str = Field(min_length=1, max_length=120)
    area_code: str
    party_kind: Literal["unit", "person"]
    party: PartyIn
    officers: list[str] = Field(max_length=20)
    credit_code: str = ""
    danger_id: int | None = None


class CaseIn(CasePut):
    """`key` names it for its sender, the same key again is the same case."""

    key: str = Field(min_length=1, max_length=64)


class CaseOfCheckIn(Schema):
    """A case of a check. `key` and `officers` as in any case; `title` empty: what the check found;
    `danger_ids`: those of its dangers that the case takes up, handed to enforcement until it ends.
    """

    key: str = Field(min_length=1, max_length=64)
    officers: list[str] = Field(max_length=20)
    title: str = Field("", max_length=120)
    danger_ids: list[int] = Field([], max_length=100)
