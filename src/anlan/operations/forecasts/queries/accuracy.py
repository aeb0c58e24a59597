"""How good the forecasts were: K-14, and errors by lead time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from anlan.operations.forecasts.models import ForecastCheck
from anlan.vocabulary.clock import CHINA


@dataclass(frozen=True, slots=True)
class LeadError:
    """One checked forecast: metres of the run's datum; `qualified` by GB/T 22482."""

    lead_h: int
    valid_at: datetime
    forecast_m: float
    observed_m: float
    error_m: float
    allowed_m: float
    qualified: bool


@dataclass(frozen=True, slots=True)
class Accuracy:
    """K-14: qualified of all checked forecasts since a day, and the runs they belong to."""

    qualified: int
    total: int
    run_ids: tuple[int, ...]

    @property
    def share(self) -> float | None:
        return self.qualified / self.total if self.total else None


@dataclass(frozen=True, slots=True)
class LeadSummary:
    """All checked forecasts of one lead: root mean square error, metres, and how many qualify."""

    lead_h: int
    count: int
    rms_m: float
    qualified: int


def accuracy(since: datetime | None = None, until: datetime | None = None) -> Accuracy:
    """How many checked forecasts with observations in [since, until) were qualified."""
    rows = ForecastCheck.objects.all()
    if since:
        rows = rows.filter(valid_at__gte=since)
    if until:
        rows = rows.filter(valid_at__lt=until)
    flags = list(rows.order_by("run_id", "lead_h").values_list("run_id", "qualified"))
    return Accuracy(
        sum(qualified for _, qualified in flags), len(flags),
        tuple(dict.fromkeys(run_id for run_id, _ in flags)),
    )  # fmt: skip


def error_by_lead_time(since: datetime | None = None) -> list[LeadSummary]:
    """Errors of every checked forecast gathered by lead time."""
    rows = ForecastCheck.objects.filter(valid_at__gte=since) if since else ForecastCheck.objects
    gathered: dict[int, list[tuple[float, bool]]] = {}
    for lead_h, error_m, qualified in rows.values_list("lead_h", "error_m", "qualified"):
        gathered.setdefault(lead_h, []).append((error_m, qualified))
    return [
        LeadSummary(
            lead_h, len(pairs), (sum(e * e for e, _ in pairs) / len(pairs)) ** 0.5,
            sum(qualified for _, qualified in pairs),
        )
        for lead_h, pairs in sorted(gathered.items())
    ]  # fmt: skip


def errors_of(checks: Iterable[ForecastCheck]) -> tuple[LeadError, ...]:
    """The checks of one run by lead."""
    rows = sorted(checks, key=lambda one: one.lead_h)
    return tuple(
        LeadError(
            c.lead_h,
            c.valid_at.astimezone(CHINA),
            c.forecast_m,
            c.observed_m,
            c.error_m,
            c.allowed_m,
            c.qualified,
        )
        for c in rows
    )
