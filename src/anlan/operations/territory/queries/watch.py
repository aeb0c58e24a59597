"""What the rooms above watch on a site; they register it here, territory only shows it."""

from collections.abc import Callable
from dataclasses import dataclass

from anlan.operations.people.queries import Scope
from anlan.operations.territory.queries.sites import SiteRow


@dataclass(frozen=True, slots=True)
class Watch:
    """Where a site is watched: the page, in a few words, and what is an alarm there now."""

    link: str
    word: str
    alarms: tuple[str, ...] = ()


Looker = Callable[[SiteRow, Scope], Watch | None]
_lookers: list[Looker] = []


def offer_watch(looker: Looker) -> Looker:
    """Register a function from a site and whoever looks to its watch (at process start)."""
    if looker not in _lookers:
        _lookers.append(looker)
    return looker


def watches(site: SiteRow, scope: Scope) -> list[Watch]:
    """Every watch of a site that the scope may see."""
    return [found for look in _lookers if (found := look(site, scope)) is not None]
