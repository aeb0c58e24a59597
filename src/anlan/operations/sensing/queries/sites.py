"""A site under watch: the stations that stand on it, its rules and what is an alarm there now."""

from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _

from anlan.operations.people.queries import Scope
from anlan.operations.sensing.models import Alarm, AlarmRule, Series, Station
from anlan.operations.sensing.queries.board import BoardRow, board, with_rates
from anlan.operations.sensing.queries.rule_inputs import stations_at
from anlan.operations.sensing.queries.rules import in_force
from anlan.operations.sensing.queries.stations import own_kind
from anlan.operations.sensing.rules.alarm_states import AlarmState
from anlan.operations.territory.queries import SiteRow, Watch, sites


@dataclass(frozen=True, slots=True)
class AlarmedSite:
    """A site with open alarms of its own: their names, and the most severe level of them."""

    site: SiteRow
    rules: tuple[str, ...]
    level: int | None


def stations_on(scope: Scope, site_code: str) -> list[BoardRow]:
    """The stations of a site within sight, and how they stand."""
    codes = set(Station.objects.filter(stations_at(site_code)).values_list("code", flat=True))
    return with_rates(board(scope, codes=codes)) if codes else []


@dataclass(frozen=True, slots=True)
class SiteSeries:
    """A series of a station of a site, as a condition may name it: station.element."""

    station: str
    name: str
    element: str
    datum: str


def site_series(site_code: str) -> list[SiteSeries]:
    """What is measured on a site, by station."""
    stations = Station.objects.filter(stations_at(site_code))
    rows = Series.objects.filter(station__in=stations).order_by("station__code", "pk")
    named = rows.values_list("station__code", "station__name", "element", "datum")
    return [SiteSeries(*row) for row in named]


def may_rule_site(scope: Scope, site_code: str) -> bool:
    """May they set this site's rules? A department only where all stations are its sector's."""
    if not scope.may("sensing.rules"):
        return False
    if scope.reach != "sector":
        return True
    kinds = set(Station.objects.filter(stations_at(site_code)).values_list("kind", flat=True))
    return bool(kinds) and all(own_kind(scope, kind) for kind in kinds)


def alarmed_sites(scope: Scope) -> list[AlarmedSite]:
    """The sites where a rule of their own is an alarm now, by code."""
    rows = Alarm.objects.filter(state=AlarmState.OPEN).exclude(site_code="")
    found: dict[str, list[Alarm]] = {}
    for row in rows.order_by("raised_at"):
        found.setdefault(row.site_code, []).append(row)
    if not found:
        return []
    return [
        AlarmedSite(
            site, tuple(one.rule for one in found[site.code]),
            min((one.level for one in found[site.code] if one.level), default=None),
        )
        for site in sites(scope, codes=found)
    ]  # fmt: skip


def site_watch(site: SiteRow, scope: Scope) -> Watch | None:
    """What the file of a site says of its watch; None where there is nothing to see or to set."""
    if not scope.may("sensing.view"):
        return None
    stations = Station.objects.filter(stations_at(site.code)).aggregate(n=Count("pk"))["n"]
    rules = len(in_force(AlarmRule.objects.filter(site_code=site.code, station=None)))
    if not (stations or rules or scope.may("sensing.rules")):
        return None
    opened = Alarm.objects.filter(site_code=site.code, state=AlarmState.OPEN)
    word = _("%(stations)d stations · %(rules)d alarm rules of the site")
    return Watch(
        f"/sites/{site.code}", word % {"stations": stations, "rules": rules},
        tuple(opened.order_by("raised_at").values_list("rule", flat=True)),
    )  # fmt: skip
