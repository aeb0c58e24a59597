"""What other programs read and send of the registers of chemicals."""

from datetime import date
from decimal import Decimal
from typing import Any

from ninja import Field, Schema

from anlan.operations.registers.queries import Hundred, HundredOf


class ChemicalsAsking(Hundred):
    enterprise: str = ""


class EntryOut(Schema):
    """What every entry says. `withdrawn`: it was entered wrongly, or is there no more."""

    id: int
    enterprise_id: int
    note: str
    source: str
    source_id: str
    version: int
    withdrawn: bool

    @staticmethod
    def resolve_withdrawn(one: Any) -> bool:
        return one.withdrawn_at is not None


class WasteOut(EntryOut):
    """A hazardous waste; `stock` and `gap` (found over the books) in tonnes, the oldest of the
    stock produced on `since`."""

    code: str
    category: str
    name: str
    hazards: list[str]
    place: str
    stock: Decimal
    since: date | None
    gap: Decimal
    counted_on: date | None


class WastesOut(HundredOf):
    rows: list[WasteOut]


class WasteIn(Schema):
    """A hazardous waste by its code in the national list; `hazards`: T, C, I, R, In."""

    credit_code: str
    code: str
    name: str
    hazards: list[str]
    place: str = ""
    note: str = ""


class MovementOut(EntryOut):
    """A movement, tonnes; `kind`: produced, handed, disposed, counted."""

    waste_id: int
    kind: str
    on: date
    amount: Decimal
    manifest: str
    receiver: str
    licence: str


class MovementsOut(HundredOf):
    rows: list[MovementOut]


class MovementIn(Schema):
    """A movement of a waste of the list; handed over takes manifest, receiver and its licence."""

    credit_code: str
    waste_code: str
    waste_name: str
    kind: str
    on: date
    amount: Decimal
    manifest: str = ""
    receiver: str = ""
    licence: str = ""
    note: str = ""


class HoldingOut(EntryOut):
    """A substance at a stage of the chain; `most` in `unit` (t, kg, m3, L)."""

    stage: str
    substance: str
    un: str
    cas: str
    most: Decimal
    unit: str
    process: str
    place: str
    licence: str
    licence_until: date | None


class HoldingsOut(HundredOf):
    rows: list[HoldingOut]


class HoldingIn(Schema):
    """A substance at a stage: production, storage, use, sale, transport, disposal."""

    credit_code: str
    stage: str
    substance: str
    most: Decimal
    unit: str
    un: str = ""
    cas: str = ""
    process: str = ""
    place: str = ""
    licence: str = ""
    licence_until: date | None = None
    note: str = ""


class PipelineOut(EntryOut):
    """A pipeline; MPa, mm, months, metres; `line`: longitude and latitude, CGCS2000 degrees."""

    name: str
    medium: str
    pressure: Decimal
    diameter: int
    material: str
    laid: int | None
    begins: str
    ends: str
    line: list[list[float]]
    length_m: float
    cycle: int
    inspected_on: date | None
    inspect_by: date | None
    patrol: str


class PipelinesOut(HundredOf):
    rows: list[PipelineOut]


class PipelineIn(Schema):
    """A pipeline as its owner's system knows it; units as in what is read."""

    credit_code: str
    name: str
    medium: str
    pressure: Decimal
    diameter: int
    material: str
    begins: str
    ends: str
    line: list[tuple[float, float]]
    cycle: int
    patrol: str
    laid: int | None = None
    inspected_on: date | None = None
    note: str = ""


class SectionOut(EntryOut):
    """A high-consequence section; `grade` 1 … 3, 3 the gravest; metres along its pipeline."""

    pipeline_id: int
    name: str
    grade: str
    from_m: int
    to_m: int
    people: int
    measures: str


class SectionsOut(HundredOf):
    rows: list[SectionOut]


class SectionIn(Schema):
    """A section of a pipeline of the list, which its name names; units as in what is read."""

    credit_code: str
    pipeline: str
    name: str
    grade: str
    from_m: int
    to_m: int
    people: int
    measures: str = ""
    note: str = ""


class ActivityOut(Schema):
    """A danger that is an illegal activity; `danger_state` and its enforcement case's number and
    state (an English word, "With the police" for one that was transferred) are read, null where
    there is no case."""

    danger_id: int
    danger_number: str = Field(alias="danger.number")
    danger_state: str = Field(alias="danger.state")
    activity: str
    substance: str
    units: str
    case_number: str | None
    case_state: str | None
    withdrawn: bool

    @staticmethod
    def resolve_withdrawn(one: Any) -> bool:
        return one.withdrawn_at is not None


class WithdrawIn(Schema):
    """Why it is no such activity."""

    reason: str = ""


class ActivitiesOut(HundredOf):
    rows: list[ActivityOut]


class ActivityIn(Schema):
    """`activity`: production, storage, transport, sale; `units`: checked jointly with."""

    activity: str
    substance: str = ""
    units: str = ""
