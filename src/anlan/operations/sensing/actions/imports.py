"""Readings from a file: looked at first, then taken as a whole or not at all, and only once.

One bad row refuses the file. The readings are committed together; should the process die before
the file is noted as taken, taking it again finds every row known and changes nothing.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import pgettext

from anlan.backbone import tables
from anlan.operations.people.actions import Act, Actor, act
from anlan.operations.sensing.actions import reading_rows
from anlan.operations.sensing.actions.offered import (
    REPEATED,
    REVISED,
    STORED,
    Outcome,
    Placed,
    place,
    record_offered,
    refusal,
)
from anlan.operations.sensing.models import CameraFile, ReadingFile, Station
from anlan.operations.sensing.rules.elements import ELEMENT_WORDS
from anlan.operations.sensing.rules.offered import FILE, Flaw, Offered, Terms, parse_row
from anlan.vocabulary import clock
from anlan.vocabulary.elements import Element
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

MOST_BYTES = 4 * 1024 * 1024
MOST_ROWS = 10_000
UNTAKEN_KEPT = timedelta(days=1)
LANGUAGES = ("zh-hans", "en")
COLUMNS = {
    "station": ("station", "站码", "站号", "测站编码", "测站", "站点"),
    "element": ("element", "要素", "监测要素"),
    "at": ("at", "时间", "观测时间", "time"),
    "value": ("value", "数值", "值", "观测值"),
    "unit": ("unit", "单位"),
    "datum": ("datum", "基面", "高程基准"),
}
SECRET = ("rtsp",)
TOO_LARGE = N_("The file is larger than 4 MiB. Nothing was changed.")
TOO_MANY = N_("The file has more than 10,000 rows. Nothing was changed.")
NOT_A_TABLE = N_("The file is neither CSV text (UTF-8, GB 18030) nor an Excel workbook (.xlsx).")
NO_ROWS = N_("The file holds no rows.")
NO_COLUMN = N_("The file lacks the column %(column)s. Start from the template.")
TWO_COLUMNS = N_("The file has the column %(column)s twice.")
BAD_ROWS = N_("Rows of the file cannot be taken. Nothing was changed.")
CONTRADICTS = N_("row %(other)s states another value for this moment")


@dataclass(slots=True)
class Checked:
    """A file's rows: those that can be taken, and of every other the row, field and reason."""

    placed: list[Placed] = field(default_factory=list)
    refused: list[Outcome] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Taken:
    """What a file brought; `again`: it had been taken before, and nothing was changed."""

    at: datetime
    by: str
    stored: int
    revised: int
    repeated: int
    again: bool


def keep_file(actor: Actor, name: str, raw: bytes) -> int:
    """Keep a file for a look before it is taken; the same bytes are the same file. Its id.

    Raises `Refused` when it is too large or no table at all.
    """
    check_rows(raw)
    with act("sensing.send_file", actor) as this:
        return keep_bytes(this, ReadingFile, actor, name, raw, body=raw)


def keep_bytes(
    this: Act, files: type[ReadingFile | CameraFile], actor: Actor, name: str, raw: bytes,
    **body: bytes,
) -> int:  # fmt: skip
    """Keep what a file holds (`body`, as its table keeps it) once, and forget what nobody took."""
    digest = hashlib.sha256(raw).hexdigest()
    files.objects.filter(taken_at=None, sent_at__lt=clock.now() - UNTAKEN_KEPT).delete()
    said = {"name": name[-120:], "sent_at": clock.now(), "sent_by": actor.label, **body}
    kept, new = files.objects.get_or_create(digest=digest, defaults=said)
    this.on("file", kept.pk, name[-120:])
    this.detail = {"digest": digest, "repeat": not new}
    return kept.pk


def take_file(actor: Actor, file_id: int) -> Taken:
    """Take every row of a kept file, or none; a second time changes nothing and says so.

    Raises `ReadingFile.DoesNotExist`, or `Refused` when a row cannot be taken.
    """
    with act("sensing.import_readings", actor) as this:
        kept = ReadingFile.objects.select_for_update().get(pk=file_id)
        this.on("file", kept.pk, kept.name)
        again = kept.taken_at is not None
        if again:
            this.detail = {"repeat": True}
        else:
            checked = check_rows(bytes(kept.body))
            if checked.refused:
                raise Refused(BAD_ROWS)
            with transaction.atomic(using=reading_rows.alias()):
                results = [one.result for one in record_offered(checked.placed, FILE)]
            kept.stored, kept.revised = results.count(STORED), results.count(REVISED)
            kept.repeated = results.count(REPEATED)
            kept.taken_at, kept.taken_by, kept.body = clock.now(), actor.label, b""
            kept.save()
            this.detail = {"stored": kept.stored, "revised": kept.revised}
    at = kept.taken_at or clock.now()
    return Taken(at, kept.taken_by, kept.stored, kept.revised, kept.repeated, again)


def check_rows(raw: bytes) -> Checked:
    """Every row of a file against the register. Raises `Refused` for a file that is no table.

    Rows carry the number that a spreadsheet shows; the header is row 1. A row with neither a time
    nor a value is a line of the template that nobody filled in.
    """
    lines = table_lines(raw)
    names = columns(lines[0], COLUMNS, ("station", "element", "at", "value"))
    terms = Terms(clock.now(), clock.CHINA, _element_words())
    codes = _codes()
    rows: list[tuple[int, Offered | Flaw]] = []
    for number, line in enumerate(lines[1:], 2):
        row = {name: line[at] if at < len(line) else None for name, at in names.items()}
        if _said(row.get("at")) or _said(row.get("value")):
            rows.append((number, _parsed(row, terms, codes)))
    if not rows:
        raise Refused(NO_ROWS)
    checked = Checked(*place(rows))
    _contradictions(checked)
    checked.refused = with_given(checked.refused, lines, names)
    return checked


def with_given(
    refused: Iterable[Outcome], lines: Sequence[tables.Line], places: Mapping[str, int]
) -> list[Outcome]:
    """Refused rows of a file in its order, each with what stands in the cell; not a stream's
    address, which may hold a password."""
    found = []
    for one in sorted(refused, key=lambda one: one.number):
        line, at = lines[one.number - 1], places.get(one.where)
        cell = line[at] if at is not None and at < len(line) and one.where not in SECRET else None
        found.append(replace(one, given=str(cell).strip()[:60] if cell is not None else ""))
    return found


def table_lines(raw: bytes) -> list[tables.Line]:
    """The lines of a file, its header first. Raises `Refused` for one that is no table."""
    if len(raw) > MOST_BYTES:
        raise Refused(TOO_LARGE)
    most = MOST_ROWS + 2
    try:
        if raw.startswith(b"PK"):
            lines = tables.excel_lines(raw, most, formulas=True)
        else:
            lines = tables.csv_lines(raw, most)
    except tables.TooLarge:
        raise Refused(TOO_LARGE) from None
    except (tables.NotText, tables.NotWorkbook):
        raise Refused(NOT_A_TABLE) from None
    if len(lines) < 2:
        raise Refused(NO_ROWS)
    if len(lines) > MOST_ROWS + 1:
        raise Refused(TOO_MANY)
    return lines


def columns(
    header: tables.Line, known: Mapping[str, Sequence[str]], needed: Iterable[str]
) -> dict[str, int]:
    """Column -> its place. `known`: what each may be called. Raises `Refused`."""
    places: dict[str, int] = {}
    for at, cell in enumerate(str(one or "").strip() for one in header):
        ours = next((key for key, names in known.items() if cell.lower() in names), None)
        if ours in places:
            raise Refused(TWO_COLUMNS, column=cell)
        if ours:
            places[ours] = at
    for key in needed:
        if key not in places:
            raise Refused(NO_COLUMN, column=" / ".join(known[key][:2]))
    return places


def _parsed(row: dict[str, Any], terms: Terms, codes: Mapping[str, str]) -> Offered | Flaw:
    said = str(row.get("station") or "").strip()
    try:
        return parse_row({**row, "station": codes.get(said, said)}, terms)
    except Flaw as flaw:
        return flaw


def _said(cell: object) -> bool:
    return cell is not None and bool(str(cell).strip())


def _element_words() -> dict[str, Element]:
    """What people call the elements, in both languages."""
    words: dict[str, Element] = {}
    for language in LANGUAGES:
        with translation.override(language):
            words |= {pgettext(*term): element for element, term in ELEMENT_WORDS.items()}
    return words


def _codes() -> dict[str, str]:
    """Name -> code of the stations whose name no other station bears."""
    found: dict[str, list[str]] = {}
    for code, name in Station.objects.values_list("code", "name"):
        found.setdefault(name, []).append(code)
    return {name: codes[0] for name, codes in found.items() if len(codes) == 1}


def _contradictions(checked: Checked) -> None:
    first: dict[tuple[int, datetime], Placed] = {}
    for one in checked.placed:
        other = first.setdefault((one.series, one.reading.at), one)
        if other.reading.value != one.reading.value:
            flaw = Flaw("value", CONTRADICTS, other=other.number)
            checked.refused.append(refusal(one.number, flaw))
