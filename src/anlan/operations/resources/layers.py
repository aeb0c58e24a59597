"""Shelters and teams on the one map."""

from django.utils.translation import gettext as _

from anlan.operations.people.queries import Scope
from anlan.operations.resources.queries import ShelterRow, TeamRow, shelters, teams
from anlan.vocabulary.layers import Features, Layer, collection, point
from anlan.vocabulary.words import NP_

RIGHT = "territory.map"


def _shelter(row: ShelterRow) -> Features:
    properties = {
        "code": row.code, "kind": "shelter", "name": row.name, "schematic": row.schematic,
        "link": f"/shelters/{row.code}", "open": row.open, "capacity": row.capacity,
        "occupied": row.occupied,
        "sub": f"{row.occupied:,} / {row.capacity:,}" if row.open
        else _("holds %(capacity)s") % {"capacity": f"{row.capacity:,}"},
    }  # fmt: skip
    if row.open:
        properties |= {"involved": True, "label": row.name}
    return point(row.lon, row.lat, properties)


def _team(row: TeamRow) -> Features:
    return point(
        row.lon, row.lat,
        {
            "code": row.code, "kind": "team", "name": row.name, "schematic": row.schematic,
            "link": f"/teams/{row.code}", "members": row.members,
            "sub": _("%(members)s people") % {"members": row.members},
        },
    )  # fmt: skip


def _shelters(scope: Scope) -> Features:
    return collection([_shelter(row) for row in shelters(scope)])


def _teams(scope: Scope) -> Features:
    return collection([_team(row) for row in teams(scope) if row.kind != "mass"])


def _mass_teams(scope: Scope) -> Features:
    return collection([_team(row) for row in teams(scope, kind="mass")])


LAYERS = [
    Layer("shelters", NP_("layer", "Shelters"), "square", "tent", RIGHT, _shelters, on=True,
          group="resources"),
    Layer("teams", NP_("layer", "Rescue teams"), "square", "truck", RIGHT, _teams,
          group="resources"),
    Layer("mass_teams", NP_("layer", "Community rescue stations"), "square", "first-aid-kit",
          RIGHT, _mass_teams, group="resources"),
]  # fmt: skip
