"""A stand-in for the pool of models: it answers at once with a made-up flood of named communities.

FAKED, so that a whole evening can be lived through in seconds: hydrograph, depths and outlines are
invented. Requests, leases, events and everything after them are the platform's own.
"""

import json
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import shapely

from anlan.backbone.jobs import Finished
from anlan.operations.forecasts.models import Reach, StageLibrary
from anlan.operations.forecasts.rules.communities import COMMUNITIES_FILE
from anlan.operations.forecasts.rules.frames import FRAMES_FILE, write_frames
from anlan.operations.forecasts.rules.inundation import Course, Water
from anlan.operations.forecasts.rules.stages import PART, part_file, parts_of, stages_of, write_land
from anlan.operations.forecasts.rules.store import Store
from anlan.operations.territory.queries import outlines
from anlan.terrain.crs import to_metric
from anlan.terrain.grid import Grid

HOURS = 24
FRAMES = 3
CORNERS = ((106.42, 29.61), (106.48, 29.61), (106.48, 29.54), (106.42, 29.54))


class StandInJobs:
    """The pool's door; `crests` are the crests it forecasts, run after run (m, the gauge's)."""

    def __init__(self, crests, communities):
        self._crests = list(crests)
        self._communities = tuple(communities)
        self._done = {}

    def submit(self, key, function, arguments, *, spare=False):
        crest = self._crests.pop(0) if len(self._crests) > 1 else self._crests[0]
        self._done[key] = Finished(key, answer_of(arguments, crest, self._communities))

    def running(self):
        return set(self._done)

    def finished(self, wait_s=0.0):
        done, self._done = list(self._done.values()), {}
        return done

    def close(self):
        pass


def answer_of(arguments, crest_m, communities):
    issued_at = datetime.fromisoformat(arguments["issued_at"])
    folder = Path(arguments["folder"])
    folder.mkdir(parents=True, exist_ok=True)
    crest_at = issued_at + timedelta(hours=9)
    return {
        "datum": arguments["gauges"]["station"]["datum"],
        "crest": {"at": crest_at.isoformat(), "stage_m": crest_m, "levels_off": False},
        "hydrograph": _curve(issued_at, crest_m),
        "method": {
            "routing": "muskingum", "stage": "backwater", "upstream": "trend",
            "downstream": "trend", "correction_m": 0.12,
            "inundation": "shallow_water", "cell_m": 40.0,
            "horizon_h": HOURS, "levels_off": False, "at_gauge_m": 0.1,
        },
        "flood": _flood(arguments, folder, issued_at, communities),
        "wall": {"river_s": 0.1, "total_s": 0.2},
    }  # fmt: skip


def whole_library(home):
    """A stage library of the reach: dry land at its lowest stage, a metre of water on the next.

    FAKED like the runs: only its first maps and its last are there, which is enough for the lowest
    stages.
    """
    table = Reach.objects.get(code="jialing").settings["stages"]
    parts = {}
    x, y = to_metric(CORNERS[0][0], CORNERS[0][1])
    for first in parts_of(table):
        parts[str(first)] = {
            "first": first, "reached_m": stages_of(table)[first : first + PART].tolist(),
            "x0": float(x), "y0": float(y), "cell_m": 40.0, "rows": 12, "columns": 4,
            "corners": CORNERS,
        }  # fmt: skip
    row, _ = StageLibrary.objects.update_or_create(
        reach="jialing", terrain_version="faked", defaults={"parts": parts, "folder": "faked"}
    )
    maps = np.zeros((PART, 2, 12, 4), dtype=np.uint16)
    maps[1:] = 1000
    (home / "faked").mkdir(exist_ok=True)
    for first in (0, parts_of(table)[-1]):
        np.save(part_file(home / "faked", first), maps)
    write_land(home / "faked", np.full((12, 4), 178.0, dtype=np.float32), np.zeros((12, 4), bool))
    return row.pk


def _curve(issued_at, crest_m):
    lead = np.arange(HOURS + 1.0)
    stage = crest_m - 0.03 * (lead - 9.0) ** 2

    def metres(spread):
        return [round(float(value), 3) for value in stage + spread * (0.1 + lead / HOURS)]

    return {
        "at": [(issued_at + timedelta(hours=float(hour))).isoformat() for hour in lead],
        "stage": metres(0.0), "discharge": [30000.0 + 10.0 * float(hour) for hour in lead],
        "low50": metres(-0.2), "high50": metres(0.2), "low90": metres(-0.5), "high90": metres(0.5),
    }  # fmt: skip


def _flood(arguments, folder, issued_at, communities):
    stored = np.load(arguments["exposure"])
    codes = stored["community_code"][stored["community"]]
    names = dict(zip(stored["community_code"].tolist(), stored["community_name"].tolist(),
                     strict=True))  # fmt: skip
    hit = np.isin(codes, communities)
    arrival = issued_at + timedelta(hours=3)
    depths = np.linspace(0.2, 2.4, int(hit.sum()))
    np.savez(
        folder / "households.npz", household_id=stored["household_id"][hit], depth_m=depths,
        arrival_s=np.full(depths.size, arrival.timestamp()),
    )  # fmt: skip
    write_frames(folder / FRAMES_FILE, np.tile(np.arange(6, dtype=np.uint8), (FRAMES, 12, 4)))
    _store(folder, issued_at, [(code, names[code]) for code in communities])
    _outlines(folder, communities)
    rows = [_community(code, names[code], stored, codes == code, arrival) for code in communities]
    return {
        "frames": [(issued_at + timedelta(hours=6 * n)).isoformat() for n in range(FRAMES)],
        "corners": CORNERS, "schematic": True, "area_m2": 1_250_000.0, "at_gauge_m": 0.1,
        "impact": {
            "people": sum(row["people"] for row in rows),
            "unsafe": sum(row["unsafe"] for row in rows),
            "households": sum(row["households"] for row in rows),
            "people_by_class": np.sum([row["by_class"] for row in rows], axis=0).tolist(),
            "communities": rows, **_things(stored, communities, arrival),
        },
    }  # fmt: skip


def _store(folder, issued_at, communities):
    """A metre of water everywhere at every time, three in the river along the western edge."""
    x, y = to_metric(CORNERS[0][0], CORNERS[0][1])
    grid = Grid(np.full((24, 9), 190.0, dtype=np.float32), float(x), float(y), 650.0)
    river = np.zeros((24, 9), dtype=bool)
    river[:, 0] = True
    flat, nowhere = np.ones((24, 9), dtype=np.float32), np.zeros((0, 2))
    course = Course(grid, nowhere, nowhere[:, 0], flat, river, (0, 0))
    depth = np.where(river, np.float32(3.0), flat)
    store = Store(folder, course, 6.0 * np.arange(FRAMES), issued_at)
    for _ in range(FRAMES):
        store.keep(depth)
    store.finish(Water(flat, depth, flat, flat, flat, 0.0, 0.0, 0))
    series = [
        {"code": code, "name": name, "people": [9] * FRAMES, "depth_m": [1.0] * FRAMES,
         "level_m": [191.0] * FRAMES}
        for code, name in communities
    ]  # fmt: skip
    at = [(issued_at + timedelta(hours=6 * n)).isoformat() for n in range(FRAMES)]
    (folder / COMMUNITIES_FILE).write_text(json.dumps({"at": at, "communities": series}))


def _community(code, name, stored, here, arrival):
    people = int(stored["people"][here].sum())
    half = people // 2
    return {
        "code": code, "name": name, "people": people, "households": int(here.sum()),
        "needs_help": int(stored["needs_help"][here].sum()), "max_depth_m": 2.4, "unsafe": half,
        "max_speed_ms": 0.8,
        "by_class": [people - 2 * half, half, half, 0, 0], "arrival_at": arrival.isoformat(),
    }  # fmt: skip


def _things(stored, communities, arrival):
    road, site = str(stored["road_code"][0]), int(np.argmax(stored["site_kind"] == "camera"))
    return {
        "roads": [{
            "code": road, "name": str(stored["road_name"][0]),
            "grade": str(stored["road_grade"][0]), "length_m": 320.0, "max_depth_m": 0.7,
            "arrival_at": arrival.isoformat(),
        }],
        "sites": [{
            "code": str(stored["site_code"][site]), "kind": str(stored["site_kind"][site]),
            "name": str(stored["site_name"][site]), "area_code": communities[0],
            "max_depth_m": 0.6, "arrival_at": None,
        }],
    }  # fmt: skip


def _outlines(folder, communities):
    shapes = outlines("community")
    parts = [shapes[code].buffer(-0.0005) for code in communities]
    features = [
        {"type": "Feature", "properties": {"class": 2 + n % 3},
         "geometry": shapely.geometry.mapping(part)}
        for n, part in enumerate(parts) if not part.is_empty
    ]  # fmt: skip
    whole = shapely.geometry.mapping(shapely.union_all(parts))
    band = [{"type": "Feature", "properties": {"extent": "p90"}, "geometry": whole}]
    for name, listed in (("extent", features), ("band", band)):
        body = {"type": "FeatureCollection", "features": listed}
        (folder / f"{name}.geojson").write_text(json.dumps(body), encoding="utf-8")
