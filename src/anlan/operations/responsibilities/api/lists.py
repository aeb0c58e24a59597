"""Lists, duties and commendations as other programs keep them, and that a list was read."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from ninja import Router

from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import Scope, admitted, unit_staff
from anlan.operations.registers import queries as registers
from anlan.operations.registers.queries.by_api import Holding, Put, PutOutcome, Sent, read_back
from anlan.operations.responsibilities.actions import (
    NewBearer,
    NewDuty,
    end_bearer,
    end_duty,
    put_commendation,
    put_duty,
    put_list,
    revoke_commendation,
    sign_reading,
)
from anlan.operations.responsibilities.actions.lists import NOT_YOURS
from anlan.operations.responsibilities.api.schemas import (
    BearerOut,
    CommendationIn,
    CommendationOut,
    DutyEndIn,
    DutyIn,
    DutyOut,
    ListIn,
    RevokeIn,
    YearIn,
)
from anlan.operations.responsibilities.models import Duty
from anlan.operations.responsibilities.queries import bearers_in, commendations_in, person_of
from anlan.operations.responsibilities.queries.commendations import COMMENDATIONS
from anlan.operations.responsibilities.queries.registers import EARLIEST, LATEST
from anlan.operations.responsibilities.rules.commendation import COMMEND
from anlan.operations.responsibilities.rules.loop import may_keep
from anlan.operations.responsibilities.rules.states import KEEP, VIEW
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

router = Router()


@router.post(
    "/responsibilities/lists/{bearer_id}/sign", response=Put,
    auth=Holding(VIEW, bearers_in, "bearer_id"),
)  # fmt: skip
def sign_list(request: HttpRequest, bearer_id: int, body: YearIn) -> Any:
    """Sign that the list of a year was read: the leader, or the unit's where the post has no login
    (else 409), and once."""
    scope = admitted(request, VIEW)
    if not EARLIEST <= body.year <= LATEST:
        raise Refused(N_("There is no list of this year yet."))
    sign_reading(actor_of(request), person_of(scope), bearer_id, body.year)
    return {"id": bearer_id}


@router.post(
    "/responsibilities/lists/{bearer_id}/end", response=Put,
    auth=Holding(VIEW, bearers_in, "bearer_id"),
)  # fmt: skip
def end_list(request: HttpRequest, bearer_id: int) -> Any:
    """The post is no more; refused (409) while works of it are open."""
    scope = admitted(request, KEEP)
    end_bearer(actor_of(request), person_of(scope), bearer_id)
    return {"id": bearer_id}


read_back(router, "/responsibilities/lists", BearerOut, Sent(VIEW, bearers_in), __name__)


@router.put(
    "/responsibilities/lists/{source}/{source_id}", response=PutOutcome, auth=Holding(KEEP)
)  # fmt: skip
def bring_list(request: HttpRequest, source: str, source_id: str, body: ListIn) -> Any:
    """Open the list of a post or a unit by its id in another system, or say who holds the post
    now, as often as one likes. Refused (409) where the unit is not the account's to keep."""
    scope = admitted(request, KEEP)
    registers.named(source, source_id)
    who = person_of(scope)
    if not may_keep(who, body.unit_code):  # before anything is told of that unit's logins
        raise Refused(NOT_YOURS)
    staff = {one.username: one.id for one in unit_staff(body.unit_code)} if body.username else {}
    if body.username and body.username not in staff:
        raise Refused(N_("Only a leader's post has a login, and one of its own unit."))
    new = NewBearer(
        unit_code=body.unit_code, post=registers.clean(body.post),
        name=registers.clean(body.name), account_id=staff.get(body.username),
    )  # fmt: skip
    left_out = {field for key, field in {"name": "name", "username": "account_id"}.items()
                if key not in body.model_fields_set}  # fmt: skip
    origin = (source, source_id)
    pk, outcome = put_list(actor_of(request), who, new, origin, left_out)
    return {"id": pk, "outcome": outcome}


def _duties(scope: Scope) -> QuerySet[Duty]:
    return Duty.objects.filter(bearer__in=bearers_in(scope).order_by().values("pk"))


@router.post(
    "/responsibilities/duties/{duty_id}/end", response=Put,
    auth=Holding(VIEW, _duties, "duty_id"),
)  # fmt: skip
def end_one_duty(request: HttpRequest, duty_id: int, body: DutyEndIn) -> Any:
    """A duty holds until the day before `valid_to`; its number is not given again."""
    scope = admitted(request, KEEP)
    end_duty(actor_of(request), person_of(scope), duty_id, body.valid_to)
    return {"id": duty_id}


read_back(router, "/responsibilities/duties", DutyOut, Sent(VIEW, _duties), __name__)


@router.put(
    "/responsibilities/duties/{source}/{source_id}", response=PutOutcome, auth=Holding(KEEP)
)  # fmt: skip
def bring_duty(request: HttpRequest, source: str, source_id: str, body: DutyIn) -> Any:
    """Add a duty to a list by its id in another system, or make its next version from a later day
    on; the same again is the same. Refused (409) where it cannot be."""
    scope = admitted(request, KEEP)
    registers.named(source, source_id)
    if not bearers_in(scope).filter(pk=body.bearer_id).exists():
        raise Http404
    new = NewDuty(
        text=registers.clean(body.text), basis=registers.clean(body.basis),
        valid_from=body.valid_from,
    )  # fmt: skip
    origin = (source, source_id)
    pk, outcome = put_duty(actor_of(request), person_of(scope), body.bearer_id, new, origin)
    return {"id": pk, "outcome": outcome}


@router.post(
    "/responsibilities/commendations/{commendation_id}/revoke", response=Put,
    auth=Holding(VIEW, commendations_in, "commendation_id"),
)  # fmt: skip
def take_commendation_back(request: HttpRequest, commendation_id: int, body: RevokeIn) -> Any:
    """Take a commendation back, with the reason (`why`); it stays in the register as revoked."""
    scope = admitted(request, COMMEND)
    revoke_commendation(actor_of(request), person_of(scope), commendation_id, body.why)
    return {"id": commendation_id}


read_back(
    router, "/responsibilities/commendations", CommendationOut, Sent(VIEW, commendations_in),
    __name__,
)  # fmt: skip


@router.put(
    "/responsibilities/commendations/{source}/{source_id}", response=PutOutcome,
    auth=Holding(COMMEND),
)  # fmt: skip
def bring_commendation(
    request: HttpRequest, source: str, source_id: str, body: CommendationIn
) -> Any:
    """Keep or correct a commendation by its id in another system, as often as one likes. Refused
    (409) where it cannot be, or was revoked."""
    scope = admitted(request, COMMEND)
    registers.named(source, source_id)
    given = {key: f"{value}" for key, value in body.dict().items()}
    values, entered = registers.typed(COMMENDATIONS, given)
    if entered.errors:
        raise Refused("; ".join(f"{key}: {why}" for key, why in entered.errors.items()))
    origin = (source, source_id)
    pk, outcome = put_commendation(actor_of(request), person_of(scope), values, origin)
    return {"id": pk, "outcome": outcome}
