"""Checks for other programs: what one may see, and checks that other systems bring in."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from ninja import File, Form, Query, Router, UploadedFile

from anlan.operations.checks.actions import (
    Answer,
    Submission,
    add_check_photo,
    correct_check,
    put_check_of,
)
from anlan.operations.checks.api import library, plans
from anlan.operations.checks.api.asking import asks as _checker
from anlan.operations.checks.api.schemas import (
    AnswerIn,
    Asking,
    CheckCorrectionIn,
    CheckIn,
    CheckOut,
    CheckPhotoIn,
    CheckPhotoOut,
    ChecksOut,
    CheckVersionOut,
    CoverageOut,
    InspectionPeriod,
    Period,
    TaskOut,
    TasksOut,
)
from anlan.operations.checks.models import CheckPhoto, CheckRecord
from anlan.operations.checks.queries.due import INSPECTED_BY, coverage, inspected
from anlan.operations.checks.queries.records import versions_of
from anlan.operations.checks.queries.registers import RECORDS, TASKS
from anlan.operations.checks.queries.scope import records_in, tasks_in
from anlan.operations.checks.rules.library import REVIEW
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import admitted
from anlan.operations.registers import queries as registers
from anlan.operations.registers.queries.by_api import Holding, Put, Sent, read_back
from anlan.operations.safety.actions import Taking
from anlan.operations.safety.queries.photographs import sent_bytes
from anlan.operations.safety.queries.rows import enterprise_by_code
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

router = Router()
router.add_router("", library.router)
router.add_router("", plans.router)
NAME = re.compile(r"[A-Za-z0-9_.-]{1,39}")
LONGEST = timedelta(days=366)


@router.get("/check-tasks", response=TasksOut)
def check_tasks(request: HttpRequest, asking: Query[Asking]) -> Any:
    """Self-checks within sight."""
    scope = admitted(request, "checks.view")
    return registers.hundred(TASKS, tasks_in(scope), asking.dict(), scope)


@router.get("/check-tasks/{check_task_id}", response=TaskOut)
def check_task(request: HttpRequest, check_task_id: int) -> Any:
    """One self-check that is owed."""
    found = tasks_in(admitted(request, "checks.view")).filter(pk=check_task_id).first()
    if found is None:
        raise Http404
    return found


@router.get("/check-coverage", response=list[CoverageOut])
def check_coverage(request: HttpRequest, period: Query[Period]) -> Any:
    """What was done of the self-checks due in a period, within sight."""
    scope = admitted(request, "checks.view")
    if period.by not in ("street", "sector", "cycle", "enterprise"):
        raise Refused(N_("Count by street, sector, cycle or enterprise."))
    if period.until - period.since > LONGEST:
        raise Refused(N_("At most a year at once."))
    return coverage(scope, period.since, period.until, period.by)


@router.get("/inspection-coverage", response=list[CoverageOut])
def inspection_coverage(request: HttpRequest, period: Query[InspectionPeriod]) -> Any:
    """What was done of the planned inspections due in a period, within sight."""
    scope = admitted(request, "checks.view")
    if period.by not in INSPECTED_BY:
        raise Refused(N_("Count by unit, street, sector, level or plan."))
    if period.until - period.since > LONGEST:
        raise Refused(N_("At most a year at once."))
    return inspected(scope, period.since, period.until, period.by)


@router.get("/checks", response=ChecksOut)
def checks(request: HttpRequest, asking: Query[Asking]) -> Any:
    """Checks within sight, each in its newest version."""
    scope = admitted(request, "checks.view")
    return registers.hundred(RECORDS, records_in(scope).filter(current=True), asking.dict(), scope)


@router.get("/checks/{check_id}", response=CheckOut)
def check(request: HttpRequest, check_id: int) -> Any:
    """One check."""
    found = records_in(admitted(request, "checks.view")).filter(pk=check_id).first()
    if found is None:
        raise Http404
    return found


@router.get("/checks/{check_id}/versions", response=list[CheckVersionOut])
def check_versions(request: HttpRequest, check_id: int) -> Any:
    """Every version of a check, the newest first: what it said before it was corrected."""
    return _versions(request, check_id).order_by("-version")


@router.post(
    "/checks/{check_id}/corrections", response=Put,
    auth=Holding("checks.view", records_in, "check_id"),
)  # fmt: skip
def check_correction(request: HttpRequest, check_id: int, body: CheckCorrectionIn) -> Any:
    """Say otherwise what was found: a new version, whose id is answered; the one before stays, and
    so does a danger that it found. Only for who made the check, of its newest version (else 409).
    """
    admitted(request, "checks.do")
    given = _answers(body.answers)
    return {"id": correct_check(_checker(request), check_id, given, reason=body.reason)}


@router.get("/checks/{check_id}/photos", response=list[CheckPhotoOut])
def check_photos(request: HttpRequest, check_id: int) -> Any:
    """The photos of a check in all its versions; the files are at `/checks/photos/{id}`."""
    versions = _versions(request, check_id).values("pk")
    return CheckPhoto.objects.filter(record__in=versions).order_by("pk")


@router.post(
    "/checks/{check_id}/photos", response=CheckPhotoOut,
    auth=Holding("checks.view", records_in, "check_id"),
)  # fmt: skip
def check_photo(
    request: HttpRequest, check_id: int, given: Form[CheckPhotoIn], photo: File[UploadedFile]
) -> Any:
    """Keep a photo of an item of one's own check, of what is not normal also with its danger; the
    same file again is the same photo. Sent as multipart/form-data. Refused (409) with the reason.
    """
    record = records_in(admitted(request, "checks.do")).get(pk=check_id)
    raw = sent_bytes(photo, N_("Choose a photo."))
    taking = Taking(given.taken_at, given.lon, given.lat)
    pk = add_check_photo(actor_of(request), record.key, given.code, raw, taking)
    return CheckPhoto.objects.get(pk=pk)


def _versions(request: HttpRequest, check_id: int) -> QuerySet[CheckRecord]:
    """All versions of a check within sight; else 404."""
    seen = records_in(admitted(request, "checks.view"))
    found = seen.filter(pk=check_id).first()
    if found is None:
        raise Http404
    return versions_of(found, seen)


def _answers(given: Mapping[str, AnswerIn]) -> dict[str, Answer]:
    return {code: Answer(one.choice, registers.printable(one.note), one.confirmed)
            for code, one in given.items()}  # fmt: skip


def _named(source: str, source_id: str) -> Q:
    """A check by its id in another system, in its newest version."""
    key = f"{source}:{source_id}"
    return Q(current=True) & (Q(key=key) | Q(key__startswith=f"{key}~"))


read_back(router, "/checks", CheckOut, Sent("checks.view", records_in, key=_named), __name__)


@router.put("/checks/{source}/{source_id}", response=Put, auth=Holding("checks.do"))
def put_check(request: HttpRequest, source: str, source_id: str, body: CheckIn) -> Any:
    """Bring in a check by its id in another system, as often as one likes.

    The same again is the same check; other answers are its corrected version. Refused (409) where
    it cannot be one: an item not answered, a self-check that was made already.
    """
    scope = admitted(request, "checks.do")
    firm = enterprise_by_code(body.credit_code, scope)
    if firm is None:
        raise Http404
    if not (NAME.fullmatch(source) and NAME.fullmatch(source_id)) or not body.performed_at.tzinfo:
        raise Refused(
            N_("Source and id are letters, digits, - _ . up to 39; a time has its offset.")
        )
    at = body.performed_at.astimezone(clock.CHINA)
    tasks = tasks_in(scope).filter(
        enterprise=firm.id, cycle=body.cycle, begins_on__lte=at.date(), due_on__gte=at.date()
    )
    given = Submission(
        use=REVIEW if body.use == REVIEW else "",
        key=f"{source}:{source_id}", enterprise_id=firm.id, performed_at=at, list_at=at,
        task_id=tasks.values_list("pk", flat=True).first() if body.cycle else None,
        answers=_answers(body.answers),
        **registers.sent_place(body.dict()),
    )  # fmt: skip
    return {"id": put_check_of(_checker(request), given)}
