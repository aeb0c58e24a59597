"""The rules and maintenance of a station as its pages list them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from anlan.operations.sensing.models import AlarmRule, Maintenance
from anlan.vocabulary import clock


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A version of a rule; fields as in `AlarmRule`. `now`: in force today."""

    id: int
    kind: str
    name: str
    element: str
    direction: str
    value: float
    unit: str
    datum: str
    hysteresis: float
    duration_s: int
    window_s: int
    expression: str
    level: int | None
    valid_from: date
    until: date | None
    source: str
    entered_by: str
    ended_by: str
    now: bool


@dataclass(frozen=True, slots=True)
class MaintenanceRow:
    """A span in which alarms are only recorded; `element` empty for the whole station.

    `now`: under way; `open`: may still be ended or called off.
    """

    id: int
    element: str
    begins_at: datetime
    ends_at: datetime
    reason: str
    planned_by: str
    ended_by: str
    now: bool
    open: bool


def rules_of(code: str) -> list[RuleRow]:
    """All versions of a station's rules: those in force first, then by name, the newest first."""
    return _listed(AlarmRule.objects.filter(station__code=code))


def site_rules(code: str) -> list[RuleRow]:
    """All versions of a site's rules, in the same order."""
    return _listed(AlarmRule.objects.filter(site_code=code, station=None))


def _listed(rules: QuerySet[AlarmRule]) -> list[RuleRow]:
    rows = rules.select_related("series")
    ruling = {rule.pk for rule in in_force(rows)}
    found = [_row(rule, rule.pk in ruling) for rule in rows.order_by("-valid_from", "-edition")]
    return sorted(found, key=lambda row: (not row.now, row.kind, row.element, row.value))


def rule(code: str, rule_id: int) -> RuleRow | None:
    return next((row for row in rules_of(code) if row.id == rule_id), None)


def in_force(rules: QuerySet[AlarmRule]) -> list[AlarmRule]:
    """The rules in force today; of two versions the later."""
    today = clock.today()
    rows = rules.filter(valid_from__lte=today).select_related("series", "station")
    rows = rows.order_by("valid_from", "edition", "pk")
    return list({one.key: one for one in rows if one.in_force(today)}.values())


def maintenances_of(code: str, limit: int = 20) -> list[MaintenanceRow]:
    """The station's maintenance, the latest first."""
    rows = Maintenance.objects.filter(station__code=code).select_related("series")
    return [
        MaintenanceRow(
            row.pk, row.series.element if row.series else "",
            row.begins_at.astimezone(clock.CHINA), row.ends_at.astimezone(clock.CHINA),
            row.reason, row.planned_by, row.ended_by,
            row.begins_at <= clock.now() < row.ends_at,
            row.ends_at > clock.now() and not row.ended_by,
        )
        for row in rows.order_by("-begins_at", "-pk")[:limit]
    ]  # fmt: skip


def maintained_now(station: int, series: int | None = None) -> bool:
    """Is the station, or this series of it, under maintenance at this moment?"""
    now = clock.now()
    rows = Maintenance.objects.filter(station=station, begins_at__lte=now, ends_at__gt=now)
    return rows.filter(Q(series=None) | Q(series=series)).exists()


def _row(row: AlarmRule, now: bool) -> RuleRow:
    ends = [end for end in (row.valid_to, row.ended_on) if end is not None]
    return RuleRow(
        row.pk, row.kind, row.name, row.series.element if row.series else "", row.direction,
        row.value, row.series.unit if row.series else "", row.datum, row.hysteresis,
        row.duration_s, row.window_s, row.expression, row.level, row.valid_from,
        min(ends, default=None), row.source, row.entered_by, row.ended_by, now,
    )  # fmt: skip
