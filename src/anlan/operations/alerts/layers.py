"""The area of the alert in force, on the one map."""

from anlan.operations.alerts.queries import alerts
from anlan.operations.people.queries import Scope
from anlan.vocabulary.layers import Features, Layer, collection
from anlan.vocabulary.words import NP_


def _areas(scope: Scope) -> Features:
    return collection(
        [
            {
                "type": "Feature",
                "geometry": row.area,
                "properties": {
                    "code": row.number, "kind": "alert", "name": row.headline,
                    "link": f"/alerts/{row.id}", "schematic": False, "level": row.level,
                },
            }
            for row in alerts(scope, ["PUBLISHED"])
            if row.area
        ]
    )  # fmt: skip


LAYERS = [
    Layer(
        key="alerts", word=NP_("layer", "Alert in force"), family="area", icon="broadcast",
        right="alerts.view", features=_areas, on=True, group="event",
    )
]  # fmt: skip
