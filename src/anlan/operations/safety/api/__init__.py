"""Work safety for other programs: what one may see, and records that other systems bring in."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest
from ninja import File, Form, Query, Router, UploadedFile

from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import Scope, admitted
from anlan.operations.registers import queries as registers
from anlan.operations.registers.queries.by_api import (
    Holding,
    Put,
    Sent,
    StepIn,
    StepTaken,
    form_asked,
    read_back,
)
from anlan.operations.safety.actions import (
    Find,
    Listing,
    Taking,
    add_photo,
    correct_danger,
    delist_danger,
    find_danger,
    put_enterprise,
    put_supervision,
    report_progress,
)
from anlan.operations.safety.api.schemas import (
    Asking,
    DangerCorrectionIn,
    DangerFileOut,
    DangerIn,
    DangerOut,
    DangersOut,
    EnterpriseFileOut,
    EnterpriseIn,
    EnterpriseOut,
    EnterprisesOut,
    PhotoIn,
    PhotoOut,
    SupervisionIn,
    SupervisionOut,
)
from anlan.operations.safety.forms import FORMS
from anlan.operations.safety.models import Danger, DangerPhoto
from anlan.operations.safety.queries.dangers import sent_key
from anlan.operations.safety.queries.persons import person_of
from anlan.operations.safety.queries.photographs import sent_bytes
from anlan.operations.safety.queries.registers import DANGERS, ENTERPRISES
from anlan.operations.safety.queries.scope import dangers_in, enterprises_in, supervisions_in
from anlan.operations.safety.rules.correcting import FIELDS
from anlan.operations.territory.queries import areas
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

router = Router()


@router.get("/enterprises", response=EnterprisesOut)
def enterprises(request: HttpRequest, asking: Query[Asking]) -> Any:
    """Enterprises within sight."""
    scope = admitted(request, "safety.view")
    return registers.hundred(ENTERPRISES, enterprises_in(scope), asking.dict(), scope)


@router.get("/enterprises/{enterprise_id}", response=EnterpriseFileOut)
def enterprise(request: HttpRequest, enterprise_id: int) -> Any:
    """One enterprise with its earlier versions, newest first; phones are never said."""
    found = enterprises_in(admitted(request, "safety.view")).filter(pk=enterprise_id).first()
    if found is None:
        raise Http404
    return {"enterprise": found, "versions": found.versions.order_by("-id")}


@router.get("/dangers", response=DangersOut)
def dangers(request: HttpRequest, asking: Query[Asking]) -> Any:
    """Hidden dangers within sight."""
    scope = admitted(request, "safety.view")
    return registers.hundred(DANGERS, dangers_in(scope), asking.dict(), scope)


@router.get("/dangers/{danger_id}", response=DangerFileOut)
def danger(request: HttpRequest, danger_id: int) -> Any:
    """One danger with its steps and evidence, oldest first."""
    scope = admitted(request, "safety.view")
    found = dangers_in(scope).filter(pk=danger_id).first()
    if found is None:
        raise Http404
    return {
        "danger": found, "steps": found.steps.order_by("id"), "photos": found.photos.order_by("id"),
    }  # fmt: skip


read_back(router, "/enterprises", EnterpriseOut, Sent("safety.view", enterprises_in), __name__)


@router.put("/enterprises/{source}/{source_id}", response=Put, auth=Holding("safety.register"))
def put(request: HttpRequest, source: str, source_id: str, body: EnterpriseIn) -> Any:
    """Register or correct an enterprise by its id in another system, as often as one likes.

    Refused (409) where the record cannot be: a wrong credit code, a place outside one's territory.
    """
    scope = admitted(request, "safety.register")
    said = body.dict(exclude_unset=True)
    given = {key: _as_typed(value) for key, value in said.items()}
    values = _typed(ENTERPRISES, given, scope, only=given)
    if scope.reach == "sector" and values["sector"] != scope.sector:
        raise Refused(N_("Your unit keeps enterprises of its own sector."))
    seen = enterprises_in(scope).values("pk")
    return {"id": put_enterprise(actor_of(request), (source, source_id), values, seen)}


@router.post("/dangers/{danger_id}/steps", response=StepTaken)
def danger_step(request: HttpRequest, danger_id: int, body: StepIn) -> Any:
    """Take a step of a danger; 409 with the reason where the rules refuse it."""
    scope = admitted(request, "safety.view")
    seen = dangers_in(scope).filter(pk=danger_id).exists()
    form = form_asked(FORMS, body, seen=seen)
    one = person_of(scope, getattr(request.user, "organisation_code", ""))
    form.take(actor_of(request), one, danger_id, body.given)
    return Danger.objects.get(pk=danger_id)


@router.post(
    "/dangers/{danger_id}/photos", response=PhotoOut,
    auth=Holding("safety.find", dangers_in, "danger_id"),
)  # fmt: skip
def danger_photo(
    request: HttpRequest, danger_id: int, given: Form[PhotoIn], photo: File[UploadedFile]
) -> Any:
    """Keep a photo, as evidence of a report also a document; the same file again is the same one.

    Sent as multipart/form-data. Refused (409) with the reason where the file is not fit to keep.
    """
    raw = sent_bytes(photo, N_("Choose a photo."))
    taking = Taking(given.taken_at, given.lon, given.lat)
    pk = add_photo(
        actor_of(request), danger_id, given.moment, raw, taking, photo.name or ""
    )  # fmt: skip
    return DangerPhoto.objects.get(pk=pk)


@router.post(
    "/dangers/{danger_id}/corrections", response=DangerOut,
    auth=Holding("safety.view", dangers_in, "danger_id"),
)  # fmt: skip
def danger_correction(request: HttpRequest, danger_id: int, body: DangerCorrectionIn) -> Any:
    """Say otherwise what was found: a new version, the one before stays among the steps; the same
    again changes nothing. For who found it until it is graded, then for the unit that regulates it
    (else refused, 409)."""
    scope = admitted(request, "safety.find")
    said = body.dict(include=set(FIELDS), exclude_none=True)
    values = _typed(DANGERS, said, scope, only=said)
    person = person_of(scope, getattr(request.user, "organisation_code", ""))
    correct_danger(actor_of(request), person, danger_id, values, reason=body.reason)
    return Danger.objects.get(pk=danger_id)


# What is told under listed supervision, by what name, and who hears it.
SUPERVISED: Mapping[str, tuple[str, Callable[..., None]]] = {
    "report progress": ("progress", report_progress), "delist": ("finding", delist_danger),
}  # fmt: skip


@router.post("/dangers/{danger_id}/supervision", response=StepTaken)
def supervision_step(request: HttpRequest, danger_id: int, body: StepIn) -> Any:
    """Report the month's progress under listed supervision (`progress`), or end it (`finding`);
    409 with the reason where the rules refuse it."""
    scope = admitted(request, "safety.view")
    seen = dangers_in(scope).filter(pk=danger_id).exists()
    key, take = form_asked(SUPERVISED, body, seen=seen)
    one = person_of(scope, getattr(request.user, "organisation_code", ""))
    take(actor_of(request), one, danger_id, **{key: body.given.get(key, "")})
    return Danger.objects.get(pk=danger_id)


read_back(
    router, "/dangers", DangerOut,
    Sent("safety.view", dangers_in, key=lambda *origin: Q(key=sent_key(*origin))), __name__,
)  # fmt: skip


@router.put("/dangers/{source}/{source_id}", response=Put, auth=Holding("safety.find"))
def put_danger(request: HttpRequest, source: str, source_id: str, body: DangerIn) -> Any:
    """Register a danger by its id in another system; the same id again is the same danger.

    Other words for it are a correction: a new version, for who found it until it is graded, then
    for the unit that regulates it (else refused, 409).
    """
    scope = admitted(request, "safety.find")
    given = body.dict() | {"source": body.found_as}
    values = _typed(DANGERS, given, scope)
    firm = enterprises_in(scope).filter(credit_code=body.credit_code).first()
    if body.credit_code and firm is None:
        raise Http404
    find = Find(
        key=sent_key(source, source_id), enterprise_id=firm.pk if firm else None, **values,
    )  # fmt: skip
    person = person_of(scope, getattr(request.user, "organisation_code", ""))
    pk = find_danger(actor_of(request), person, find)
    said = {key: values[key] for key in FIELDS if key in body.model_fields_set}
    correct_danger(actor_of(request), person, pk, said, reason=f"{source} {source_id}")
    return {"id": pk}


read_back(router, "/supervisions", SupervisionOut, Sent("safety.view", supervisions_in), __name__)


@router.put(
    "/supervisions/{source}/{source_id}", response=Put, auth=Holding("safety.supervise")
)  # fmt: skip
def put_listing(request: HttpRequest, source: str, source_id: str, body: SupervisionIn) -> Any:
    """Put a danger under listed supervision by its id in another system; the same again is the
    same listing. Refused (409) for other words under the same id: they were published."""
    scope = admitted(request, "safety.supervise")
    if not dangers_in(scope).filter(pk=body.danger_id).exists():
        raise Http404
    registers.named(source, source_id)
    listing = Listing(
        issuer_name=body.issuer, supervisor=body.supervisor, due_on=body.due_on,
        notice=body.notice, title=body.title, unit=body.unit, origin=(source, source_id),
    )  # fmt: skip
    person = person_of(scope, getattr(request.user, "organisation_code", ""))
    return {"id": put_supervision(actor_of(request), person, body.danger_id, listing)}


def _as_typed(value: Any) -> str:
    if isinstance(value, list):
        return ",".join(value)
    return "" if value is None else str(value)


def _typed(
    register: registers.Register,
    given: Mapping[str, str],
    scope: Scope,
    only: Collection[str] | None = None,
) -> dict[str, Any]:
    """What was sent, by the register's declaration and within one's territory; else `Refused`."""
    within = {one.code for one in areas() if one.code.startswith(scope.area_prefix or "-")}
    values, entered = registers.typed(register, given, within, only)
    if entered.errors:
        raise Refused("; ".join(f"{key}: {why}" for key, why in entered.errors.items()))
    return values
