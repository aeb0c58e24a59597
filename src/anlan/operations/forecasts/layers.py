"""The newest forecast's flood on the one map."""

from anlan.operations.forecasts.queries import latest_run
from anlan.operations.people.queries import Scope
from anlan.operations.sensing.queries import station, visible
from anlan.vocabulary.layers import Features, Layer, collection
from anlan.vocabulary.words import NP_


def _extent(scope: Scope) -> Features:
    run = latest_run()
    gauge = station(run.station_code) if run else None
    if run is None or gauge is None or not visible(scope, gauge):
        return collection([])
    features = [
        {
            **feature,
            "properties": {
                **feature["properties"], "code": f"forecast-{run.id}", "kind": "flood",
                "name": gauge.name, "link": f"/forecasts/{run.id}", "schematic": run.schematic,
            },
        }
        for feature in run.max_extent["features"]
    ]  # fmt: skip
    return collection(features)


LAYERS = [
    Layer(
        key="forecast_flood", word=NP_("layer", "Forecast flood"), family="area", icon="ripple",
        right="forecasts.view", features=_extent, group="danger",
    )
]  # fmt: skip
