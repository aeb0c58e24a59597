"""The reaches whose crest is forecast."""

from dataclasses import dataclass

from anlan.operations.forecasts.models import Reach


@dataclass(frozen=True, slots=True)
class ReachRow:
    """A reach: station codes of its three gauges, and the alarm rules that ask for a run; cells of
    its inundation as a rule and on request."""

    code: str
    name: str
    upstream: str
    station: str
    downstream: str
    triggers: tuple[str, ...]
    hours_apart: float
    horizon_h: int
    travel_h: float
    cell_m: float
    fine_cell_m: float


def reaches() -> list[ReachRow]:
    return [_row(one) for one in Reach.objects.order_by("pk")]


def reach(code: str) -> ReachRow | None:
    row = Reach.objects.filter(code=code).first()
    return _row(row) if row else None


def reaches_at(station_code: str) -> list[ReachRow]:
    """The reaches whose crest is forecast at this station."""
    return [_row(one) for one in Reach.objects.filter(station=station_code).order_by("pk")]


def _row(one: Reach) -> ReachRow:
    table = one.settings
    return ReachRow(
        one.code, one.name, one.upstream, one.station, one.downstream, tuple(table["triggers"]),
        table["hours_apart"], table["horizon_h"], table["routing"]["k_h"],
        table["flood"]["cell_m"], table["flood"]["fine_cell_m"],
    )  # fmt: skip
