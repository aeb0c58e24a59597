"""The registers of chemicals for other programs; the enterprise's or the authority's system brings
entries in."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema

from anlan.operations.chemicals.actions import (
    HOLDING,
    MOVEMENT,
    PIPELINE,
    SECTION,
    WASTE,
    Book,
    Owner,
    put,
    put_mark,
    withdraw_mark,
)
from anlan.operations.chemicals.api.schemas import (
    ActivitiesOut,
    ActivityIn,
    ActivityOut,
    ChemicalsAsking,
    HoldingIn,
    HoldingOut,
    HoldingsOut,
    MovementIn,
    MovementOut,
    MovementsOut,
    PipelineIn,
    PipelineOut,
    PipelinesOut,
    SectionIn,
    SectionOut,
    SectionsOut,
    WasteIn,
    WasteOut,
    WastesOut,
    WithdrawIn,
)
from anlan.operations.chemicals.models import (
    Holding,
    Movement,
    Pipeline,
    Record,
    Section,
    Waste,
)
from anlan.operations.chemicals.queries.illegal import ACTIVITIES, MARKING, activities_in
from anlan.operations.chemicals.queries.lines import HOLDINGS, PIPELINES, SECTIONS
from anlan.operations.chemicals.queries.registers import MOVEMENTS, WASTES
from anlan.operations.chemicals.queries.scope import person_of, records_in
from anlan.operations.chemicals.rules.lines import read_line, written_line
from anlan.operations.chemicals.rules.words import ILLEGAL, KEEP, VIEW
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import Scope, admitted
from anlan.operations.registers import queries as registers
from anlan.operations.registers.queries import by_api
from anlan.operations.registers.queries.by_api import Put, PutOutcome, Sent, read_back
from anlan.operations.safety.queries.dangers import danger_of, sent_key
from anlan.operations.safety.queries.scope import dangers_in, enterprises_in
from anlan.vocabulary.transitions import Refused

router = Router()
KEEPS = by_api.Holding(KEEP)


def _sent(model: type[Record]) -> Sent:
    """Entries of a register within sight, withdrawn ones too, as the list has them."""
    return Sent(VIEW, partial(records_in, model))


@router.get("/chemicals/holdings", response=HoldingsOut)
def chemical_holdings(request: HttpRequest, asking: Query[ChemicalsAsking]) -> Any:
    """Substances of the enterprises within sight, withdrawn entries too."""
    scope = admitted(request, VIEW)
    return registers.hundred(HOLDINGS, records_in(Holding, scope), asking.dict(), scope)


@router.get("/chemicals/pipelines", response=PipelinesOut)
def chemical_pipelines(request: HttpRequest, asking: Query[ChemicalsAsking]) -> Any:
    """Pipelines of the enterprises within sight, withdrawn entries too."""
    scope = admitted(request, VIEW)
    return registers.hundred(PIPELINES, records_in(Pipeline, scope), asking.dict(), scope)


read_back(router, "/chemicals/holdings", HoldingOut, _sent(Holding), __name__)


@router.put("/chemicals/holdings/{source}/{source_id}", response=PutOutcome, auth=KEEPS)
def put_holding(request: HttpRequest, source: str, source_id: str, body: HoldingIn) -> Any:
    """Enter or correct a substance by its id in another system, as often as one likes."""
    scope, owner = _owner(request, source, source_id, body.credit_code)
    return _put(request, scope, (HOLDING, HOLDINGS), owner, _said(body))


read_back(router, "/chemicals/pipelines", PipelineOut, _sent(Pipeline), __name__)


@router.put("/chemicals/pipelines/{source}/{source_id}", response=PutOutcome, auth=KEEPS)
def put_pipeline(request: HttpRequest, source: str, source_id: str, body: PipelineIn) -> Any:
    """Enter or correct a pipeline by its id in another system, as often as one likes."""
    scope, owner = _owner(request, source, source_id, body.credit_code)
    said = _said(body) | {"line": written_line(body.line)}
    return _put(request, scope, (PIPELINE, PIPELINES), owner, said)


@router.get("/chemicals/sections", response=SectionsOut)
def chemical_sections(request: HttpRequest, asking: Query[ChemicalsAsking]) -> Any:
    """High-consequence sections of the pipelines within sight, withdrawn entries too."""
    scope = admitted(request, VIEW)
    return registers.hundred(SECTIONS, records_in(Section, scope), asking.dict(), scope)


read_back(router, "/chemicals/sections", SectionOut, _sent(Section), __name__)


@router.put("/chemicals/sections/{source}/{source_id}", response=PutOutcome, auth=KEEPS)
def put_section(request: HttpRequest, source: str, source_id: str, body: SectionIn) -> Any:
    """Enter or correct a section by its id in another system, as often as one likes; refused (409)
    where it does not lie on its pipeline."""
    scope, owner = _owner(request, source, source_id, body.credit_code)
    line = Pipeline.objects.filter(
        withdrawn_at=None, name=body.pipeline, enterprise=owner.enterprise_id
    ).first()
    if line is None:
        raise Http404
    owner = replace(owner, parent_id=line.pk)
    return _put(request, scope, (SECTION, SECTIONS), owner, _said(body))


@router.get("/chemicals/wastes", response=WastesOut)
def chemical_wastes(request: HttpRequest, asking: Query[ChemicalsAsking]) -> Any:
    """Hazardous wastes within sight, withdrawn ones too."""
    scope = admitted(request, VIEW)
    return registers.hundred(WASTES, records_in(Waste, scope), asking.dict(), scope)


@router.get("/chemicals/movements", response=MovementsOut)
def chemical_movements(request: HttpRequest, asking: Query[ChemicalsAsking]) -> Any:
    """Movements of the wastes within sight."""
    scope = admitted(request, VIEW)
    return registers.hundred(MOVEMENTS, records_in(Movement, scope), asking.dict(), scope)


read_back(router, "/chemicals/wastes", WasteOut, _sent(Waste), __name__)


@router.put("/chemicals/wastes/{source}/{source_id}", response=PutOutcome, auth=KEEPS)
def put_waste(request: HttpRequest, source: str, source_id: str, body: WasteIn) -> Any:
    """Enter or correct a waste by its id in another system, as often as one likes."""
    scope, owner = _owner(request, source, source_id, body.credit_code)
    return _put(request, scope, (WASTE, WASTES), owner, _said(body))


read_back(router, "/chemicals/movements", MovementOut, _sent(Movement), __name__)


@router.put("/chemicals/movements/{source}/{source_id}", response=PutOutcome, auth=KEEPS)
def put_movement(request: HttpRequest, source: str, source_id: str, body: MovementIn) -> Any:
    """Enter or correct a movement; refused (409) where more would leave than was there."""
    scope, owner = _owner(request, source, source_id, body.credit_code)
    named = {"code": body.waste_code, "name": body.waste_name, "enterprise": owner.enterprise_id}
    waste = Waste.objects.filter(withdrawn_at=None, **named).first()
    if waste is None:
        raise Http404
    owner = replace(owner, parent_id=waste.pk)
    return _put(request, scope, (MOVEMENT, MOVEMENTS), owner, _said(body))


def _owner(
    request: HttpRequest, source: str, source_id: str, credit_code: str
) -> tuple[Scope, Owner]:
    """Whose the entry is; 404 where the enterprise is not within sight."""
    scope = admitted(request, KEEP)
    registers.named(source, source_id)
    firm = enterprises_in(scope).filter(credit_code=credit_code).values_list("pk", flat=True)
    if not firm:
        raise Http404
    return scope, Owner(enterprise_id=firm[0], source=source, source_id=source_id)


def _put(
    request: HttpRequest, scope: Scope, into: tuple[Book, registers.Register], owner: Owner,
    given: Mapping[str, Any],
) -> dict[str, Any]:  # fmt: skip
    book, declared = into
    said = {key: _text(one) for key, one in given.items()}
    values, entered = registers.typed(declared, said, only=said)
    if entered.errors:
        raise Refused("; ".join(f"{key}: {why}" for key, why in entered.errors.items()))
    person = person_of(scope)
    if "line" in values:
        values["line"] = read_line(values["line"])
    pk, outcome = put(
        actor_of(request), person, book, owner, values, reason=_("By the interface")
    )  # fmt: skip
    return {"id": pk, "outcome": outcome}


def _said(body: Schema) -> dict[str, Any]:
    """What an entry says of itself: what the sender left out stays as it is."""
    named = {"credit_code", "pipeline", "waste_code", "waste_name"}
    return body.dict(exclude=named, exclude_unset=True)


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ",".join(str(one) for one in value)
    return "" if value is None else str(value)


@router.get("/chemicals/illegal", response=ActivitiesOut)
def illegal_activities(request: HttpRequest, asking: Query[ChemicalsAsking]) -> Any:
    """Dangers within sight that are illegal activities with chemicals; none for an enterprise."""
    scope = admitted(request, VIEW)
    rows = activities_in(scope).select_related("danger")
    return registers.hundred(ACTIVITIES, rows, asking.dict(), scope)


def _marked(scope: Scope) -> QuerySet[Any]:
    """The dangers within sight that are marked."""
    return dangers_in(scope).filter(pk__in=activities_in(scope).order_by().values("danger"))


@router.post(
    "/chemicals/illegal/{danger_id}/withdraw", response=Put,
    auth=by_api.Holding(VIEW, _marked, "danger_id"),
)  # fmt: skip
def withdraw_activity(request: HttpRequest, danger_id: int, body: WithdrawIn) -> Any:
    """It is no such activity after all, with the `reason`: it counts no more, what it said stays;
    409 where it was withdrawn already."""
    scope = admitted(request, KEEP)
    withdraw_mark(actor_of(request), scope, danger_id, reason=body.reason)
    return {"id": danger_id}


read_back(
    router, "/chemicals/illegal", ActivityOut,
    Sent(VIEW, activities_in, key=lambda *origin: Q(danger__key=sent_key(*origin))), __name__,
)  # fmt: skip


@router.put("/chemicals/illegal/{source}/{source_id}", response=PutOutcome, auth=KEEPS)
def put_activity(request: HttpRequest, source: str, source_id: str, body: ActivityIn) -> Any:
    """Mark the danger that was put under this id (`PUT /dangers/{source}/{source_id}`), as often as
    one likes; 404 where no such danger is within sight. `id` is the danger's."""
    scope = admitted(request, KEEP)
    danger = danger_of(sent_key(source, source_id))
    if danger is None or not scope.may(ILLEGAL):
        raise Http404
    if not dangers_in(scope).filter(pk=danger).exists():
        raise Http404
    said = body.dict(exclude_unset=True)
    values, entered = registers.typed(MARKING, said, only=said)
    if entered.errors:
        raise Refused("; ".join(f"{key}: {why}" for key, why in entered.errors.items()))
    outcome = put_mark(
        actor_of(request), scope, danger, values, reason=_("By the interface")
    )  # fmt: skip
    return {"id": danger, "outcome": outcome}
