"""Storing what was stated: the greatest statement stands, other values are kept as revisions.

Almost every batch is new from end to end: it is written in one go, and only when the database
finds a known moment among it is the batch compared with what stands.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import starmap

from django.db import IntegrityError, transaction
from msgspec.structs import asdict

from anlan.operations.people.actions import looking_again
from anlan.operations.sensing.actions import reading_rows
from anlan.operations.sensing.actions.latest import refresh_latest
from anlan.operations.sensing.models import Reading, ReadingRevision
from anlan.operations.sensing.rules.rollups import hour_of
from anlan.operations.sensing.rules.standing import Identity, Statement, content, stands

BLOCK = 64  # series whose roll-ups are made together


@dataclass(slots=True)
class Stored:
    """How many statements were new, gave a known moment another value, or said it again.

    `changed`: the series of which a known moment got another value.
    """

    stored: int = 0
    revised: int = 0
    repeated: int = 0
    changed: set[int] = field(default_factory=set)


@looking_again
def store(
    statements: Sequence[Statement],
    said: Mapping[int, Sequence[Statement]],
    ranks: Mapping[int, list[str]],
) -> Stored:
    """Write statements in one transaction; any order and any repetition end in the same rows.

    `said`: those that can be the newest, by series; `ranks`: the sources of each series, the one
    that counts first. Newest values and the hours that are due for roll-ups follow in the same
    transaction.
    """
    if not statements:
        return Stored()
    with transaction.atomic(using=reading_rows.alias()):
        done = _all_new(statements) or _compared(statements)
        refresh_latest(said, ranks, done.changed)
        touched = {(one.series // BLOCK, one.at) for one in statements}
        due = {(block, hour_of(at), 1) for block, at in touched}
        reading_rows.note_due(list(due))
    return done


def _all_new(statements: Sequence[Statement]) -> Stored | None:
    """Write the batch as it is; None, and nothing written, when a moment is known already or is
    said twice: the table's key tells."""
    try:
        with transaction.atomic(using=reading_rows.alias()):
            reading_rows.insert(statements)
    except IntegrityError:
        return None
    return Stored(stored=len(statements))


def _compared(statements: Sequence[Statement]) -> Stored:
    count = Stored()
    fresh: dict[Identity, Statement] = {}
    changed: dict[Identity, Statement] = {}
    revisions: list[Statement] = []
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
            count.changed.add(said.series)
            revisions += [known, said]
        if stands(said.sent_at, said.value) > stands(known.sent_at, known.value):
            home = fresh if said.identity in fresh else changed
            standing[said.identity] = home[said.identity] = said
    _write(fresh.values(), changed.values(), revisions)
    return count


def _standing(statements: Sequence[Statement]) -> dict[Identity, Statement]:
    """What stands now at the moments that are spoken of, held until we have written."""
    rows = Reading.objects.select_for_update().filter(
        series__among={said.series for said in statements},
        at__among={said.at for said in statements},
    )
    found = rows.order_by("series", "at", "source").values_list(*reading_rows.READING)
    return {one.identity: one for one in starmap(Statement, found)}


def _write(
    fresh: Collection[Statement], changed: Collection[Statement], revisions: Collection[Statement]
) -> None:
    if fresh:
        reading_rows.insert(list(fresh))
    if changed:
        Reading.objects.bulk_create(
            [Reading(**asdict(said)) for said in changed],
            update_conflicts=True, unique_fields=["series", "at", "source"],
            update_fields=["value", "sent_at", "received_at", "flags"],  # not yet checked again
        )  # fmt: skip
    if revisions:
        ReadingRevision.objects.bulk_create(
            [
                ReadingRevision(**asdict(said), content=content(said.value))
                for said in revisions
            ],
            ignore_conflicts=True,
        )  # fmt: skip
