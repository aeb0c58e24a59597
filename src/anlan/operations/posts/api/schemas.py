"""What the room of posts tells other programs, and what they send."""

from datetime import date, datetime
from typing import Any

from ninja import Schema
from pydantic import AwareDatetime, Field

from anlan.operations.registers import queries as registers


class PostOut(Schema):
    """A post; `risks` are ids of risk points, `certificates` the kinds that it needs."""

    id: int
    enterprise_id: int
    name: str
    place: str
    duties: str
    risks: list[int]
    certificates: list[str]
    source: str
    source_id: str


class PostIn(Schema):
    """A post as the enterprise's own system knows it: `risks` by their ids here, `certificates` by
    their kinds. What is left out stays as it is."""

    credit_code: str
    name: str
    place: str = ""
    duties: str = ""
    risks: list[int] = Field([], max_length=200)
    certificates: list[str] = Field([], max_length=50)


class WorkerIn(Schema):
    """Who works at a post: by name, and by account where there is one of the enterprise's."""

    name: str
    account_id: int | None = None


class WorkerOut(Schema):
    """Somebody who works at a post, the name masked; `certificates` by kind with the day on which
    each ends, `lacking` the kinds that the post needs and of which none is valid."""

    id: int
    name: str
    account_id: int | None
    since: datetime
    certificates: dict[str, date]
    lacking: list[str]


class NameOut(Schema):
    """A plain name of somebody at a post, by id."""

    id: int
    name: str


class CardOut(Schema):
    """A card in its newest version; `kind`: know, or emergency. `lines` as the card shows them: a
    risk point with its level, hazards and measures, or what to do; or the duties of the post."""

    id: int
    kind: str
    version: int
    lines: list[dict[str, Any]]
    made_at: datetime


class CertificateOut(Schema):
    """A certificate; holder and number masked. Valid until `expires_on`, that day included."""

    id: int
    enterprise_id: int
    post_id: int
    kind: str
    holder: str
    number: str
    issued_on: date | None
    expires_on: date
    source: str
    source_id: str


class CertificateIn(Schema):
    """A certificate as the enterprise's own system knows it; name and number are sealed before it
    is answered. Post and holder are opened where there is none of that name."""

    credit_code: str
    post: str
    name: str
    kind: str
    number: str
    issued_on: date | None = None
    expires_on: date


class MeetingOut(Schema):
    """A shift meeting; of those `present` so many have `answered` the quiz."""

    id: int
    post_id: int
    held_at: datetime
    led_by_name: str
    remarks: str
    present: int
    answered: int


class AttendanceOut(Schema):
    """Somebody who was there, the name masked; `score` of `asked` questions, null: not answered."""

    id: int
    worker_id: int
    name: str
    asked: int
    score: int | None
    answered_at: datetime | None


class MeetingFileOut(Schema):
    """A meeting, the risks that were told of as they were then, and who was there."""

    meeting: MeetingOut
    told: list[dict[str, Any]]
    attendances: list[AttendanceOut]


class MeetingIn(Schema):
    """A shift meeting that another system kept: at which post, who of its people was there, by
    name (compared with what is sealed, and kept nowhere)."""

    credit_code: str
    post: str
    held_at: AwareDatetime
    present: list[str] = Field(min_length=1, max_length=200)
    remarks: str = Field("", max_length=500)


class PostsOut(registers.HundredOf):
    rows: list[PostOut]


class CertificatesOut(registers.HundredOf):
    rows: list[CertificateOut]


class MeetingsOut(Schema):
    page: int
    rows: list[MeetingOut]


class PostsAsking(registers.Hundred):
    kind: str = ""
