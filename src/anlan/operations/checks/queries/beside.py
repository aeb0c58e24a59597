"""What rooms above have to show on the page of a check: each offers its section."""

from collections.abc import Callable
from dataclasses import dataclass

from anlan.operations.people.queries import Scope
from anlan.operations.safety.queries.beside import Section


@dataclass(frozen=True, slots=True)
class Checked:
    """A check that somebody looks at, by the id of its first version; `prosecutable`: its newest
    one is an authority's inspection that found something."""

    id: int
    prosecutable: bool


Offer = Callable[[Scope, Checked], Section | None]
_OFFERS: list[Offer] = []


def offer_check_section(query: Offer) -> None:
    """A room above says what it has to show; None where the reader may not see it. The page has
    found out that the check lies within the reader's sight."""
    _OFFERS.append(query)


def check_sections(scope: Scope, check: Checked) -> list[Section]:
    """What the rooms above show this reader of a check within sight."""
    found = [query(scope, check) for query in _OFFERS]
    return [one for one in found if one is not None]
