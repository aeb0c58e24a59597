"""A check's file, and the numbers of the dangers that it found."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from anlan.operations.checks.models import CheckItem, CheckPhoto, CheckRecord
from anlan.operations.checks.queries.scope import records_in
from anlan.operations.checks.rules.library import REVIEW
from anlan.operations.people.queries import Scope
from anlan.operations.safety.queries.scope import dangers_in


@dataclass(frozen=True, slots=True)
class Line:
    """One answer with its item as it was then, its photos and, where one was found, its danger."""

    said: dict[str, Any]
    item: CheckItem
    photos: tuple[CheckPhoto, ...]
    danger_id: int | None
    danger_number: str


@dataclass(frozen=True, slots=True)
class CheckFile:
    """`earlier`: how many reviews of the enterprise came before this one; 0 of other checks."""

    record: CheckRecord
    lines: tuple[Line, ...]
    versions: tuple[CheckRecord, ...]
    earlier: int = 0


def root_of(record: CheckRecord) -> str:
    """The key of the first version of a check."""
    return record.key.partition("~")[0]


def versions_of(record: CheckRecord, among: QuerySet[CheckRecord]) -> QuerySet[CheckRecord]:
    """All versions of the check that this is one of, of those records."""
    root = root_of(record)
    named = Q(key=root) | Q(key__startswith=f"{root}~")
    return among.filter(named, enterprise=record.enterprise_id)


def check_file(record_id: int, scope: Scope) -> CheckFile | None:
    """The check within one's sight with its versions, newest first, else None. Five queries."""
    record = records_in(scope).select_related("task").filter(pk=record_id).first()
    if record is None:
        return None
    versions = list(versions_of(record, records_in(scope)))
    items = CheckItem.objects.in_bulk([one["item"] for one in record.answers])
    photos = list(CheckPhoto.objects.filter(record__in=[one.pk for one in versions]))
    numbers = danger_numbers(record.answers, scope)
    lines = tuple(
        Line(
            one, items[one["item"]], tuple(p for p in photos if p.code == one["code"]),
            one.get("danger"), numbers.get(one.get("danger", 0), ""),
        )
        for one in record.answers
    )  # fmt: skip
    newest = tuple(sorted(versions, key=lambda one: one.version, reverse=True))
    earlier = 0
    if record.use == REVIEW:
        before = CheckRecord.objects.filter(enterprise=record.enterprise_id, use=REVIEW)
        before = before.filter(performed_at__lt=record.performed_at, version=1)
        earlier = before.exclude(key=root_of(record)).count()
    return CheckFile(record, lines, newest, earlier)


def danger_numbers(answers: Iterable[dict[str, Any]], scope: Scope) -> dict[int, str]:
    """Numbers by id of the dangers in these answers, as far as one sees them."""
    found = [one["danger"] for one in answers if "danger" in one]
    if not found:
        return {}
    return dict(dangers_in(scope).filter(pk__in=found).values_list("pk", "number"))


def check_photo(photo_id: int, scope: Scope) -> CheckPhoto | None:
    """A photo of a check within one's sight."""
    mine = records_in(scope).values("pk")
    return CheckPhoto.objects.filter(pk=photo_id, record__in=mine).first()
