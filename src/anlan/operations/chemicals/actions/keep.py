"""Entries of every register: entered, corrected as a new version, withdrawn; none is deleted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError

from anlan.operations.chemicals.actions.books import Book
from anlan.operations.chemicals.events import RecordMoved
from anlan.operations.chemicals.models import Record, RecordVersion
from anlan.operations.chemicals.queries.scope import entry_of
from anlan.operations.chemicals.rules.keeping import (
    CORRECT,
    ENTER,
    WITHDRAW,
    Entry,
    Person,
    check,
)
from anlan.operations.people.actions import Act, Actor, act
from anlan.operations.registers.queries import clean, required
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

TAKEN = N_("This is entered already: correct that entry.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Whose an entry is; `parent_id`: the entry that it belongs to, where the register has such."""

    enterprise_id: int
    parent_id: int | None = None
    source: str = ""
    source_id: str = ""


def enter(
    actor: Actor, person: Person, book: Book, owner: Owner, values: Mapping[str, Any]
) -> int:  # fmt: skip
    """Enter something; its id. Raises `Refused`, then nothing is changed."""
    check(ENTER, Entry(enterprise_id=owner.enterprise_id), person)
    record = book.model(
        enterprise_id=owner.enterprise_id, source=owner.source, source_id=owner.source_id,
        entered_at=clock.now(), entered_by=actor.label,
    )  # fmt: skip
    if book.parent:
        setattr(record, f"{book.parent}_id", owner.parent_id)
    try:
        with act(f"chemicals.enter_{book.kind}", actor) as this:
            _fill(book, record, values)
            record.save()
            _written(this, book, record, actor, (ENTER, ""))
    except IntegrityError:  # the same is entered, or was at this very moment
        raise Refused(TAKEN) from None
    return int(record.pk)


def correct(
    actor: Actor, person: Person, book: Book, record_id: int, values: Mapping[str, Any],
    *, reason: str, seen: int | None = None,
) -> None:  # fmt: skip
    """Write a new version; what it said before stays. `seen`: the version that was corrected."""
    try:
        with act(f"chemicals.correct_{book.kind}", actor) as this:
            record = _locked(book, record_id, CORRECT, person)
            if seen is not None and seen != record.version:
                raise Refused(N_("Somebody changed it meanwhile: look at it again."))
            why = required(reason, N_("Say why."))
            _fill(book, record, values)
            record.version += 1
            record.save()
            _written(this, book, record, actor, (CORRECT, why))
    except IntegrityError:
        raise Refused(TAKEN) from None


def withdraw(actor: Actor, person: Person, book: Book, record_id: int, *, reason: str) -> None:
    """It was entered wrongly, or is there no more: it counts no more, its record stays."""
    with act(f"chemicals.withdraw_{book.kind}", actor) as this:
        record = _locked(book, record_id, WITHDRAW, person)
        why = required(reason, N_("Say why."))
        record.withdrawn_at = clock.now()
        record.version += 1
        record.save()
        _written(this, book, record, actor, (WITHDRAW, why))


def put(
    actor: Actor, person: Person, book: Book, owner: Owner, values: Mapping[str, Any],
    *, reason: str,
) -> tuple[int, str]:  # fmt: skip
    """Enter or correct by (source, id), else by what names it; its id and new, changed or same.

    What the values do not say stays.
    """
    known = _known(book, owner, values)
    if known is None:
        return enter(actor, person, book, owner, values), "new"
    if known.enterprise_id != owner.enterprise_id:
        raise Refused(N_("This is entered for another enterprise."))
    if all(getattr(known, key) == value for key, value in values.items()):
        return int(known.pk), "same"
    said = dict(book.values(known)) | dict(values)
    correct(actor, person, book, known.pk, said, reason=reason)
    return int(known.pk), "changed"


def _known(book: Book, owner: Owner, values: Mapping[str, Any]) -> Record | None:
    rows = book.model._default_manager.all()
    if owner.source_id:
        return rows.filter(source=owner.source, source_id=owner.source_id).first()
    named = {key: values.get(key, "") for key in book.named}
    if book.parent:
        named[book.parent] = owner.parent_id
    rows = rows.filter(enterprise=owner.enterprise_id, withdrawn_at=None)
    return rows.filter(**named).order_by("pk").first()


def _fill(book: Book, record: Record, values: Mapping[str, Any]) -> None:
    for key in book.said:
        if key in values:
            setattr(record, key, values[key])
    book.settle(record)


def _locked(book: Book, record_id: int, verb: str, person: Person) -> Record:
    rows = book.model._default_manager.select_for_update()
    record = rows.filter(pk=record_id).first()
    if record is None:
        raise Refused(N_("There is no such entry."))
    check(verb, entry_of(record), person)
    return record


def _written(
    this: Act, book: Book, record: Record, actor: Actor, how: tuple[str, str]
) -> None:  # fmt: skip
    verb, reason = how
    book.after(record, actor.label)
    RecordVersion.objects.create(
        kind=book.kind, record=record.pk, version=record.version, at=clock.now(), by_id=actor.id,
        by_name=actor.label, verb=verb, reason=clean(reason)[:300],
        values={key: _plain(value) for key, value in book.values(record).items()},
    )  # fmt: skip
    this.on(book.kind, record.pk, str(record))
    this.detail = {"verb": verb, "version": record.version}
    this.publish(RecordMoved(
        kind=book.kind, record_id=record.pk, enterprise_id=record.enterprise_id, verb=verb
    ))  # fmt: skip


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal | date) else value
