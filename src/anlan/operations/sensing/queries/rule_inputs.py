"""From a rule of the register to what it measures: its series, their gaps, datums and limit."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from anlan.operations.sensing.models import AlarmRule, Series, Station
from anlan.operations.sensing.rules.alarm_states import SILENT_AFTER_INTERVALS
from anlan.operations.sensing.rules.crossings import Limit
from anlan.operations.sensing.rules.expressions import BadExpression, Node, names, parsed
from anlan.operations.sensing.rules.measures import Input, Measure
from anlan.operations.sensing.rules.rule_kinds import ALLOWS_FIGURE, Direction, RuleKind
from anlan.vocabulary import clock
from anlan.vocabulary.datum import Datum, Stage
from anlan.vocabulary.words import N_


@dataclass(frozen=True, slots=True)
class Home:
    """Where an expression belongs: a station, or a site with the stations that stand there.

    `datum` is what its stages are stated in.
    """

    station: int | None
    site_code: str
    datum: str

    def own(self, row: Series) -> bool:
        return row.station_id == self.station

    def on_site(self, row: Series) -> bool:
        return bool(self.site_code) and self.site_code in (row.station.site_code, row.station.code)


def home_of(rule: AlarmRule) -> Home:
    station = rule.station
    if station is None:
        return Home(None, rule.site_code, rule.datum)
    return Home(station.pk, station.site_code, station.datum)


UNKNOWN = N_("no station here has a series “%(text)s”")
SEVERAL = N_("“%(text)s” is measured by several stations of this site: write station.element")
OTHER_DATUM = N_("“%(text)s” stands in another datum and its station has no offset")


def gap_s(interval_s: float) -> float:
    """Values further apart than two expected intervals are not one run, seconds [pv]."""
    return SILENT_AFTER_INTERVALS * interval_s


def level_in(value: float, datum: str, wanted: str, offset_m: float | None) -> float:
    """A level of one datum in another, by the station's offset; as it is where none is known."""
    if datum and wanted and datum != wanted and offset_m is not None:
        return Stage(value, Datum(datum)).to(Datum(wanted), offset_m).metres
    return value


def expected_intervals(series: Collection[int]) -> dict[int, float]:
    """The expected interval of the series that have one of their own, by their rules, seconds."""
    today = clock.today()
    rules = AlarmRule.objects.filter(series__in=series, kind=RuleKind.MISSING)
    return {
        rule.series_id: rule.value
        for rule in rules.order_by("valid_from", "edition", "pk")
        if rule.series_id and rule.in_force(today)
    }


def measure_of(rule: AlarmRule, series: Sequence[Series], expected: Mapping[int, float]) -> Measure:
    """The rule in the datum of its series; an expression's stages in the datum of its home."""
    node = parsed(rule.expression) if rule.kind == RuleKind.EXPRESSION else None
    if node is None:
        inputs = [_input(one, one.element, expected) for one in series]
        level = level_in(rule.value, rule.datum, series[0].datum, series[0].station.offset_m)
    else:
        inputs = _inputs(node, home_of(rule), series, expected)
        level = rule.value
    allowed = rule.direction in ALLOWS_FIGURE
    return Measure(
        RuleKind(rule.kind), Direction(rule.direction),
        Limit(level, rule.hysteresis, float(rule.duration_s), allowed), tuple(inputs),
        float(rule.window_s), node,
    )  # fmt: skip


def stations_at(site_code: str) -> Q:
    """The stations that stand on a site, and the one that is the site."""
    return Q(site_code=site_code) | Q(code=site_code)


def resolved(node: Node, home: Home) -> list[Series]:
    """The series that an expression names, each once. Raises `BadExpression`.

    A bare element is the station's own, else that of a station of its site.
    """
    wanted = {one.name.partition(".")[0] for one in names(node) if "." in one.name}
    place = Q(code__in=wanted) | Q(pk=home.station)
    if home.site_code:
        place |= stations_at(home.site_code)
    around = Station.objects.filter(place)
    rows = list(Series.objects.filter(station__in=around).select_related("station"))
    found: dict[int, Series] = {}
    for one in names(node):
        row = _named(one.name, one.position, home, rows)
        if row.datum and home.datum and row.datum != home.datum and row.station.offset_m is None:
            raise BadExpression(one.position, OTHER_DATUM, text=one.name)
        found[row.pk] = row
    return list(found.values())


def _named(name: str, position: int, home: Home, rows: Iterable[Series]) -> Series:
    code, dot, element = name.partition(".")
    if dot:
        found = [row for row in rows if (row.station.code, row.element) == (code, element)]
    else:
        found = [row for row in rows if row.element == name and home.own(row)]
        found = found or [row for row in rows if row.element == name and home.on_site(row)]
    if not found:
        raise BadExpression(position, UNKNOWN, text=name)
    if len(found) > 1:
        raise BadExpression(position, SEVERAL, text=name)
    return found[0]


def _inputs(
    node: Node, home: Home, series: Sequence[Series], expected: Mapping[int, float]
) -> list[Input]:
    inputs = {}
    for one in names(node):
        row = _named(one.name, one.position, home, series)
        shift = 0.0
        if row.datum and home.datum:
            shift = level_in(0.0, row.datum, home.datum, row.station.offset_m)
        inputs[one.name] = _input(row, one.name, expected, shift)
    return list(inputs.values())


def _input(series: Series, name: str, expected: Mapping[int, float], shift: float = 0.0) -> Input:
    interval_s = expected.get(series.pk, float(series.station.interval_s))
    return Input(series.pk, name, gap_s(interval_s), shift)
