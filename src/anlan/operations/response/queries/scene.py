"""Whom an emergency concerns: flooded communities, their townships, teams, departments."""

from collections.abc import Iterable

from anlan.operations.forecasts.queries import RunRow, run
from anlan.operations.people.queries import organisations
from anlan.operations.resources.queries import teams
from anlan.operations.response.models import Activation
from anlan.operations.response.rules.tasks import (
    Community,
    Force,
    Opening,
    Scene,
    affected_townships,
)
from anlan.operations.territory.queries import area_names


def scene_of(activation: Activation, openings: Iterable[Opening] = ()) -> Scene:
    """The ground on which the plan's cards are drawn for this response.

    Communities are those that the forecast floods with people in them; where no forecast stands
    behind the response, those of the alert, with unknown numbers.
    """
    found = run(activation.run_id) if activation.run_id else None
    hit = hit_communities(found)
    codes = list(hit) or sorted(activation.community_codes)
    towns = affected_townships([*codes, *activation.community_codes])
    names = area_names([*codes, *towns])
    return Scene(
        area_code=activation.area_code,
        communities=[hit.get(c) or Community(c, names.get(c, c), None, None) for c in codes],
        townships=[(code, names.get(code, code)) for code in towns],
        departments=[(o.code, o.name) for o in organisations()],
        teams=[Force(t.code, t.name, t.area_code, t.kind, t.skills) for t in teams(None)],
        openings=list(openings),
    )


def hit_communities(found: RunRow | None) -> dict[str, Community]:
    """Communities in which the forecast puts people in water, earliest water first."""
    if found is None:
        return {}
    hit = [Community(c.code, c.name, c.people, c.arrival_at) for c in found.communities if c.people]
    hit.sort(key=lambda c: (c.water_at is None, c.water_at, c.code))
    return {c.code: c for c in hit}


def water_codes(found: RunRow | None) -> set[str]:
    """Codes of the sites that the forecast puts under water: no shelter for anybody."""
    return set() if found is None else {site.code for site in found.sites}
