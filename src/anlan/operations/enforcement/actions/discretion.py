"""A new discretion table, as dated versions: out of a file that is kept sealed and looked at
first, or row by row from another system."""

from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError

from anlan.operations.enforcement.models import DiscretionFile, DiscretionRow
from anlan.operations.enforcement.queries.discretion import Row, Sorted, alike, sort_out
from anlan.operations.enforcement.queries.penalties import given_of
from anlan.operations.enforcement.rules.loop import Person
from anlan.operations.enforcement.rules.states import DECIDE
from anlan.operations.people.actions import Actor, act, seal_text, unseal_text
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

MOST_BYTES = 5 * 1024 * 1024
JUST_NOW = N_("Somebody took in a table just now: again, please.")


def keep_discretion_file(
    doer: tuple[Actor, Person], name: str, raw: bytes, valid_from: date, source: str
) -> int:
    """Keep a file to be looked at; its id. The last one of its sender goes."""
    actor, person = doer
    if DECIDE not in person.rights or actor.id is None:
        raise Refused(N_("Your role may not take this step."))
    if len(raw) > MOST_BYTES:
        raise Refused(N_("A file has at most %(most)d MB."), most=MOST_BYTES // 1024**2)
    _check_document(source, valid_from)
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
            _take(found, mine.valid_from, mine.source)
            mine.outcome = {
                "new": len(found.new), "changed": len(found.changed), "same": len(found.same),
                "refused": len(found.refused) + faulty,
            }  # fmt: skip
            mine.taken_at, mine.sealed = clock.now(), b""
            mine.save()
            this.on("discretion file", mine.pk, mine.name)
            this.detail = {**mine.outcome, "valid_from": f"{mine.valid_from}"}
    except IntegrityError:
        raise Refused(JUST_NOW) from None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRow:
    """A row to hold from a day on: `values` as the register types them, and the document that it
    comes from. `origin`: another system, and by what that names the row."""

    values: Mapping[str, Any]
    valid_from: date
    document: str
    origin: tuple[str, str]


def put_row(doer: tuple[Actor, Person], new: NewRow) -> tuple[int, str]:
    """Take in a row as another system has it: the id of its newest version, and new, changed or
    same. No version is ever changed: other words are the next one. Raises `Refused`."""
    actor, person = doer
    if DECIDE not in person.rights:
        raise Refused(N_("Your role may not take this step."))
    rows = DiscretionRow.objects.filter(code=new.values["code"]).order_by("-valid_from")
    try:
        with act("enforcement.put_discretion", actor) as this:
            newest, outcome = rows.select_for_update().first(), "same"
            _check_name(newest, new)
            if newest is None or not _is_it(newest, new):
                found = sort_out([(1, new.values)], new.valid_from)
                for _line, why in found.refused:
                    raise Refused(why)
                if not found.same:
                    _check_document(new.document, new.valid_from)
                    _take(found, new.valid_from, new.document.strip()[:200])
                    outcome = "changed" if newest else "new"
            rows.update(system=new.origin[0], system_id=new.origin[1])
            pk = rows[0].pk
            this.on("discretion row", pk, new.values["code"])
            this.detail = {"outcome": outcome, "valid_from": f"{new.valid_from}"}
    except IntegrityError:
        raise Refused(JUST_NOW) from None
    return pk, outcome


def _check_name(newest: DiscretionRow | None, new: NewRow) -> None:
    """Raises `Refused` where the other system calls another row so, or this row otherwise."""
    system, name = new.origin
    others = DiscretionRow.objects.filter(system=system, system_id=name)
    if others.exclude(code=new.values["code"]).exists():
        raise Refused(N_("This id is that of another row of the table."))
    if newest is not None and (newest.system, newest.system_id) not in (("", ""), new.origin):
        raise Refused(N_("This row has another id in another system."))


def _is_it(newest: DiscretionRow, new: NewRow) -> bool:
    """Was the very same version sent before?"""
    values = {**new.values, "others": given_of(new.values["others"])}
    dated = (newest.valid_from, newest.source) == (new.valid_from, new.document.strip()[:200])
    return dated and alike(newest, values)


def _check_document(source: str, valid_from: date) -> None:
    if not source.strip():
        raise Refused(N_("Name the document that the table comes from."))
    if valid_from < clock.today():
        raise Refused(N_("A new table holds from today on at the earliest."))


def _take(found: Sorted, valid_from: date, document: str) -> None:
    """What is new or changed holds from a day on; older versions end the day before."""
    eve = valid_from - timedelta(days=1)
    for _row, known in found.changed:
        DiscretionRow.objects.filter(pk=known.pk).update(valid_to=eve)
    told = {known.code: (known.system, known.system_id) for _row, known in found.changed}
    fresh = []
    for _line, values in (*found.new, *(row for row, _known in found.changed)):
        system, name = told.get(values["code"], ("", ""))
        fresh.append(DiscretionRow(valid_from=valid_from, source=document, system=system,
                                   system_id=name, **values))  # fmt: skip
    DiscretionRow.objects.bulk_create(fresh)
