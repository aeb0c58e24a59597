"""Whom a route or post binds, and who may be named for it."""

from anlan.operations.patrols.rules.states import CONFIRM, WALK
from anlan.operations.people.queries import Scope, able, acts_for_district, organisations

BOUND = ("township", "zone", "department", "bureau")


def units() -> dict[str, str]:
    """The organisations that a route may bind; name by code."""
    return {one.code: one.name for one in organisations() if one.kind in BOUND}


def persons(scope: Scope) -> tuple[dict[int, str], dict[int, str]]:
    """Who may supervise and who may walk, of one's own unit or, for the bureau, of the district:
    names by account id."""
    own = "" if acts_for_district(scope) else scope.organisation or "-"
    return _named(CONFIRM, own), _named(WALK, own)


def _named(right: str, organisation: str) -> dict[int, str]:
    return {one.id: f"{one.display_name} {one.post}".strip() for one in able(right, organisation)}
