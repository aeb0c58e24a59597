"""Pipelines of hazardous chemicals on the one map."""

from anlan.operations.chemicals.models import Pipeline
from anlan.operations.chemicals.queries.scope import records_in
from anlan.operations.people.queries import Scope
from anlan.vocabulary.layers import Features, Layer, collection
from anlan.vocabulary.words import NP_

MOST = 2_000


def _pipelines(scope: Scope) -> Features:
    rows = records_in(Pipeline, scope).filter(withdrawn_at=None).order_by("pk")
    found = rows.values("pk", "name", "medium", "line", "enterprise__name")[:MOST]
    return collection([
        {
            "type": "Feature",
            "geometry": {"type": "LineString", "coordinates": row["line"]},
            "properties": {
                "code": f"pipeline-{row['pk']}", "kind": "pipeline", "name": row["name"],
                "link": f"/chemicals/pipelines/{row['pk']}", "schematic": False,
                "label": row["name"], "sub": f"{row['medium']} · {row['enterprise__name']}",
            },
        }
        for row in found
    ])  # fmt: skip


LAYERS = [
    Layer(key="pipelines", word=NP_("layer", "Chemical pipelines"), family="line", icon="route",
          right="chemicals.view", features=_pipelines, group="danger"),
]  # fmt: skip
