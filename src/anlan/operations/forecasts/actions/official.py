from dataclasses import dataclass
from datetime import datetime

from anlan.operations.forecasts.models import OfficialForecast
from anlan.operations.people.actions import Actor, act
from anlan.vocabulary import clock
from anlan.vocabulary.datum import Datum


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOfficial:
    """A bulletin of the hydrological service: stages of one gauge ahead, metres above `datum`."""

    station_code: str
    issued_at: datetime
    datum: Datum
    at: tuple[datetime, ...]
    stage_m: tuple[float, ...]
    source: str


def record_official(actor: Actor, new: NewOfficial) -> int:
    """Keep a bulletin for the runs issued after it; the same bulletin again replaces itself."""
    if not new.at or len(new.at) != len(new.stage_m) or list(new.at) != sorted(set(new.at)):
        raise ValueError("a bulletin has one stage for each of its times, in order")
    with act("forecasts.record_official", actor) as this:
        row, _ = OfficialForecast.objects.update_or_create(
            station_code=new.station_code, issued_at=new.issued_at,
            defaults={
                "datum": new.datum.value, "source": new.source, "received_at": clock.now(),
                "at": [at.isoformat() for at in new.at], "stage_m": list(new.stage_m),
            },
        )  # fmt: skip
        this.on("official", row.pk, str(row))
    return row.pk
