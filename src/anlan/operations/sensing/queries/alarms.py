"""Alarms as people see them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from anlan.operations.people.queries import Scope
from anlan.operations.sensing.models import Alarm
from anlan.operations.sensing.rules.alarm_states import AlarmState
from anlan.vocabulary.clock import CHINA


@dataclass(frozen=True, slots=True)
class AlarmRow:
    """One alarm. `value` and `limit` are in the element's unit and `datum` (hours for silence)."""

    id: int
    key: str
    station_code: str
    station_name: str
    area_code: str
    element: str
    rule: str
    value: float
    limit: float
    datum: str
    level: int | None
    state: str
    began_at: datetime
    observed_at: datetime
    raised_at: datetime
    ended_at: datetime | None
    acknowledged_at: datetime | None
    acknowledged_by: str
    note: str
    flags: int
    kind: str
    unit: str
    condition: str
    cause: str
    site_code: str


def open_alarms(scope: Scope | None) -> list[AlarmRow]:
    """What is over its threshold or silent now, most severe first, newest first."""
    rows = [_row(one) for one in _within(scope).filter(state=AlarmState.OPEN)[:500]]
    return sorted(rows, key=lambda row: (row.level or 9, -row.raised_at.timestamp()))


def alarms(
    scope: Scope | None,
    *,
    states: Collection[str] | None = None,
    station: str | None = None,
    site: str | None = None,
    since: datetime | None = None,
    limit: int = 200,
) -> list[AlarmRow]:
    """Alarms within sight (None: the platform's own, all), newest first."""
    rows = _within(scope)
    if states is not None:
        rows = rows.filter(state__in=states)
    if station:
        rows = rows.filter(station_code=station)
    if site:
        rows = rows.filter(site_code=site)
    if since:
        rows = rows.filter(raised_at__gte=since)
    return [_row(one) for one in rows.order_by("-raised_at", "-pk")[:limit]]


def alarms_in(area: str, since: datetime, until: datetime, limit: int = 200) -> list[AlarmRow]:
    """Alarms of an area that were raised in the spell, newest first. For the platform itself."""
    rows = Alarm.objects.filter(
        area_code__startswith=area, raised_at__gte=since, raised_at__lte=until
    )
    return [_row(one) for one in rows.order_by("-raised_at", "-pk")[:limit]]


def alarm(scope: Scope | None, alarm_id: int) -> AlarmRow | None:
    row = _within(scope).filter(pk=alarm_id).first()
    return _row(row) if row else None


def _within(scope: Scope | None) -> QuerySet[Alarm]:
    if scope is None:
        return Alarm.objects.all()
    prefix = scope.area_prefix
    if prefix is None:
        return Alarm.objects.none()
    return Alarm.objects.filter(area_code__startswith=prefix)


def _row(row: Alarm) -> AlarmRow:
    return AlarmRow(
        row.pk, row.key, row.station_code, row.station_name, row.area_code, row.element,
        row.rule, row.value, row.limit, row.datum, row.level, row.state, _here(row.began_at),
        _here(row.observed_at), _here(row.raised_at), _ended(row.ended_at),
        _ended(row.acknowledged_at), row.acknowledged_by, row.note, row.flags,
        row.kind, row.unit, row.condition, row.cause, row.site_code,
    )  # fmt: skip


def _here(at: datetime) -> datetime:
    """The same moment as clocks here show it; the database answers in UTC."""
    return at.astimezone(CHINA)


def _ended(at: datetime | None) -> datetime | None:
    return None if at is None else _here(at)
