"""Risk points on the one map, in their four colours."""

from django.utils.translation import pgettext

from anlan.operations.people.queries import Scope
from anlan.operations.risks.queries.registers import LEVEL_WORDS
from anlan.operations.risks.queries.scope import risks_in
from anlan.operations.risks.rules.loop import State
from anlan.vocabulary.layers import Features, Layer, collection, point
from anlan.vocabulary.words import NP_

MOST = 5_000


def _risks(scope: Scope) -> Features:
    """Rated points with a place of their own, else that of their enterprise; the worst first."""
    rows = risks_in(scope).exclude(state=State.RETIRED).exclude(level=None).order_by("level", "pk")
    found = rows.values("pk", "name", "level", "lon", "lat", "unit",
                        "enterprise__lon", "enterprise__lat")[:MOST]  # fmt: skip
    features = []
    for row in found:
        lon, lat = row["lon"] or row["enterprise__lon"], row["lat"] or row["enterprise__lat"]
        if lon is None or lat is None:
            continue
        word = pgettext(*LEVEL_WORDS[str(row["level"])])
        features.append(
            point(lon, lat, {
                "code": f"risk-{row['pk']}", "kind": "risk", "name": row["name"],
                "link": f"/risks/{row['pk']}", "schematic": False, "risk": row["level"],
                "label": row["name"], "sub": f"{word} · {row['unit']}",
            })
        )  # fmt: skip
    return collection(features)


LAYERS = [
    Layer(key="risks", word=NP_("layer", "Risk points"), family="diamond", icon="target",
          right="territory.map", features=_risks, group="danger"),
]  # fmt: skip
