"""A station's forecasts as the station's own page shows them."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anlan.operations.forecasts.queries.reaches import ReachRow, reaches_at
from anlan.operations.forecasts.queries.runs import RunRow, runs
from anlan.operations.forecasts.rules.run_states import RunState
from anlan.operations.sensing.queries import Neighbour, Outlook, Past
from anlan.vocabulary.units import change_m

SHOWN = 8
SAME_HOUR_S = 1800.0


def outlook_of(code: str) -> Outlook | None:
    """The newest run of a station and those before; None where no reach is forecast."""
    at_station = reaches_at(code)
    if not at_station:
        return None
    issued = runs(SHOWN, station_code=code, state=RunState.DONE)
    neighbours = _neighbours(at_station[0])
    if not issued:
        return Outlook(neighbours=neighbours)
    newest = issued[0]
    curve = newest.hydrograph
    return Outlook(
        datum=newest.datum, link=f"/forecasts/{newest.id}", issued_at=newest.issued_at,
        at=curve.at, stage=curve.stage, discharge=curve.discharge, low50=curve.low50,
        high50=curve.high50, low90=curve.low90, high90=curve.high90, crest_at=newest.crest_at,
        crest_m=newest.crest_stage_m, records=[_past(one, newest) for one in issued],
        neighbours=neighbours,
    )  # fmt: skip


def method_words(row: RunRow) -> str:
    """马斯京根 + 二维."""
    routed = pgettext("forecast method", "Muskingum")
    if row.method.get("inundation", "none") != "none":
        return pgettext("forecast method", "Muskingum + 2D")
    return routed


def _past(one: RunRow, newest: RunRow) -> Past:
    band = one.crest_band_m or (float("nan"), float("nan"))
    return Past(
        f"/forecasts/{one.id}", one.issued_at, one.crest_stage_m or 0.0,
        one.crest_at or one.issued_at, band[0], band[1], method_words(one),
        _against(one, newest),
    )  # fmt: skip


def _against(one: RunRow, newest: RunRow) -> str:
    """−0.24 m，晚 1 h: an earlier run against the newest."""
    if one.id == newest.id or one.crest_stage_m is None or newest.crest_stage_m is None:
        return "—"
    parts = [f"{change_m(one.crest_stage_m - newest.crest_stage_m)} m"]
    if one.crest_at and newest.crest_at:
        seconds = (one.crest_at - newest.crest_at).total_seconds()
        hours = f"{abs(seconds) / 3600:.0f}"
        if abs(seconds) >= SAME_HOUR_S:
            late = _("%(n)s h later") if seconds > 0 else _("%(n)s h earlier")
            parts.append(late % {"n": hours})
    return pgettext("two differences", ", ").join(parts)


def _neighbours(reach: ReachRow) -> list[Neighbour]:
    travel = _("about %(n)s h upstream") % {"n": f"{reach.travel_h:g}"}
    return [
        Neighbour(reach.upstream, travel),
        Neighbour(reach.downstream, _("downstream, backs the water up")),
    ]
