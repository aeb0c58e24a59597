"""The device register as a sheet: given out, filled in by who keeps the devices, brought in."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anlan.operations.registers.queries import (
    Fault,
    Field,
    Kind,
    Register,
    head_of,
    read_sheet,
)
from anlan.operations.sensing.queries.stations import StationRow, stations
from anlan.operations.sensing.rules.upkeep import LONGEST, UPKEEP, WORDS, Upkeep
from anlan.operations.sensing.rules.vehicle_classes import CLASS_WORDS
from anlan.vocabulary.words import NP_

DEVICE = NP_("device sheet", "Device")
DEVICES = Register(
    title=NP_("register", "Devices"),
    order=("device",),
    fields=(
        Field(key="device", word=DEVICE, required=True, longest=40),
        *(
            Field(key=name, word=WORDS[name], longest=LONGEST[name])
            for name in UPKEEP if name != "vehicle_class"
        ),
        Field(key="vehicle_class", word=WORDS["vehicle_class"], kind=Kind.CHOICE,
              choices=CLASS_WORDS),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filled:
    """What a sheet says: code -> what is said of the device anew; how many are as they were."""

    changed: Mapping[str, Upkeep]
    same: int
    faults: Sequence[Fault]


def device_table() -> list[list[str]]:
    """Head and rows: every device with what is said of it, and whose it is beside it."""
    rows = [row for row in stations() if row.device]
    head = [*head_of(DEVICES), pgettext("gauge", "Station")]
    return [head, *([row.device, *_cells(row), row.name] for row in rows)]


def _cells(row: StationRow) -> list[str]:
    said = asdict(_said(row))
    named = CLASS_WORDS.get(row.vehicle_class)
    return [*(said[name] for name in UPKEEP if name != "vehicle_class"),
            pgettext(*named) if named else ""]  # fmt: skip


def filled_in(raw: bytes) -> Filled:
    """Read a sheet; a column that it has not, and a device that it does not name, stay as they are.

    Raises `registers.Unreadable`.
    """
    sheet = read_sheet(DEVICES, raw, {}, ())
    known = {row.device: row for row in stations() if row.device}
    faults, changed, seen = list(sheet.faults), {}, set()
    word = pgettext(*DEVICE)
    for line, values in sheet.rows:
        device = values.pop("device").upper()
        if device not in known:
            faults.append(Fault(line, word, device, _("No such device is registered.")))
        elif device in seen:
            faults.append(Fault(line, word, device, _("The file names it twice.")))
        else:
            row = known[device]
            new = _said(row, values)
            if new != _said(row):
                changed[row.code] = new
        seen.add(device)
    found = len(seen & set(known))
    return Filled(changed, found - len(changed), sorted(faults, key=lambda one: one.line))


def _said(row: StationRow, values: Mapping[str, Any] | None = None) -> Upkeep:
    given = values or {}
    return Upkeep(**{name: given.get(name, getattr(row, name)) for name in UPKEEP})
