"""The limits by which the health of devices is judged, as they stand and as they were."""

from anlan.operations.sensing.models import HealthLimit
from anlan.operations.sensing.rules.health_limits import PROPOSED, LimitRow, Limits
from anlan.vocabulary import clock


def health_limits() -> Limits:
    """Those in force today. One query."""
    return Limits(_entered(), clock.today())


def limit_history() -> list[LimitRow]:
    """Every version ever, the newest first."""
    rows = [*PROPOSED, *_entered()]
    return sorted(rows, key=lambda row: (row.version, row.key), reverse=True)


def _entered() -> list[LimitRow]:
    names = (
        "name", "value", "valid_from", "source", "kind", "device_model", "edition", "entered_by",
    )  # fmt: skip
    return [LimitRow(**row) for row in HealthLimit.objects.order_by("pk").values(*names)]
