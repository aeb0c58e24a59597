"""What the checks tell other programs, and what they send."""

from datetime import date, datetime
from typing import Any

from ninja import Schema
from pydantic import AwareDatetime, Field

from anlan.operations.registers import queries as registers


class ItemOut(Schema):
    """An item of the library in force. Empty `sector`, `trait`, `trade`: every one."""

    code: str
    version: int
    text: str
    basis: str
    clause: str
    method: str
    weight: str
    cycle: str
    uses: str
    sector: str
    trait: str
    trade: str
    level: int | None


class ItemVersionOut(ItemOut):
    """A version of an item; in force from `since` on, until `until` where it was replaced or
    taken off, for the `reason`."""

    since: datetime
    until: datetime | None
    by_name: str
    reason: str


class ItemIn(Schema):
    """An item of the library by the keys of its form; `reason`: why it is corrected."""

    text: str = ""
    basis: str = ""
    clause: str = ""
    method: str = ""
    weight: str = ""
    cycle: str = ""
    uses: str = ""
    sector: str = ""
    trait: str = ""
    trade: str = ""
    level: int | None = None
    reason: str = Field("", max_length=300)


class RetireIn(Schema):
    """Why it is taken off."""

    reason: str = Field("", max_length=300)


class TaskOut(Schema):
    """A self-check that an enterprise owes; days are calendar days, `due_on` is the last one."""

    id: int
    enterprise_id: int
    unit: str
    area_code: str
    sector: str
    cycle: str
    begins_on: date
    due_on: date
    done_at: datetime | None


class CheckOut(Schema):
    """A check; `answers` say per item code what was found, `danger` is the id of a danger.

    `counts`: it answers the check that is owed; not so a monthly one not made by the principal.
    """

    id: int
    key: str
    enterprise_id: int
    unit: str
    area_code: str
    sector: str
    use: str
    cycle: str
    performed_at: datetime
    kept_at: datetime
    version: int
    counts: bool
    answers: list[dict[str, Any]]


class CheckVersionOut(Schema):
    """A version of a check: who said so, when, and why it was corrected (the first: empty)."""

    id: int
    version: int
    by_name: str
    kept_at: datetime
    reason: str
    answers: list[dict[str, Any]]


class CheckPhotoOut(Schema):
    """A photo of an item of a check, by the item's code; `taken_at` as its device said."""

    id: int
    code: str
    media: str
    size: int
    sha256: str
    taken_at: datetime | None
    lon: float | None
    lat: float | None
    by_name: str
    kept_at: datetime


class CheckPhotoIn(Schema):
    """Of which item, and when and where its device says that it was taken, CGCS2000."""

    code: str
    taken_at: AwareDatetime
    lon: float | None = Field(None, ge=-180, le=180)
    lat: float | None = Field(None, ge=-90, le=90)


class TasksOut(registers.HundredOf):
    rows: list[TaskOut]


class ChecksOut(registers.HundredOf):
    rows: list[CheckOut]


class CoverageOut(Schema):
    """Of the tasks due: how many done, how many of those in time."""

    key: str
    due: int
    done: int
    in_time: int


class InspectionOut(Schema):
    """An inspection that a unit (`organisation`) has planned; days are calendar days.

    `level`: the enterprise's risk when it was planned, 1 red … 4 blue, empty: not rated.
    """

    id: int
    plan_id: int
    enterprise_id: int
    unit: str
    area_code: str
    sector: str
    level: str
    organisation: str
    begins_on: date
    planned_on: date
    due_on: date
    done_at: datetime | None
    record_id: int | None
    use: str
    inspector_id: int | None

    @staticmethod
    def resolve_use(one: Any) -> str:
        return str(one.plan.use)


class InspectionIn(Schema):
    """One check of one enterprise: what for (`use`: enforcement or review), why, until which day,
    and by whom, by login; without one by who is in charge of it."""

    credit_code: str
    use: str = "enforcement"
    why: str = Field(max_length=80)
    due_on: date
    inspector: str = ""


class PlanOut(Schema):
    """A plan of a unit (`organisation`). Empty `sector`, `level` (1 red … 4 blue), `role`: every
    one. It owes one inspection each `months`; with an `enterprise_id` it is one check of that one
    alone until `due_on`."""

    id: int
    organisation: str
    name: str
    use: str
    role: str
    area_code: str
    sector: str
    level: str
    months: str
    enterprise_id: int | None
    due_on: date | None
    inspector_id: int | None
    made_at: datetime
    ended_at: datetime | None
    source: str
    source_id: str


class PlanIn(Schema):
    """A plan by the keys of its form; `months`: 1, 3, 6, 12 or 36, or 1d (every working day), 7d
    (every week)."""

    name: str
    area_code: str
    months: str
    use: str = "enforcement"
    sector: str = ""
    level: str = ""
    role: str = ""


class InspectorOut(Schema):
    """Somebody of one's own unit who checks, and in which place."""

    id: int
    username: str
    display_name: str
    role: str
    area_code: str


class ChargeOut(Schema):
    """Somebody of a unit is in charge of an enterprise, or without one of all in a place."""

    id: int
    organisation: str
    account_id: int
    account_name: str
    enterprise_id: int | None
    unit: str
    area_code: str
    made_at: datetime
    by_name: str
    source: str
    source_id: str


class ChargeIn(Schema):
    """Who, by login, is in charge of an enterprise, by its credit code, or else of a place."""

    username: str
    credit_code: str = ""
    area_code: str = ""


class InspectionsOut(registers.HundredOf):
    rows: list[InspectionOut]


class PlansOut(registers.HundredOf):
    rows: list[PlanOut]


class ChargesOut(registers.HundredOf):
    rows: list[ChargeOut]


class PlansAsked(registers.Hundred):
    area_code: str = ""
    use: str = ""


class ChargesAsked(registers.Hundred):
    area_code: str = ""


class Asking(registers.Hundred):
    area_code: str = ""
    sector: str = ""
    cycle: str = ""


class Period(Schema):
    """Calendar days, both included; `by`: street, sector, cycle or enterprise."""

    since: date
    until: date
    by: str = "street"


class InspectionPeriod(Schema):
    """Calendar days, both included; `by`: unit, street, sector, level or plan."""

    since: date
    until: date
    by: str = "unit"


class AnswerIn(Schema):
    """`choice`: ok, not_ok, na. `confirmed`: this very item was looked at by itself."""

    choice: str
    note: str = ""
    confirmed: bool = False


class CheckIn(Schema):
    """A check made elsewhere. `cycle` names the open self-check that it answers, if it is one.

    `use`: "review" for a standardisation review; else it is an inspection, or one's own check.
    """

    credit_code: str
    performed_at: datetime
    answers: dict[str, AnswerIn] = Field(max_length=1000)
    cycle: str = ""
    use: str = ""
    lon: float | None = None
    lat: float | None = None


class CheckCorrectionIn(Schema):
    """What a check should say: every item of it by its code, and why."""

    answers: dict[str, AnswerIn] = Field(max_length=1000)
    reason: str = Field("", max_length=300)
