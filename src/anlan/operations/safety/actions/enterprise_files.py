"""The enterprise register out of a file: kept sealed, looked at, then taken in as a whole."""

from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext as _

from anlan.operations.people.actions import Actor, act, seal_text, unseal_text
from anlan.operations.registers.queries import Look, Sheet, fault_lines, read_look
from anlan.operations.safety.actions.enterprises import (
    FIELDS,
    SEALED,
    TOLD,
    changes,
    corrected,
    fill,
    moving,
    opened,
    stated,
)
from anlan.operations.safety.actions.standards import renewed
from anlan.operations.safety.models import Enterprise, EnterpriseFile, EnterpriseVersion
from anlan.operations.safety.queries.persons import bureau, departments
from anlan.operations.safety.rules.credit_code import valid
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

MOST_BYTES = 20 * 1024 * 1024
AT_ONCE = 500
Row = tuple[int, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Sorted:
    """What a file would do: new files, changed ones, how many stay, and rows that are refused.

    A refusal names the line and says why by an English message id.
    """

    new: list[Row]
    changed: list[tuple[Row, Enterprise]]
    same: int
    refused: list[tuple[int, str]]


def keep_enterprise_file(
    actor: Actor, name: str, raw: bytes, look_at: Callable[[bytes], Look]
) -> int:
    """Keep a file with what it would do; its id. It is sealed, and the last one of its sender goes.

    Raises `Refused`, or what `look_at` raises for a file that cannot be read.
    """
    if actor.id is None:
        raise Refused(N_("Only a person sends in a register."))
    if len(raw) > MOST_BYTES:
        raise Refused(N_("A file has at most %(most)d MB."), most=MOST_BYTES // 1024**2)
    look = look_at(raw)
    with act("safety.send_enterprises", actor) as this:
        EnterpriseFile.objects.filter(sent_by=actor.id).update(sealed=b"", look_sealed=b"")
        one = EnterpriseFile.objects.create(
            name=name[:120], sealed=seal_text(b64encode(raw).decode()),
            look_sealed=seal_text(look.written()), sent_at=clock.now(), sent_by_id=actor.id,
        )  # fmt: skip
        this.on("enterprise file", one.pk, one.name)
    return one.pk


def bytes_of(file: EnterpriseFile) -> bytes:
    """What was sent."""
    return b64decode(unseal_text(file.sealed))


def look_of(file: EnterpriseFile) -> Look | None:
    """What its rows would do, or did; None once a newer file was sent."""
    return read_look(unseal_text(file.look_sealed)) if file.look_sealed else None


@dataclass(frozen=True, slots=True)
class Sender:
    """What whoever sends a file may touch: enterprises by id, and one sector or (empty) any."""

    seen: frozenset[int]
    sector: str


def sort_out(rows: Sequence[Row], sender: Sender, *, locked: bool = False) -> Sorted:
    """Compare rows with the register; `locked`, inside an action: it stays so until its end.

    A row of an enterprise outside it, of another sector than the sender's, with a wrong credit
    code or one that stands in the file before is refused. One query for 5,000 rows.
    """
    codes = [str(values["credit_code"]) for _line, values in rows]
    known: dict[str, Enterprise] = {}
    for first in range(0, len(codes), 5_000):
        part = Enterprise.objects.filter(credit_code__in=codes[first : first + 5_000])
        if locked:
            part = part.select_for_update()
        known |= {one.credit_code: one for one in part}
    found = Sorted([], [], 0, [])
    lines: dict[str, int] = {}
    same = 0
    for row, code in zip(rows, codes, strict=True):
        line, values = row
        one = known.get(code)
        why = _refusal(values, one, lines.get(code), sender)
        lines.setdefault(code, line)
        if why:
            found.refused.append((line, why))
        elif one is None:
            found.new.append(row)
        elif changes(one, stated(values)):
            found.changed.append((row, one))
        else:
            same += 1
    return Sorted(found.new, found.changed, same, found.refused)


def look_at(sheet: Sheet, found: Sorted) -> Look:
    """Counts and faults of a file whose good rows were sorted out."""
    look = Look(
        new=len(found.new), changed=len(found.changed), same=found.same,
        faults=fault_lines(sheet.faults), missing=list(sheet.missing),
    )  # fmt: skip
    for line, why in found.refused:
        look.refuse(line, "", "", _(why))
    return look


def _refusal(
    values: Mapping[str, Any],
    one: Enterprise | None,
    before: int | None,
    sender: Sender,
) -> str:
    if not valid(str(values["credit_code"])):
        return N_("The check character of the credit code does not fit.")
    if before is not None:
        return N_("This credit code stands in the file before.")
    if one is not None and one.pk not in sender.seen:
        return N_("The enterprise is registered elsewhere: its regulator corrects it.")
    if sender.sector and values["sector"] != sender.sector:
        return N_("Your unit keeps enterprises of its own sector.")
    return ""


def take_enterprises(actor: Actor, file: EnterpriseFile, sheet: Sheet, sender: Sender) -> None:
    """Take in what is new or changed, all of it or nothing; the file's bytes are let go."""
    try:
        _take(actor, file, sheet, sender)
    except IntegrityError:
        raise Refused(N_("Somebody registered one of them just now: again, please.")) from None


def _take(actor: Actor, file: EnterpriseFile, sheet: Sheet, sender: Sender) -> None:
    with act("safety.import_enterprises", actor) as this:
        mine = EnterpriseFile.objects.select_for_update().get(pk=file.pk)
        if mine.taken_at is not None:
            raise Refused(N_("This file was taken in before."))
        sorted_out = sort_out(sheet.rows, sender, locked=True)
        now, units, general = clock.now(), departments(), bureau()
        fresh = [opened(stated(values), now, units, general) for _line, values in sorted_out.new]
        Enterprise.objects.bulk_create(fresh, batch_size=AT_ONCE)
        told = _correct(actor, sorted_out.changed, units)
        for first in range(0, len(told), AT_ONCE):
            this.publish(corrected(dict(told[first : first + AT_ONCE])))
        mine.outcome = {
            "new": len(fresh), "changed": len(sorted_out.changed), "same": sorted_out.same,
            "refused": len(sorted_out.refused) + sheet.faulty_lines,
        }  # fmt: skip
        mine.taken_at, mine.sealed = now, b""
        mine.look_sealed = seal_text(look_at(sheet, sorted_out).written())
        mine.save()
        this.on("enterprise file", mine.pk, mine.name)
        this.detail = mine.outcome


def _correct(
    actor: Actor, changed: Sequence[tuple[Row, Enterprise]], units: Mapping[str, str]
) -> list[tuple[int, bool]]:
    """Correct the files; those (by id) whose name, place, sector or state is another now, and
    whether the sector is."""
    now, versions, told, ended = clock.now(), [], [], []
    for (_line, values), one in changed:
        said = moving(one, stated(values), lambda: units)
        before = changes(one, said)
        versions.append(EnterpriseVersion(enterprise=one, at=now, by=actor.label, before=before))
        fill(one, said)
        one.changed_at = now
        if TOLD & before.keys():
            told.append((one.pk, "sector" in before))
        if "standard_until" in before or one.state == "closed":
            ended.append(one.pk)
    EnterpriseVersion.objects.bulk_create(versions, batch_size=AT_ONCE)
    columns = [*FIELDS, *(f"{key}_sealed" for key in SEALED), "changed_at"]
    Enterprise.objects.bulk_update([one for _row, one in changed], columns, batch_size=AT_ONCE)
    renewed(ended, actor.label)
    return told
