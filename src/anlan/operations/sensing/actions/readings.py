"""Storing what was stated: the greatest statement stands, other values are kept as revisions."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, router, transaction

from anlan.operations.sensing.models import Reading, ReadingRevision
from anlan.operations.sensing.rules.standing import content, stands

Identity = tuple[int, datetime, str]


@dataclass(frozen=True, slots=True)
class Statement:
    """One value stated for a moment of a series by a source."""

    series: int
    at: datetime
    source: str
    value: float | None
    sent_at: datetime
    received_at: datetime

    @property
    def identity(self) -> Identity:
        return self.series, self.at, self.source


@dataclass(slots=True)
class Stored:
    """How many statements were new, gave a known moment another value, or said it again."""

    stored: int = 0
    revised: int = 0
    repeated: int = 0


def store(statements: Sequence[Statement]) -> Stored:
    """Write statements in one transaction; any order and any repetition end in the same rows."""
    try:
        return _store(statements)
    except IntegrityError:  # another recorder wrote the same moments after our look: look again
        return _store(statements)


def _store(statements: Sequence[Statement]) -> Stored:
    count = Stored()
    fresh: dict[Identity, Statement] = {}
    changed: dict[Identity, Statement] = {}
    revisions: list[Statement] = []
    with transaction.atomic(using=router.db_for_write(Reading)):
        standing = _standing(statements)
        for said in statements:
            known = standing.get(said.identity)
            if known is None:
                count.stored += 1
                standing[said.identity] = fresh[said.identity] = said
                continue
            if content(known.value) == content(said.value):
                count.repeated += 1
            else:
                count.revised += 1
                revisions += [known, said]
            if stands(said.sent_at, said.value) > stands(known.sent_at, known.value):
                home = fresh if said.identity in fresh else changed
                standing[said.identity] = home[said.identity] = said
        _write(fresh.values(), changed.values(), revisions)
    return count


def _standing(statements: Sequence[Statement]) -> dict[Identity, Statement]:
    """What stands now at the moments that are spoken of, held until we have written."""
    rows = Reading.objects.select_for_update().filter(
        series__in={said.series for said in statements}, at__in={said.at for said in statements}
    )
    found = (
        Statement(row.series, row.at, row.source, row.value, row.sent_at, row.received_at)
        for row in rows.order_by("series", "at", "source")
    )
    return {one.identity: one for one in found}


def _write(
    fresh: Collection[Statement], changed: Collection[Statement], revisions: Collection[Statement]
) -> None:
    Reading.objects.bulk_create([_row(said) for said in fresh])
    if changed:
        Reading.objects.bulk_create(
            [_row(said) for said in changed],
            update_conflicts=True, unique_fields=["series", "at", "source"],
            update_fields=["value", "sent_at", "received_at"],
        )  # fmt: skip
    if revisions:
        ReadingRevision.objects.bulk_create(
            [
                ReadingRevision(
                    series=said.series, at=said.at, source=said.source, value=said.value,
                    content=content(said.value), sent_at=said.sent_at,
                    received_at=said.received_at,
                )
                for said in revisions
            ],
            ignore_conflicts=True,
        )  # fmt: skip


def _row(said: Statement) -> Reading:
    return Reading(
        series=said.series, at=said.at, source=said.source, value=said.value,
        sent_at=said.sent_at, received_at=said.received_at,
    )  # fmt: skip
