"""Issued forecasts against what came: errors by lead time, and who qualifies for K-14."""

from bisect import bisect_left
from datetime import datetime, timedelta

from django.db.models import F, Q

from anlan.operations.forecasts.models import ForecastCheck, ForecastRun
from anlan.operations.forecasts.rules.judging import judge
from anlan.operations.forecasts.rules.run_states import CHECKED_LEADS_H, RunState
from anlan.operations.people.actions import PLATFORM, act
from anlan.operations.sensing.queries import Values, series
from anlan.vocabulary import clock
from anlan.vocabulary.elements import Element

HOUR = timedelta(hours=1)
# A forecast is judged by an observation this near, interpolated; without one it waits this long.
NEAREST = timedelta(minutes=45)
PATIENCE = timedelta(days=2)


def verify_runs() -> int:
    """Check every issued run at the lead times that have passed; returns how many were checked."""
    last = max(CHECKED_LEADS_H) * HOUR + PATIENCE
    open_runs = ForecastRun.objects.filter(
        Q(checked_until=None) | Q(checked_until__lt=F("issued_at") + last), state=RunState.DONE,
        issued_at__lt=clock.now() - min(CHECKED_LEADS_H) * HOUR,
    ).defer("arguments", "flood")  # fmt: skip
    return sum(_verify(run) for run in open_runs.order_by("pk")[:50])


def _verify(run: ForecastRun) -> int:
    now = clock.now()
    known = set(ForecastCheck.objects.filter(run=run).values_list("lead_h", flat=True))
    due = [h for h in CHECKED_LEADS_H if h not in known and run.issued_at + h * HOUR <= now]
    checks = []
    if due:
        observed = series(
            run.station_code, Element.STAGE, run.issued_at - NEAREST,
            run.issued_at + max(due) * HOUR + NEAREST,
        )  # fmt: skip
        checks = [one for lead in due if (one := _check(run, lead, observed)) is not None]
    ForecastRun.objects.filter(pk=run.pk).update(checked_until=now)
    if checks:
        with act("forecasts.verify", PLATFORM) as this:
            ForecastCheck.objects.bulk_create(checks, ignore_conflicts=True)
            this.on("forecast", run.pk, run.key)
            this.detail = {"leads_h": [one.lead_h for one in checks]}
    return len(checks)


def _check(run: ForecastRun, lead_h: int, observed: Values) -> ForecastCheck | None:
    curve = run.hydrograph or {}
    valid_at = run.issued_at + lead_h * HOUR
    times = [datetime.fromisoformat(at) for at in curve.get("at", ())]
    if observed.datum != run.datum or valid_at not in times:
        return None
    forecast_m = float(curve["stage"][times.index(valid_at)])
    then, start = _at(observed, valid_at), _at(observed, run.issued_at)
    if then is None or start is None:
        return None
    judged = judge(forecast_m, then, start)
    return ForecastCheck(
        run=run, lead_h=lead_h, valid_at=valid_at, forecast_m=forecast_m, observed_m=then,
        error_m=forecast_m - then, change_m=then - start, allowed_m=judged.allowed_m,
        qualified=judged.qualified,
    )  # fmt: skip


def _at(values: Values, moment: datetime) -> float | None:
    """The observed stage at a moment, interpolated between near readings; None in a gap."""
    pairs = [(at, v) for at, v in zip(values.at, values.value, strict=True) if v is not None]
    place = bisect_left(pairs, moment, key=lambda pair: pair[0])
    before = pairs[place - 1] if place else None
    after = pairs[place] if place < len(pairs) else None
    if after and after[0] == moment:
        return after[1]
    if before is None or after is None or after[0] - before[0] > 2 * NEAREST:
        return None
    share = (moment - before[0]) / (after[0] - before[0])
    return before[1] + (after[1] - before[1]) * share
