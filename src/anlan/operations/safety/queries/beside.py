"""What rooms above have to show on the page of an enterprise or of a danger: each offers its
section."""

from collections.abc import Callable
from dataclasses import dataclass

from anlan.operations.people.queries import Scope


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a section: where it leads, what it says; `late` words are marked as such."""

    address: str
    title: str
    small: str = ""
    mark: str = ""
    late: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A few lines about an enterprise or a danger; `more`: an address and the word that leads
    there."""

    title: str
    lines: tuple[Line, ...]
    empty: str = ""
    more: tuple[tuple[str, str], ...] = ()


Offer = Callable[[Scope, int], Section | None]
_OFFERS: list[Offer] = []
_ON_DANGERS: list[Offer] = []


def offer_section(query: Offer) -> None:
    """A room above says what it has to show; None where the reader may not see it. The page has
    found out that the enterprise lies within the reader's sight."""
    _OFFERS.append(query)


def sections(scope: Scope, enterprise_id: int) -> list[Section]:
    """What the rooms above show this reader of an enterprise within sight."""
    found = [query(scope, enterprise_id) for query in _OFFERS]
    return [one for one in found if one is not None]


def offer_danger_section(query: Offer) -> None:
    """The same for a danger's page: the query is asked with the danger's id."""
    _ON_DANGERS.append(query)


def danger_sections(scope: Scope, danger_id: int) -> list[Section]:
    """What the rooms above show this reader of a danger within sight."""
    found = [query(scope, danger_id) for query in _ON_DANGERS]
    return [one for one in found if one is not None]
