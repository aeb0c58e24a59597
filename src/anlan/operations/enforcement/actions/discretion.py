"""A new discretion table out of a file: kept sealed, looked at, then taken in as dated versions."""

from base64 import b64decode, b64encode
from collections.abc import Sequence
from datetime import date, timedelta

from django.db import IntegrityError

from anlan.operations.enforcement.models import DiscretionFile, DiscretionRow
from anlan.operations.enforcement.queries.discretion import Row, sort_out
from anlan.operations.enforcement.rules.loop import Person
from anlan.operations.enforcement.rules.states import DECIDE
from anlan.operations.people.actions import Actor, act, seal_text, unseal_text
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

MOST_BYTES = 5 * 1024 * 1024


def keep_discretion_file(
    doer: tuple[Actor, Person], name: str, raw: bytes, valid_from: date, source: str
) -> int:
    """Keep a file to be looked at; its id. The last one of its sender goes."""
    actor, person = doer
    if DECIDE not in person.rights or actor.id is None:
        raise Refused(N_("Your role may not take this step."))
    if len(raw) > MOST_BYTES:
        raise Refused(N_("A file has at most %(most)d MB."), most=MOST_BYTES // 1024**2)
    if not source.strip():
        raise Refused(N_("Name the document that the table comes from."))
    if valid_from < clock.today():
        raise Refused(N_("A new table holds from today on at the earliest."))
    with act("enforcement.send_discretion", actor) as this:
        DiscretionFile.objects.filter(sent_by=actor.id, taken_at=None).update(sealed=b"")
        one = DiscretionFile.objects.create(
            name=name[:120], sealed=seal_text(b64encode(raw).decode()), valid_from=valid_from,
            source=source.strip()[:200], sent_at=clock.now(), sent_by_id=actor.id,
        )  # fmt: skip
        this.on("discretion file", one.pk, one.name)
    return one.pk


def discretion_bytes(file: DiscretionFile) -> bytes:
    """What was sent."""
    return b64decode(unseal_text(file.sealed))


def take_discretion(
    doer: tuple[Actor, Person], file_id: int, rows: Sequence[Row], faulty: int
) -> None:
    """Take in what is new or changed, all of it or nothing; older versions end the day before."""
    actor, person = doer
    if DECIDE not in person.rights:
        raise Refused(N_("Your role may not take this step."))
    try:
        with act("enforcement.take_discretion", actor) as this:
            mine = DiscretionFile.objects.select_for_update().get(pk=file_id, sent_by=actor.id)
            if mine.taken_at is not None:
                raise Refused(N_("This file was taken in before."))
            found = sort_out(rows, mine.valid_from)
            eve = mine.valid_from - timedelta(days=1)
            for _row, known in found.changed:
                DiscretionRow.objects.filter(pk=known.pk).update(valid_to=eve)
            DiscretionRow.objects.bulk_create(
                DiscretionRow(valid_from=mine.valid_from, source=mine.source, **values)
                for _line, values in (*found.new, *(row for row, _known in found.changed))
            )
            mine.outcome = {
                "new": len(found.new), "changed": len(found.changed), "same": len(found.same),
                "refused": len(found.refused) + faulty,
            }  # fmt: skip
            mine.taken_at, mine.sealed = clock.now(), b""
            mine.save()
            this.on("discretion file", mine.pk, mine.name)
            this.detail = {**mine.outcome, "valid_from": f"{mine.valid_from}"}
    except IntegrityError:
        raise Refused(N_("Somebody took in a table just now: again, please.")) from None
