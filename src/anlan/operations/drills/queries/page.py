"""What `report.html` shows: the report again, with its pictures, for people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from anlan.operations.alerts.queries import AlertRow, Funnel, alerts, escalations, funnel
from anlan.operations.assessment.queries import indicators
from anlan.operations.drills.queries.report import issued, widest
from anlan.operations.drills.rules.hydrograph import ForecastCurve, Hydrograph, hydrograph
from anlan.operations.drills.rules.picture import Place, Sheet, bounds, free_spot, polygon_rings
from anlan.operations.drills.rules.played import Played
from anlan.operations.drills.rules.scenario import Input
from anlan.operations.forecasts.queries import RunRow
from anlan.operations.incidents.queries import incident, incidents
from anlan.operations.response.queries import ActivationRow, TaskRow, activations, steps, tasks
from anlan.operations.sensing.queries import alarms, station, thresholds
from anlan.operations.territory.queries import areas, outlines, waters
from anlan.vocabulary.datum import Datum, Stage
from anlan.vocabulary.levels import RESPONSE_WORDS
from anlan.vocabulary.units import area_km2, change_m
from anlan.vocabulary.words import NP_, Term

ALL = 10_000
LABELS = 12
BY_ITSELF = ("EXPIRED", "REJECTED")
DEPTHS = ("0.03–0.3", "0.3–0.5", "0.5–1", "1–2", "≥ 2")

LIMIT_WORDS = {
    "warning": NP_("threshold", "Warning"),
    "guarantee": NP_("threshold", "Guarantee"),
    "red": NP_("threshold", "Red"),
}
DATUM_WORDS = {
    "wusong": NP_("datum", "the Wusong datum"),
    "yellow_sea": NP_("datum", "Yellow Sea 1985"),
}
KIND_WORDS = {
    "alarm": NP_("timeline", "alarm"),
    "forecast": NP_("timeline", "forecast"),
    "alert": NP_("timeline", "alert"),
    "response": NP_("timeline", "response"),
    "incident": NP_("timeline", "event file"),
}
STEP_WORDS = {
    "draft": NP_("alert step", "drafted"),
    "edit": NP_("alert step", "edited"),
    "review": NP_("alert step", "reviewed"),
    "send_back": NP_("alert step", "sent back"),
    "reject": NP_("alert step", "rejected"),
    "sign": NP_("alert step", "signed"),
    "sign_urgent": NP_("alert step", "signed in urgency"),
    "file_papers": NP_("alert step", "papers filed"),
    "municipal_answer": NP_("alert step", "answered by the municipality"),
    "publish": NP_("alert step", "published"),
    "propose_lift": NP_("alert step", "lift proposed"),
    "lift": NP_("alert step", "lifted"),
    "UPDATED": NP_("alert step", "replaced by an update"),
    "LIFTED": NP_("alert step", "lifted"),
    "EXPIRED": NP_("alert step", "expired"),
    "REJECTED": NP_("alert step", "not sent"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the timeline; `kind` chooses its mark."""

    at: datetime
    kind: str
    text: str
    detail: str = ""

    @property
    def kind_word(self) -> str:
        return word(KIND_WORDS, self.kind)


@dataclass(frozen=True, slots=True)
class AlertCard:
    """One alert with its funnel, each step as counts and a share of those targeted."""

    row: AlertRow
    counts: Funnel
    bars: tuple[tuple[str, int, float], ...]
    steps: tuple[tuple[datetime, str, str], ...]


@dataclass(frozen=True, slots=True)
class Water:
    """The drawing of the widest forecast."""

    sheet: Sheet
    depths: tuple[tuple[int, str, str], ...]
    rivers: tuple[tuple[str, float], ...]
    outline: str
    borders: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Late:
    """What was not done in time, who held it, how it ended."""

    since: datetime
    what: str
    who: str
    ended: str


def page(played: Played, body: Mapping[str, Any]) -> dict[str, Any]:
    """The context of the report's template; `body` is what `report.json` says."""
    done = issued()
    chosen = widest(done)
    newest = next(iter(activations(None, limit=1)), None)
    picture, drawing = chart(played, done), water(chosen) if chosen else None
    chinese = (get_language() or "").startswith("zh")
    return {
        "played": played,
        "body": body,
        "title": played.scenario.title if chinese else played.scenario.title_en,
        "chart": picture,
        "days": [replace(tick, text=_day(tick.text)) for tick in picture.days],
        "limits": [(limit, word(LIMIT_WORDS, limit.kind)) for limit in picture.limits],
        "datum": word(DATUM_WORDS, str(_key_input(played).datum)),
        "water": drawing,
        "scale_y": drawing.sheet.height - 24 if drawing else 0,
        "depth_words": list(enumerate(DEPTHS)),
        "widest": chosen,
        "runs": [_run(run) for run in done],
        "timeline": timeline(done),
        "alerts": [_card(row) for row in sorted(alerts(None, limit=ALL), key=lambda a: a.id)],
        "response": newest,
        "response_level": word(RESPONSE_WORDS, newest.level) if newest and newest.level else "",
        "tasks": tasks(newest.id) if newest else [],
        "late": late(newest),
        "indicators": [i for i in indicators(None) if i.measured],
    }


def word(terms: Mapping[Any, Term], code: Any) -> str:
    """The translated term of a code; the code itself where there is none."""
    term = terms.get(code)
    return pgettext(term.context, term.word) if term else str(code)


def _day(text: str) -> str:
    at = datetime.fromisoformat(text)
    return _("%(day)s %(hour)s:00") % {"day": at.day, "hour": f"{at.hour:02d}"}


def _key_input(played: Played) -> Input:
    scenario = played.scenario
    return next(i for i in scenario.inputs if i.station == scenario.key_station)


def _run(run: RunRow) -> dict[str, Any]:
    errors = [
        {"lead_h": e.lead_h, "error": change_m(e.error_m), "qualified": e.qualified}
        for e in run.error_by_lead_time
    ]
    return {
        "issued_at": run.issued_at, "crest_at": run.crest_at, "datum": run.datum,
        "crest_stage_m": run.crest_stage_m, "people": run.people,
        "area_km2": area_km2(run.area_m2), "errors": errors,
    }  # fmt: skip


def chart(played: Played, done: Sequence[RunRow]) -> Hydrograph:
    """Observed stage at the key station with every forecast, in the observed datum."""
    scenario, source = played.scenario, _key_input(played)
    row = station(scenario.key_station)
    offset = (row.offset_m if row else None) or 0.0
    datum = source.datum or Datum.WUSONG

    def metres(values: Sequence[float], at: Sequence[datetime], said: str) -> Any:
        found = [Stage(v, Datum(said)).to(datum, offset).metres for v in values]
        return list(zip(at, found, strict=False))

    curves = [
        ForecastCurve(
            run.issued_at,
            metres(run.hydrograph.stage, run.hydrograph.at, run.datum),
            metres(run.hydrograph.low90, run.hydrograph.at, run.datum),
            metres(run.hydrograph.high90, run.hydrograph.at, run.datum),
        )
        for run in done
    ]
    limits = [
        (limit.kind, Stage(limit.value, Datum(limit.datum)).to(datum, offset).metres)
        for limit in thresholds(scenario.key_station)
        if limit.element == source.element
    ]
    observed = [(p.at, p.value, not p.assumed) for p in scenario.points(source)]
    return hydrograph(observed, curves, limits)


def water(run: RunRow) -> Water | None:
    """The greatest extent of a forecast over rivers and town borders."""
    features = run.max_extent["features"]
    rings = [ring for f in features for ring in polygon_rings(f["geometry"])]
    box = bounds(rings)
    if box is None:
        return None
    sheet = Sheet(box)
    depths = sorted(
        (int(f["properties"]["class"]), sheet.rings(polygon_rings(f["geometry"]))) for f in features
    )
    outline = [list(shape.exterior.coords) for shape in _parts(outlines("district").values())]
    borders = [list(shape.exterior.coords) for shape in _parts(outlines("township").values())]
    return Water(
        sheet,
        tuple((number, DEPTHS[number], path) for number, path in depths),
        tuple(
            (sheet.rings([line.coords], closed=False), max(1.5, w.width_m / 1000 * sheet.km))
            for w in waters()
            for line in _parts([w.geometry])
        ),
        sheet.rings(outline),
        sheet.rings(borders),
        _places(run, sheet),
    )


def _parts(shapes: Any) -> list[Any]:
    return [part for shape in shapes for part in getattr(shape, "geoms", [shape])]


def _places(run: RunRow, sheet: Sheet) -> tuple[Place, ...]:
    """Names of the communities hit, the worst first; one that finds no free spot stays away."""
    centres = {row.code: (row.lon, row.lat) for row in areas(kind="community")}
    placed: list[Place] = []
    for hit in run.communities[:LABELS]:
        if hit.code in centres:
            spot = free_spot(sheet, sheet.point(*centres[hit.code]), placed)
            if spot is not None:
                placed.append(Place(*spot, hit.name, hit.people))
    return tuple(placed)


def timeline(done: Sequence[RunRow]) -> list[Line]:
    """Everything of note in order of time, from the records of each room."""
    lines = [
        Line(
            row.raised_at,
            "alarm",
            f"{row.station_name} {word(LIMIT_WORDS, row.rule)}",
            f"{row.value:g}",
        )
        for row in alarms(None, limit=ALL)
    ]
    lines += [Line(run.issued_at, "forecast", _("Forecast issued"), run.trigger) for run in done]
    for row in alerts(None, limit=ALL):
        lines += [
            Line(s.at, "alert", f"{row.headline} · {word(STEP_WORDS, s.step)}", s.by)
            for s in row.signatures
        ]
        ends = [(row.published_at, "publish"), (row.ended_at, row.state)]
        lines += [
            Line(at, "alert", f"{row.headline} · {word(STEP_WORDS, step)}")
            for at, step in ends
            if at
        ]
    for activation in activations(None):
        lines += [
            Line(s.at, "response", f"{activation.plan_name}: {s.state_word}", s.by)
            for s in steps(activation.id)
        ]
    for found in incidents(None):
        file = incident(found.id)
        lines += [Line(e.at, "incident", e.text, e.by) for e in (file.history if file else [])]
    return sorted(lines, key=lambda line: line.at)


def _card(row: AlertRow) -> AlertCard:
    counts = funnel(row.id)
    rows = (
        (_("Targeted"), counts.targeted), (_("Sent"), counts.sent),
        (_("Delivered"), counts.delivered), (_("Read"), counts.read),
        (_("Confirmed"), counts.acked),
    )  # fmt: skip
    whole = max(counts.targeted, 1)
    steps = [(s.at, word(STEP_WORDS, s.step), s.by) for s in row.signatures if not s.void]
    if row.published_at:
        steps.append((row.published_at, word(STEP_WORDS, "publish"), ""))
    if row.ended_at and row.state != "LIFTED":
        steps.append((row.ended_at, word(STEP_WORDS, row.state), ""))
    bars = tuple((name, n, 100 * n / whole) for name, n in rows)
    return AlertCard(row, counts, bars, tuple(sorted(steps, key=lambda step: step[0])))


def late(response: ActivationRow | None) -> list[Late]:
    """Escalations, tasks past their time and reports past their term, oldest first."""
    rows = [Late(e.raised_at, e.subject, e.to, e.closed_why) for e in escalations()]
    if response is not None:
        rows += [Late(t.due_at, t.title, t.owner_name, _ended(t)) for t in tasks(response.id)
                 if _was_late(t)]  # fmt: skip
    for found in incidents(None):
        file = incident(found.id)
        rows += [
            Late(o.due_at, o.word, found.title, _("met late") if o.met_at else _("not met"))
            for o in (file.obligations if file else [])
            if o.status in ("met_late", "late", "missed")
        ]
    return sorted(rows, key=lambda row: row.since)


def _was_late(task: TaskRow) -> bool:
    return task.late or (task.done_at is not None and task.done_at > task.due_at)


def _ended(task: TaskRow) -> str:
    return _("done late") if task.done_at else _("not done")
