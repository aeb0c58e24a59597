"""The enterprise register out of a file: kept sealed, looked at, then taken in as a whole."""

from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from anlan.operations.people.actions import Actor, act, seal_text, unseal_text
from anlan.operations.safety.actions.enterprises import FIELDS, SEALED, fill, opened
from anlan.operations.safety.models import Enterprise, EnterpriseFile, EnterpriseVersion
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


def keep_enterprise_file(actor: Actor, name: str, raw: bytes) -> int:
    """Keep a file to be looked at; its id. It holds phones, so it is sealed."""
    if actor.id is None:
        raise Refused(N_("Only a person sends in a register."))
    if len(raw) > MOST_BYTES:
        raise Refused(N_("A file has at most %(most)d MB."), most=MOST_BYTES // 1024**2)
    with act("safety.send_enterprises", actor) as this:
        one = EnterpriseFile.objects.create(
            name=name[:120], sealed=seal_text(b64encode(raw).decode()), sent_at=clock.now(),
            sent_by_id=actor.id,
        )  # fmt: skip
        this.on("enterprise file", one.pk, one.name)
    return one.pk


def bytes_of(file: EnterpriseFile) -> bytes:
    """What was sent."""
    return b64decode(unseal_text(file.sealed))


def sort_out(rows: Sequence[Row], seen: frozenset[int], sector: str) -> Sorted:
    """Compare rows with the register. `seen`: the enterprises within the sender's sight.

    A row of an enterprise outside it, of another sector than the sender's, with a wrong credit
    code or one that stands in the file before is refused. Two queries.
    """
    codes = [str(values["credit_code"]) for _line, values in rows]
    known: dict[str, Enterprise] = {}
    for first in range(0, len(codes), 5_000):
        part = Enterprise.objects.filter(credit_code__in=codes[first : first + 5_000])
        known |= {one.credit_code: one for one in part}
    found = Sorted([], [], 0, [])
    lines: dict[str, int] = {}
    same = 0
    for row, code in zip(rows, codes, strict=True):
        line, values = row
        one = known.get(code)
        why = _refusal(values, one, lines.get(code), seen, sector)
        lines.setdefault(code, line)
        if why:
            found.refused.append((line, why))
        elif one is None:
            found.new.append(row)
        elif _changes(one, values):
            found.changed.append((row, one))
        else:
            same += 1
    return Sorted(found.new, found.changed, same, found.refused)


def _refusal(
    values: Mapping[str, Any],
    one: Enterprise | None,
    before: int | None,
    seen: frozenset[int],
    sector: str,
) -> str:
    if not valid(str(values["credit_code"])):
        return N_("The check character of the credit code does not fit.")
    if before is not None:
        return N_("This credit code stands in the file before.")
    if one is not None and one.pk not in seen:
        return N_("The enterprise is registered elsewhere: its regulator corrects it.")
    if sector and values["sector"] != sector:
        return N_("Your unit keeps enterprises of its own sector.")
    return ""


def _changes(one: Enterprise, values: Mapping[str, Any]) -> dict[str, Any]:
    """What the file says otherwise, by field, as it was before; an empty cell says nothing.

    Of a phone only that it changed: the old one is not kept in plain text.
    """
    said = _stated(values)
    before = {k: getattr(one, k) for k in FIELDS if k in said and getattr(one, k) != said[k]}
    for key in SEALED:
        if key in said and unseal_text(getattr(one, f"{key}_sealed")) != said[key]:
            before[key] = "***"
    return before


def take_enterprises(actor: Actor, file: EnterpriseFile, sorted_out: Sorted, faulty: int) -> None:
    """Take in what is new or changed, all of it or nothing; the file's bytes are let go."""
    with act("safety.import_enterprises", actor) as this:
        mine = EnterpriseFile.objects.select_for_update().get(pk=file.pk)
        if mine.taken_at is not None:
            raise Refused(N_("This file was taken in before."))
        now = clock.now()
        fresh = [opened(_stated(values), now) for _line, values in sorted_out.new]
        Enterprise.objects.bulk_create(fresh, batch_size=AT_ONCE)
        _correct(actor, sorted_out.changed)
        mine.outcome = {
            "new": len(fresh), "changed": len(sorted_out.changed), "same": sorted_out.same,
            "refused": len(sorted_out.refused) + faulty,
        }  # fmt: skip
        mine.taken_at, mine.sealed = now, b""
        mine.save()
        this.on("enterprise file", mine.pk, mine.name)
        this.detail = mine.outcome


def _stated(values: Mapping[str, Any]) -> dict[str, Any]:
    """What a row says; an empty cell says nothing."""
    return {key: value for key, value in values.items() if value not in (None, "")}


def _correct(actor: Actor, changed: Sequence[tuple[Row, Enterprise]]) -> None:
    now, versions = clock.now(), []
    for (_line, values), one in changed:
        before = _changes(one, values)
        versions.append(EnterpriseVersion(enterprise=one, at=now, by=actor.label, before=before))
        fill(one, _stated(values))
        one.changed_at = now
    EnterpriseVersion.objects.bulk_create(versions, batch_size=AT_ONCE)
    columns = [*FIELDS, *(f"{key}_sealed" for key in SEALED), "changed_at"]
    Enterprise.objects.bulk_update([one for _row, one in changed], columns, batch_size=AT_ONCE)
