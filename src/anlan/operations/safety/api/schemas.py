"""What work safety tells other programs, and what they send."""

from datetime import date, datetime
from typing import Any, Literal

from ninja import Schema
from pydantic import AwareDatetime, Field

from anlan.operations.registers import queries as registers
from anlan.operations.safety.rules.states import Source


class EnterpriseOut(Schema):
    """An enterprise. `level` is its risk, 1 red … 4 blue, null as long as it is not rated.

    `traits` are its special dangers, `standard` its grade of standardisation and until when.
    """

    id: int
    credit_code: str
    name: str
    area_code: str
    address: str
    sector: str
    scale: str
    people: int | None
    traits: list[str]
    standard: str
    standard_until: date | None
    level: int | None
    state: str
    source: str
    source_id: str


class DangerOut(Schema):
    """A hidden danger; states and grades by their keys, `due_on` is a calendar day."""

    id: int
    number: str
    title: str
    description: str
    place: str
    unit: str
    enterprise_id: int | None
    area_code: str
    sector: str
    source: str
    state: str
    grade: str
    clause: str
    found_at: datetime
    due_on: date | None
    closed_at: datetime | None


class StepOut(Schema):
    at: datetime
    by_name: str
    verb: str
    before: str
    after: str
    reason: str
    said: dict[str, Any]


class PhotoOut(Schema):
    """Kept evidence: `moment` is before, after or report, `name` without an ending, `size` in
    bytes. The file itself is at `/dangers/photos/{id}`."""

    id: int
    moment: str
    name: str
    media: str
    size: int
    sha256: str
    by_name: str
    kept_at: datetime


class PhotoIn(Schema):
    """What is sent with a file: when and where its device says that it was taken, CGCS2000."""

    moment: Literal["before", "after", "report"]
    taken_at: AwareDatetime | None = None
    lon: float | None = Field(None, ge=-180, le=180)
    lat: float | None = Field(None, ge=-90, le=90)


class DangerFileOut(Schema):
    danger: DangerOut
    steps: list[StepOut]
    photos: list[PhotoOut]


class VersionOut(Schema):
    """What a file said before a change, by field."""

    at: datetime
    by: str
    reason: str
    before: dict[str, Any]


class EnterpriseFileOut(Schema):
    enterprise: EnterpriseOut
    versions: list[VersionOut]


class EnterpriseIn(Schema):
    """An enterprise as another system knows it; fields left out stay as they are.

    One that is new is `open` where no state is said.
    """

    credit_code: str
    name: str
    area_code: str
    address: str
    sector: str
    scale: str = ""
    people: int | None = None
    traits: list[str] = []
    standard: str = ""
    standard_until: date | None = None
    principal: str = ""
    state: str = ""


class DangerIn(Schema):
    """A danger that another system found; `credit_code` names whose it is, else `unit`.

    Fields left out stay as they are.
    """

    title: str
    area_code: str
    sector: str
    credit_code: str = ""
    unit: str = ""
    place: str = ""
    description: str = ""
    found_as: Source = Source.INSPECTION


class DangerCorrectionIn(Schema):
    """What a danger's record should say; fields left out stay. `reason` says why."""

    title: str | None = None
    description: str | None = None
    place: str | None = None
    reason: str = Field("", max_length=500)


class SupervisionIn(Schema):
    """A major danger put under listed supervision 挂牌督办: who issued it, who supervises it until
    when, and what everybody reads: `title`, the notice, and whose it is (`unit`, left out where no
    enterprise is registered: then its street)."""

    danger_id: int
    issuer: str
    supervisor: str
    due_on: date
    notice: str
    title: str
    unit: str = ""


class SupervisionOut(Schema):
    """Listed supervision of a danger; it runs until `ended_at`. `title`, `unit` and `notice` are
    what was published."""

    id: int
    number: str
    danger_id: int
    issuer: str = Field(alias="issuer_name")
    supervisor: str
    due_on: date
    notice: str
    title: str = Field(alias="public_title")
    unit: str = Field(alias="public_unit")
    opened_at: datetime
    ended_at: datetime | None
    finding: str
    source: str
    source_id: str


class EnterprisesOut(registers.HundredOf):
    rows: list[EnterpriseOut]


class DangersOut(registers.HundredOf):
    rows: list[DangerOut]


class Asking(registers.Hundred):
    area_code: str = ""
    sector: str = ""
    state: str = ""
