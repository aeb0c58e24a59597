"""The desk for other programs: what waits for an account, and who has its desk while it is away."""

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router, Schema

from anlan.operations.deadlines.actions import Leave, be_away, be_back
from anlan.operations.deadlines.queries import (
    DeskItem,
    answered_for,
    away,
    desk,
    in_sight,
    possible_deputies,
)
from anlan.operations.deadlines.queries.desk import MOST_SHOWN
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import admitted
from anlan.operations.registers.queries.by_api import Holding, Put

router = Router()
RIGHT = "duty.desk"
LAST_PAGE = 10**6


class WaitingOut(Schema):
    """What waits, in the reader's language. `state`: late, due or undated; `minutes_left` are below
    nothing once it is late. `handed_up`: nobody took it in time."""

    key: str
    kind: str
    title: str
    detail: str
    action: str
    link: str
    area_code: str
    opened_at: datetime
    due_at: datetime | None
    minutes_left: float | None
    state: str
    handed_up: bool

    @staticmethod
    def resolve_state(one: DeskItem) -> str:
        return "undated" if one.due_at is None else "late" if one.late else "due"

    @staticmethod
    def resolve_handed_up(one: DeskItem) -> bool:
        return bool(one.escalated)


class DeskOut(Schema):
    """A page of 100, most urgent first, and whether there are `more`."""

    page: int
    more: bool
    rows: list[WaitingOut]


class AwayOut(Schema):
    """Who is away from the first day to the last, or will be; `now`: today."""

    id: int
    account_id: int
    name: str
    deputy: str
    first_on: date
    last_on: date
    now: bool


class DeputyOut(Schema):
    """Who can have the account's desk."""

    id: int
    display_name: str
    post: str


class AbsencesOut(Schema):
    """Who of the unit is away, and the `deputies` that one may name for oneself."""

    rows: list[AwayOut]
    deputies: list[DeputyOut]


class AbsenceIn(Schema):
    """Away from the first day to the last, the deputy by id. `account_id`: for whom, where a leader
    enters it for somebody of the unit; else it is one's own."""

    deputy_id: int
    first_on: date
    last_on: date
    account_id: int | None = None


@router.get("/desk", response=DeskOut)
def own_desk(request: HttpRequest, page: int = 1) -> Any:
    """What waits for the account that asks, as its desk shows it."""
    scope = admitted(request, RIGHT)
    number = min(max(page, 1), LAST_PAGE)
    items = desk(scope, MOST_SHOWN + 1, (number - 1) * MOST_SHOWN)
    return {"page": number, "more": len(items) > MOST_SHOWN, "rows": items[:MOST_SHOWN]}


@router.get("/absences", response=AbsencesOut)
def absences(request: HttpRequest) -> Any:
    """Who of the unit is away, or will be, and whom one can name as one's own deputy."""
    admitted(request, RIGHT)
    own = int(request.user.pk or 0)
    return {"rows": away(in_sight(request.user)), "deputies": possible_deputies(own)}


@router.post("/absences", response=Put, auth=Holding(RIGHT))
def enter_absence(request: HttpRequest, body: AbsenceIn) -> Any:
    """Enter one's own absence, or as a leader that of somebody of the unit; those of the same days
    end. Refused (409) where the deputy or the days cannot be."""
    account = int(request.user.pk or 0) if body.account_id is None else body.account_id
    if account not in answered_for(request.user):
        raise Http404
    leave = Leave(
        account_id=account, deputy_id=body.deputy_id, first_on=body.first_on, last_on=body.last_on
    )
    return {"id": be_away(actor_of(request), leave)}


@router.post("/absences/{absence_id}/end", response=Put, auth=Holding(RIGHT))
def end_absence(request: HttpRequest, absence_id: int) -> Any:
    """Back again, or entered in error: of one's own, or as a leader of somebody of the unit."""
    mine = away(answered_for(request.user))
    found = next((one for one in mine if one.id == absence_id), None)
    if found is None:
        raise Http404
    be_back(actor_of(request), found.account_id, found.id)
    return {"id": found.id}
