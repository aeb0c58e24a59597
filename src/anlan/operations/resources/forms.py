"""What the shelter list asks in its address, and what people type about a shelter."""

from dataclasses import dataclass
from typing import Literal

from django.http import QueryDict

from anlan.operations.resources.queries import ShelterRow

Order = Literal["name", "capacity", "occupied", "area"]
ORDERS: tuple[Order, ...] = ("name", "capacity", "occupied", "area")
PAGE = 50
MOST = 100_000


class BadCount(ValueError):
    """What was typed is not a whole number of people."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which shelters of the list, in which order, which page (from 1)."""

    state: str
    tier: str
    township: str
    text: str
    order: Order
    page: int

    def keeps(self, row: ShelterRow) -> bool:
        """Does the row pass every filter?"""
        state = {"open": row.open, "closed": not row.open, "full": row.occupied >= row.capacity}
        return (
            state.get(self.state, True)
            and (not self.tier or row.tier == self.tier)
            and row.area_code.startswith(self.township)
            and self.text in row.name
        )

    def sorted(self, rows: list[ShelterRow]) -> list[ShelterRow]:
        """In the chosen order, largest first where it is a number."""
        keys = {
            "name": lambda r: (r.area_code, r.name),
            "capacity": lambda r: (-r.capacity, r.code),
            "occupied": lambda r: (-r.occupied, r.code),
            "area": lambda r: (-r.area_m2, r.code),
        }
        return sorted(rows, key=keys[self.order])


def choice(query: QueryDict) -> Choice:
    """The filters of an address; what is not understood is taken as not asked."""
    order = query.get("order", "name")
    page = query.get("page", "1")
    return Choice(
        state=query.get("state", ""),
        tier=query.get("tier", ""),
        township=query.get("township", "") if query.get("township", "").isdigit() else "",
        text=query.get("q", "").strip()[:40],
        order=next((known for known in ORDERS if known == order), "name"),
        page=int(page) if page.isdigit() and 0 < int(page) < 10_000 else 1,
    )


def people(text: str) -> int:
    """A whole number of people, 0 to 100,000. Raises `BadCount`."""
    cleaned = text.strip().replace(",", "").replace("，", "")
    if not cleaned.isascii() or not cleaned.isdigit() or int(cleaned) > MOST:
        raise BadCount(text)
    return int(cleaned)
