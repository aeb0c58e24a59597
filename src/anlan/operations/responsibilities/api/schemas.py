"""What the lists of responsibilities tell other programs, and what they send."""

from datetime import date, datetime

from ninja import Schema
from pydantic import Field

from anlan.operations.registers import queries as registers


class BearerOut(Schema):
    """A leader's post, or with an empty `post` the unit itself."""

    id: int
    unit_code: str
    unit_name: str
    post: str
    name: str
    since: date
    ended_on: date | None
    source: str
    source_id: str


class ListIn(Schema):
    """Whose list it is: a unit by its code and, with a `post`, its leader's, who may have a login
    (`username`) of that unit. What is left out stays as it is, the login as long as the name
    does."""

    unit_code: str
    post: str = Field("", max_length=60)
    name: str = Field("", max_length=60)
    username: str = ""


class YearIn(Schema):
    """Of which year."""

    year: int


class DutyOut(Schema):
    """A version of a duty; holds from `valid_from` until the day before `valid_to`."""

    id: int
    bearer_id: int
    number: int
    version: int
    text: str
    basis: str
    valid_from: date
    valid_to: date | None
    source: str
    source_id: str


class DutyIn(Schema):
    """A duty of the list `bearer_id` in one sentence, on what it is based, and from which day."""

    bearer_id: int
    text: str = Field(max_length=500)
    basis: str = Field(max_length=300)
    valid_from: date


class DutyEndIn(Schema):
    """It holds until the day before `valid_to`."""

    valid_to: date


class WorkOut(Schema):
    """A work; `percent` as last reported; it is to be done by the end of `due_on`."""

    id: int
    year: int
    number: str
    what: str
    measure: str
    bearer_id: int
    unit_code: str
    unit_name: str
    due_on: date
    duty_id: int | None
    state: str
    percent: int
    finished_on: date | None
    source: str
    source_id: str


class WorksOut(registers.HundredOf):
    rows: list[WorkOut]


class WorkStepOut(Schema):
    at: datetime
    by_name: str
    verb: str
    before: str
    after: str
    words: str
    percent: int | None


class WorkPhotoOut(Schema):
    """Kept evidence, `name` without an ending, `size` in bytes; the file itself is at
    `/responsibilities/photos/{id}`."""

    id: int
    name: str
    media: str
    size: int
    sha256: str
    by_name: str
    kept_at: datetime


class WorkFileOut(Schema):
    work: WorkOut
    late: bool
    steps: list[WorkStepOut]
    photos: list[WorkPhotoOut]
    verbs: list[str]


class ListOut(Schema):
    """A list: its duties (also earlier versions), and when the list of the year was signed."""

    bearer: BearerOut
    duties: list[DutyOut]
    earlier: list[DutyOut]
    read_at: datetime | None
    works: list[WorkOut]


class FiguresOut(Schema):
    """Counts of works that were not dropped; `percent` is the mean of their progress."""

    planned: int
    in_time: int
    done_late: int
    late: int
    waiting: int
    percent: int | None


class UnitOut(Schema):
    code: str
    name: str
    figures: FiguresOut


class BoardOut(Schema):
    year: int
    whole: FiguresOut
    units: list[UnitOut]


class WorkIn(Schema):
    """A work for the list `bearer_id`; `duty`: the number of a duty that holds today."""

    bearer_id: int
    year: int
    number: str
    what: str
    measure: str
    unit_code: str
    due_on: date
    duty: int | None = None


class CapacityOut(Schema):
    """A street's assessment; points of the review, or None; it may object until `object_by`."""

    id: int
    year: int
    unit_code: str
    unit_name: str
    state: str
    due_on: date
    submitted_on: date | None
    object_by: date | None
    self_points: float | None
    points: float | None
    grade: str


class CapacityRowOut(Schema):
    """`missing` by kind: how many items are not there in full."""

    check: CapacityOut
    most: int
    missing: dict[str, int]


class WorkAmendIn(Schema):
    """What of a work is otherwise; what is left out stays. `duty`: the number of a duty that holds
    today, null for none."""

    what: str | None = None
    measure: str | None = None
    unit_code: str | None = None
    due_on: date | None = None
    duty: int | None = None


class CapacityYearIn(Schema):
    """Until when the streets assess themselves, that day included."""

    due_on: date


class CapacityAsked(Schema):
    """How many streets were asked anew."""

    year: int
    asked: int


class CapacityBoardOut(Schema):
    year: int
    rows: list[CapacityRowOut]


class CapacityLineOut(Schema):
    """`said` by the street, `reviewed` where the review changed it, with its reason."""

    code: str
    kind: str
    text: str
    points: int
    said: str
    words: str
    reviewed: str
    reason: str


class CapacityFileOut(Schema):
    check: CapacityOut
    lines: list[CapacityLineOut]
    verbs: list[str]


class CommendationOut(Schema):
    """`whom`: person or unit; `level`: national, city, district or bureau."""

    id: int
    whom: str
    name: str
    unit_code: str
    unit_name: str
    title: str
    level: str
    document: str
    given_on: date
    reason: str
    revoked_on: date | None
    revoked_why: str
    source: str
    source_id: str


class CommendationIn(Schema):
    """A commendation by the keys of its form; `unit`: name or code, of a person where they work."""

    whom: str
    name: str
    unit: str
    title: str
    level: str
    document: str
    given_on: date
    reason: str


class RevokeIn(Schema):
    """Why it is taken back."""

    why: str = Field("", max_length=300)


class CommendationsOut(registers.HundredOf):
    rows: list[CommendationOut]
