"""From a forecast run to the fields of a draft: level, area, communities, words."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import shapely
from shapely.geometry import MultiPolygon

from anlan.operations.alerts.models import Alert
from anlan.operations.alerts.rules import area as areas
from anlan.operations.alerts.rules.book import Book
from anlan.operations.alerts.rules.levels import Judged, Outlook, level_of
from anlan.operations.alerts.rules.texts import Facts, Texts, compose, over
from anlan.operations.alerts.rules.times import expires_at
from anlan.operations.forecasts import queries as forecasts
from anlan.operations.messaging.queries import spoken_chinese
from anlan.operations.sensing.queries import station
from anlan.operations.territory.queries import area_names, outlines
from anlan.vocabulary import clock
from anlan.vocabulary.datum import Datum, Stage

ISSUE = "发布"
PER_TOWNSHIP = 9


@dataclass(frozen=True, slots=True)
class Judgement:
    """A forecast as an alert sees it; `judged` None is below every level."""

    run: forecasts.RunRow
    judged: Judged | None

    @property
    def outlook(self) -> Outlook | None:
        if self.judged is None:
            return None
        return Outlook(
            self.judged.level, self.run.crest_stage_m, self.run.crest_at,
            frozenset(c.code for c in self.run.communities), self.run.households or 0,
        )  # fmt: skip


def judge(run_id: int, book: Book) -> Judgement | None:
    """Judge a run's crest by the district's levels; None when there is no such finished run.

    Raises `DatumMismatch` for a crest in a datum that the station cannot convert.
    """
    run = forecasts.run(run_id)
    if run is None or run.crest_stage_m is None or not run.datum:
        return None
    place = station(book.hazard.station)
    crest = Stage(run.crest_stage_m, Datum(run.datum))
    day = run.issued_at.astimezone(clock.CHINA).date()
    judged = level_of(crest, book.hazard.levels, day, place.offset_m if place else None)
    return Judgement(run, judged)


def outlook_of(alert: Alert) -> Outlook:
    """What the forecast behind an alert said, comparable with a new forecast."""
    said = alert.outlook
    codes = frozenset(said.get("communities", ()))
    return Outlook(
        alert.level, alert.crest_stage_m, alert.crest_at, codes, said.get("households", 0)
    )


def fields_of(run: forecasts.RunRow, judged: Judged, book: Book) -> dict[str, Any]:
    """The columns of a draft from a run, without area and words."""
    low, high = run.crest_band_m or (None, None)
    return {
        "level": judged.level,
        "level_rule": judged.as_record(),
        "run_id": run.id,
        "run_issued_at": run.issued_at,
        "crest_at": run.crest_at,
        "crest_stage_m": run.crest_stage_m,
        "crest_low_m": low,
        "crest_high_m": high,
        "datum": run.datum,
        "outlook": {
            "communities": sorted(c.code for c in run.communities),
            "households": run.households or 0,
        },
        "expires_at": expires_at(run.crest_at, clock.now(), book.hazard),
        "households": run.households or 0,
        "people": run.people or 0,
        "depth": areas.depth_polygons(run.max_extent, book.area),
    }


def area_of(run: forecasts.RunRow, book: Book) -> MultiPolygon | None:
    """The 90 % extent with its margin (else the likely extent); None when all is dry."""
    path = forecasts.path_of(run.folder, "band.geojson")
    extent = json.loads(path.read_text(encoding="utf-8")) if path else run.max_extent
    try:
        return areas.target_area(extent, book.area)
    except areas.EmptyArea:
        return None


def touched(polygon: MultiPolygon | None, within: str) -> list[str]:
    """The communities that an area reaches into."""
    if polygon is None:
        return []
    shapely.prepare(polygon)
    shapes = outlines("community", within)
    return [code for code, shape in shapes.items() if shapely.intersects(polygon, shape)]


def put_area(alert: Alert, polygon: MultiPolygon | None) -> None:
    alert.area_wkb = shapely.to_wkb(polygon) if polygon is not None else b""
    alert.area_m2 = areas.area_m2(polygon) if polygon is not None else 0.0


def put_words(alert: Alert, texts: Texts) -> None:
    alert.headline, alert.title = texts.headline, texts.title
    alert.description, alert.instruction = texts.description, texts.instruction
    alert.message = texts.message


def words_for(alert: Alert, codes: Sequence[str], book: Book) -> Texts:
    """The texts of a draft from the templates, for communities by code."""
    return compose(book, facts_of(alert, codes))


def facts_of(alert: Alert, codes: Sequence[str], act: str = ISSUE) -> Facts:
    """What the templates may say of an alert."""
    rule: Mapping[str, Any] = alert.level_rule
    townships = sorted({code[:PER_TOWNSHIP] for code in codes})
    names = area_names(townships)
    return Facts(
        level=alert.level, act=act, crest_at=alert.crest_at, crest_spoken=_spoken(alert.crest_at),
        stage_m=alert.crest_stage_m, low_m=alert.crest_low_m, high_m=alert.crest_high_m,
        datum=alert.datum,
        over=over(alert.crest_stage_m, rule.get("means", ""), rule.get("above_m")),
        townships=[names.get(code, code) for code in townships], communities=len(codes),
        households=alert.households, people=alert.people, area_m2=alert.area_m2,
    )  # fmt: skip


def _spoken(at: datetime | None) -> str:
    return "时间未定" if at is None else spoken_chinese(at, clock.now())
