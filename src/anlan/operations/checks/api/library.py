"""The item library for other programs: read, kept item by item, and an enterprise's lists of it."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from ninja import Router

from anlan.operations.checks.actions import put_item, retire_item
from anlan.operations.checks.api.schemas import ItemIn, ItemOut, ItemVersionOut, RetireIn
from anlan.operations.checks.models import CheckItem
from anlan.operations.checks.queries.library import (
    current_items,
    items_in_force,
    kind_of,
    versions_of,
)
from anlan.operations.checks.queries.registers import ITEMS
from anlan.operations.checks.rules.library import CYCLES, ENFORCEMENT, REVIEW, SELF, listed
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import Scope, admitted
from anlan.operations.registers import queries as registers
from anlan.operations.registers.queries.by_api import Holding, Put, PutOutcome
from anlan.operations.safety.queries.rows import enterprise_row
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

router = Router()
VIEW, LIBRARY = "checks.view", "checks.library"
BEFORE: Mapping[str, str] = {"uses": "all", "weight": "plain"}  # as in an empty form


@router.get("/check-items", response=list[ItemOut])
def check_items(request: HttpRequest) -> Any:
    """The item library in force."""
    admitted(request, VIEW)
    return items_in_force()


@router.get("/check-items/{item_code}", response=list[ItemVersionOut])
def check_item(request: HttpRequest, item_code: str) -> Any:
    """Every version of an item of the library, the newest first; one in force has no `until`."""
    admitted(request, VIEW)
    versions = versions_of(item_code)
    if not versions:
        raise Http404
    return versions


@router.put("/check-items/{item_code}", response=PutOutcome, auth=Holding(LIBRARY))
def bring_check_item(request: HttpRequest, item_code: str, body: ItemIn) -> Any:
    """Add the item of a code, or make its next version, as often as one likes; the same again
    changes nothing. Fields left out stay. Refused (409) where it cannot be."""
    admitted(request, LIBRARY)
    old = current_items().filter(code=item_code).first()
    sent = body.dict(exclude={"reason"}, exclude_unset=True).items()
    said = {key: "" if value is None else str(value) for key, value in sent}
    given = ({} if old else dict(BEFORE)) | said | {"code": item_code}
    values, entered = registers.typed(ITEMS, given, only=given if old else None)
    if entered.errors:
        raise Refused("; ".join(f"{key}: {why}" for key, why in entered.errors.items()))
    changed = old is not None and any(getattr(old, key) != values[key] for key in values)
    if changed and not body.reason.strip():
        raise Refused(N_("Say why."))
    pk = put_item(actor_of(request), values, reason=body.reason)
    return {"id": pk, "outcome": "new" if old is None else "changed" if changed else "same"}


def _in_force(_scope: Scope) -> QuerySet[CheckItem]:
    return current_items()


@router.post(
    "/check-items/{item_code}/retire", response=Put,
    auth=Holding(VIEW, _in_force, "item_code", field="code"),
)  # fmt: skip
def retire_check_item(request: HttpRequest, item_code: str, body: RetireIn) -> Any:
    """Take an item off all lists from now on, with the `reason`; its versions stay."""
    admitted(request, LIBRARY)
    item = current_items().get(code=item_code)
    retire_item(actor_of(request), item_code, reason=body.reason)
    return {"id": item.pk}


@router.get("/check-lists/{enterprise_id}", response=list[ItemOut])
def check_list(
    request: HttpRequest, enterprise_id: int, use: str = ENFORCEMENT, cycle: str = ""
) -> Any:
    """What is checked in an enterprise within sight, key items first: all items in force that fit
    it, for a `use` (self, review, enforcement), of one `cycle` (daily, weekly, monthly) or of all.
    """
    firm = enterprise_row(enterprise_id, admitted(request, VIEW))
    if firm is None:
        raise Http404
    if use not in (SELF, REVIEW, ENFORCEMENT) or cycle not in ("", *CYCLES):
        raise Refused(N_("There is no such list."))
    return list(listed(items_in_force(), kind_of(firm), use, cycle))
