"""A run comes back: its result, its event and its desk item in one transaction, once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from anlan.operations.deadlines.actions import NewItem, close_item, open_item
from anlan.operations.forecasts.events import ForecastFailed, ForecastIssued
from anlan.operations.forecasts.models import CommunityHit, ForecastRun, Reach
from anlan.operations.forecasts.rules.run_states import RunState
from anlan.operations.people.actions import PLATFORM, act
from anlan.operations.sensing.queries import station
from anlan.vocabulary import clock
from anlan.vocabulary.words import N_, Saying, Term

FAILED = N_("The forecast of %(name)s failed: judge the crest by hand")
LOOK = N_("See why")
READINGS_LACK = N_("The readings do not suffice; the forecast's page says which are missing.")


def finish(run: ForecastRun, answer: Mapping[str, Any]) -> int:
    """Keep a run's answer and say so; a second answer to the same run finds it done and is 0."""
    crest = answer["crest"]
    crest_at = datetime.fromisoformat(crest["at"])
    flood = answer.get("flood")
    impact = (flood or {}).get("impact") or {}
    with act("forecasts.issue", PLATFORM) as this:
        kept = ForecastRun.objects.filter(pk=run.pk, state=RunState.RUNNING).update(
            state=RunState.DONE, finished_at=clock.now(), lease_until=None, fault="",
            folder=run.folder, datum=answer["datum"], crest_at=crest_at,
            crest_stage_m=crest["stage_m"], hydrograph=answer["hydrograph"],
            method=answer["method"], flood=flood, wall=answer["wall"],
            households=impact.get("households"), people=impact.get("people"),
            area_m2=(flood or {}).get("area_m2"),
        )  # fmt: skip
        this.on("forecast", run.pk, run.key)
        if not kept:
            return 0
        CommunityHit.objects.bulk_create(_hit(run, row) for row in impact.get("communities", ()))
        close_item(f"forecast-failed:{run.reach}", PLATFORM.label)
        this.publish(
            ForecastIssued(
                run_id=run.pk, issued_at=run.issued_at, crest_at=crest_at,
                crest_stage_m=crest["stage_m"], datum=answer["datum"],
            )
        )  # fmt: skip
    return 1


def refuse(run: ForecastRun, said: Term | Saying) -> int:
    """Give a run up for what the readings lack, said in the language of who reads it."""
    ForecastRun.objects.filter(pk=run.pk, state=RunState.RUNNING).update(refused=said)
    return fail(run, READINGS_LACK)


def fail(run: ForecastRun, reason: str) -> int:
    """Give a run up; somebody has to judge the crest by hand."""
    with act("forecasts.give_up", PLATFORM) as this:
        kept = ForecastRun.objects.filter(pk=run.pk, state=RunState.RUNNING).update(
            state=RunState.FAILED, finished_at=clock.now(), lease_until=None, fault=reason[:2000]
        )
        this.on("forecast", run.pk, run.key)
        if not kept:
            return 0
        row = station(run.station_code)
        name = Reach.objects.filter(code=run.reach).values_list("name", flat=True).first()
        open_item(
            NewItem(
                key=f"forecast-failed:{run.reach}", kind="forecast", title=FAILED, action=LOOK,
                link=f"/forecasts/{run.pk}", right="forecasts.run",
                area_code=row.serves if row else "", parameters={"name": name or run.reach},
                detail=reason[:300],
            )
        )  # fmt: skip
        this.publish(ForecastFailed(run_id=run.pk, issued_at=run.issued_at, reason=reason[:300]))
    return 1


def _hit(run: ForecastRun, row: Mapping[str, Any]) -> CommunityHit:
    arrival = row["arrival_at"]
    return CommunityHit(
        run=run, code=row["code"], name=row["name"], people=row["people"],
        households=row["households"], needs_help=row["needs_help"],
        max_depth_m=row["max_depth_m"], by_class=row["by_class"], unsafe=row["unsafe"],
        max_speed_ms=row["max_speed_ms"],
        arrival_at=datetime.fromisoformat(arrival) if arrival else None,
    )  # fmt: skip
