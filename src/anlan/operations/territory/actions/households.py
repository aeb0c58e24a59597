"""Writing households in bulk: columns in, rows clustered by cell out."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from anlan.operations.people.actions import Actor, act, seal_text
from anlan.operations.territory.models import Household
from anlan.operations.territory.rules import cells_of, mask_name, mask_phone

BATCH = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class Households:
    """Columns of one length: codes, communities (12 digits), doors in CGCS2000 degrees, people
    (1 and more), whether somebody needs help to move, and the householder's name and phone."""

    code: Sequence[str]
    area_code: Sequence[str]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    people: NDArray[np.integer]
    needs_help: NDArray[np.bool_]
    name: Sequence[str]
    phone: Sequence[str]
    schematic: bool
    source: str

    def __len__(self) -> int:
        return len(self.code)


def load_households(
    actor: Actor, new: Households, *, instead_of_schematic: Collection[str] = ()
) -> int:
    """Write new households; returns how many.

    Schematic households of the communities `instead_of_schematic` are removed first.
    """
    with act("territory.load_households", actor) as this:
        removed = 0
        for community in sorted(instead_of_schematic):
            old = Household.objects.filter(area_code=community, schematic=True)
            removed += old.delete()[0]
        for rows in _batches(new):
            Household.objects.bulk_create(rows, batch_size=BATCH)
        this.on("household", "all", f"{len(new)} households")
        this.detail["schematic_removed"] = removed
    return len(new)


def _batches(new: Households) -> Iterator[list[Household]]:
    """Rows in cell order, so that a rectangle's households lie together on disk."""
    cell = cells_of(new.lon, new.lat)
    order = np.argsort(cell, kind="stable")
    lon, lat, people = new.lon.tolist(), new.lat.tolist(), new.people.tolist()
    helped, cells = new.needs_help.tolist(), cell.tolist()
    for start in range(0, len(order), BATCH):
        yield [
            Household(
                code=new.code[i], area_code=new.area_code[i], lon=lon[i], lat=lat[i],
                cell=cells[i], people=people[i], needs_help=helped[i],
                name_sealed=seal_text(new.name[i]), masked_name=mask_name(new.name[i]),
                phone_sealed=seal_text(new.phone[i]), masked_phone=mask_phone(new.phone[i]),
                schematic=new.schematic, source=new.source,
            )
            for i in order[start : start + BATCH].tolist()
        ]  # fmt: skip
