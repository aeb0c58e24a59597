"""The report of a drill: asked of the platform's own records, never kept aside.

Everything but `wall` is the same in every run of the same drill, to the last byte.
"""

from collections.abc import Sequence
from datetime import datetime
from statistics import quantiles
from typing import Any

from anlan.operations.alerts.queries import (
    AlertRow,
    SignatureRow,
    alerts,
    escalations,
    funnel,
    of_episode,
)
from anlan.operations.assessment.queries import indicators
from anlan.operations.drills.rules.played import Played
from anlan.operations.drills.rules.scenario import Input
from anlan.operations.forecasts.queries import RunRow, runs
from anlan.operations.response.queries import ActivationRow, activations
from anlan.operations.sensing.queries import alarms, totals
from anlan.vocabulary.clock import CHINA

Body = dict[str, Any]
ALL = 10_000
DONE = "done"
DECIMALS = 6


def report(played: Played) -> Body:
    """What `report.json` says. Lengths m, areas m², distances m, stages m above the named datum."""
    found = totals()
    done = issued()
    response = _newest_response()
    return {
        "drill": _drill(played),
        "frames_sent": played.frames_sent,
        "frames_acked": played.frames_acked,
        "readings_stored": found.readings,
        "bad_frames": found.bad_frames,
        "inputs": [_input(played, source) for source in played.scenario.inputs],
        "alarms": _alarms(),
        "forecasts": [_forecast(run) for run in done],
        "inundation": _inundation(widest(done)),
        "alerts": [_alert(row) for row in _oldest_first()],
        "escalations": _escalations(),
        "response": _response(response),
        "shelters": _shelters(response),
        "indicators": _indicators(),
        "decisions": [
            {"at": _at(t.at), "verb": t.verb, "by": t.by, "on": t.label, "by_person": t.by_person}
            for t in played.taken
        ],
        "stood_down": list(played.stood_down),
        "wall": _wall(played, done),
    }


def issued() -> list[RunRow]:
    """The forecasts that came back, oldest first."""
    return sorted(runs(ALL, state=DONE), key=lambda run: (run.issued_at, run.id))


def widest(done: Sequence[RunRow]) -> RunRow | None:
    """The forecast with the most people in the water, the newest of equals."""
    return max(done, key=lambda run: (run.people or 0, run.issued_at), default=None)


def _drill(played: Played) -> Body:
    scenario = played.scenario
    return {
        "scenario": scenario.name, "title": scenario.title, "standing": "Exercise",
        "starts": _at(scenario.starts), "ends": _at(scenario.ends), "seed": scenario.seed,
        "shift_hours": played.shift_hours, "raise_m": played.raise_m,
        "finished": played.finished, "fault": played.fault,
    }  # fmt: skip


def _input(played: Played, source: Input) -> Body:
    points = played.scenario.points(source)
    crest = max(points, key=lambda p: p.value)
    published = sum(not p.assumed for p in points)
    return {
        "station": source.station, "element": str(source.element),
        "datum": str(source.datum) if source.datum else None, "points": len(points),
        "published": published, "assumed": len(points) - published,
        "highest": crest.value, "highest_at": _at(crest.at),
    }  # fmt: skip


def _alarms() -> list[Body]:
    rows = sorted(alarms(None, limit=ALL), key=lambda row: (row.raised_at, row.id))
    return [
        {
            "key": row.key, "station": row.station_code, "element": row.element,
            "rule": row.rule, "value": _round(row.value), "limit": _round(row.limit),
            "datum": row.datum or None, "level": row.level, "state": row.state,
            "observed_at": _at(row.observed_at), "raised_at": _at(row.raised_at),
            "ended_at": _at(row.ended_at),
        }
        for row in rows
    ]  # fmt: skip


def _forecast(run: RunRow) -> Body:
    return {
        "issued_at": _at(run.issued_at), "trigger": run.trigger,
        "crest_time": _at(run.crest_at), "crest_stage": _round(run.crest_stage_m),
        "datum": run.datum, "people": run.people, "area_m2": _round(run.area_m2),
        "error_by_lead_time": [
            {
                "lead_h": e.lead_h, "error_m": _round(e.error_m),
                "allowed_m": _round(e.allowed_m), "qualified": e.qualified,
            }
            for e in run.error_by_lead_time
        ],
    }  # fmt: skip


def _inundation(run: RunRow | None) -> Body:
    if run is None:
        return {
            "issued_at": None, "area_m2": 0.0, "households": 0, "people": 0,
            "people_by_depth_class": [], "communities": [],
        }  # fmt: skip
    return {
        "issued_at": _at(run.issued_at),
        "area_m2": _round(run.area_m2),
        "households": run.households,
        "people": run.people,
        "people_by_depth_class": list(run.people_by_depth_class),
        "communities": [
            {
                "code": c.code, "name": c.name, "people": c.people, "households": c.households,
                "max_depth_m": _round(c.max_depth_m), "arrival_at": _at(c.arrival_at),
            }
            for c in run.communities
        ],
    }  # fmt: skip


def _oldest_first() -> list[AlertRow]:
    return sorted(alerts(None, limit=ALL), key=lambda row: row.id)


def _alert(row: AlertRow) -> Body:
    counts = funnel(row.id)
    later = [one for one in of_episode(row.first_id) if one.id > row.id and one.published_at]
    return {
        "number": row.number, "level": row.level, "status": row.state, "standing": row.standing,
        "headline": row.headline,
        "drafted_by": _who(row.signed("draft")), "drafted_at": _at(row.drafted_at),
        "reviewed_by": _who(row.signed("review")), "signed_by": _who(row.signed("sign")),
        "signed_at": _at(row.signed_at), "published_at": _at(row.published_at),
        "updates": len(later),
        "targeted": counts.targeted, "sent": counts.sent, "delivered": counts.delivered,
        "read": counts.read, "acknowledged": counts.acked, "asked_for_help": counts.help,
        "lifted_at": _at(row.ended_at) if row.state == "LIFTED" else None,
    }  # fmt: skip


def _who(signature: SignatureRow | None) -> str | None:
    return signature.by if signature else None


def _escalations() -> list[Body]:
    return [
        {
            "kind": e.kind, "subject": e.subject, "step": e.step, "to": e.to,
            "raised_at": _at(e.raised_at), "closed_at": _at(e.closed_at), "why": e.closed_why,
        }
        for e in escalations()
    ]  # fmt: skip


def _newest_response() -> ActivationRow | None:
    return next(iter(activations(None, limit=1)), None)


def _response(row: ActivationRow | None) -> Body:
    if row is None:
        return {"level": None, "state": None, "tasks": 0, "done": 0}
    return {
        "level": row.level, "state": row.state, "plan": row.plan_name,
        "signed_by": row.signed_by, "signed_at": _at(row.signed_at),
        "ended_at": _at(row.ended_at), "tasks": row.tasks_total, "done": row.tasks_done,
        "late": row.tasks_late, "evacuated": row.evacuated, "to_evacuate": row.to_evacuate,
    }  # fmt: skip


def _shelters(row: ActivationRow | None) -> Body:
    if row is None:
        return {"assigned": 0, "capacity": 0, "mean_distance_m": None, "gap": None}
    return {
        "assigned": row.assigned, "unplaced": row.unplaced, "capacity": row.capacity,
        "shelters": row.shelters_planned, "mean_distance_m": _round(row.mean_distance_m),
        "gap": _round(row.gap),
    }  # fmt: skip


def _indicators() -> list[Body]:
    return [
        {
            "id": i.id, "name": i.name, "value": _round(i.value), "unit": i.unit,
            "target": _round(i.target), "status": i.status, "numerator": _round(i.numerator),
            "denominator": _round(i.denominator),
        }
        for i in indicators(None)
        if i.measured
    ]  # fmt: skip


def _wall(played: Played, done: Sequence[RunRow]) -> Body:
    alarm = sorted(played.wall.frame_to_alarm_s)
    draft = played.wall.alarm_to_draft_s
    return {
        "total_s": round(played.wall.total_s, 3),
        "frame_to_alarm_p50_s": _percentile(alarm, 50),
        "frame_to_alarm_p99_s": _percentile(alarm, 99),
        "alarm_to_draft_s": round(draft[0], 3) if draft else None,
        "forecasts_s": [round(run.wall.get("total_s", 0.0), 3) for run in done],
    }


def _percentile(values: Sequence[float], share: int) -> float | None:
    if not values:
        return None
    if len(values) == 1:
        return round(values[0], 4)
    return round(quantiles(values, n=100, method="inclusive")[share - 1], 4)


def _at(instant: datetime | None) -> str | None:
    return None if instant is None else instant.astimezone(CHINA).isoformat()


def _round(value: Any) -> Any:
    return round(value, DECIMALS) if isinstance(value, float) else value
