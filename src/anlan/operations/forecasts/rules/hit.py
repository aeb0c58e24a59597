"""Who and what a flood hits, from the territory's exposure file."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anlan.impact import flood as impact

Arrays = Mapping[str, NDArray[Any]]
Row = dict[str, Any]

HOUSEHOLDS_FILE = "households.npz"
# A road is listed when at least so much of it is cut.
LEAST_ROAD_M = 10.0
ALREADY_S = -1.0


def hits(flooding: impact.Flooding, exposure: Path, folder: Path, issued_at: datetime) -> Row:
    """Households, people, communities, roads and sites under water, as plain values.

    The households themselves go to `households.npz` in `folder`: household_id, depth_m,
    arrival_s (seconds since 1970, -1: the water is already there).
    """
    with np.load(exposure) as stored:
        arrays = {name: stored[name] for name in stored.files}
    points = impact.at_points(flooding, arrays["x"], arrays["y"])
    totals = impact.by_community(
        points, arrays["people"], arrays["needs_help"], arrays["community"],
        len(arrays["community_code"]),
    )  # fmt: skip
    begin = issued_at.timestamp()
    np.savez(
        folder / HOUSEHOLDS_FILE,
        household_id=arrays["household_id"][points.index], depth_m=points.depth_m,
        arrival_s=np.where(
            points.arrival_h > 0, begin + 3600.0 * points.arrival_h.astype(np.float64), ALREADY_S
        ),
    )  # fmt: skip
    return {
        "households": len(points.index),
        "people": int(totals.people.sum()),
        "unsafe": int(totals.unsafe.sum()),
        "people_by_class": [int(n) for n in totals.people.sum(axis=0)],
        "communities": _communities(totals, arrays, issued_at),
        "roads": _roads(flooding, arrays, issued_at),
        "sites": _sites(flooding, arrays, issued_at),
    }


def _when(issued_at: datetime, hours: float) -> str | None:
    """When water comes; None: it is already there (or the hour is not known)."""
    if not np.isfinite(hours) or hours <= 0:
        return None
    return (issued_at + timedelta(minutes=round(float(hours) * 60))).isoformat()


def _communities(totals: impact.CommunityTotals, arrays: Arrays, issued_at: datetime) -> list[Row]:
    return [
        {
            "code": str(arrays["community_code"][n]), "name": str(arrays["community_name"][n]),
            "people": int(totals.people[n].sum()), "households": int(totals.households[n]),
            "needs_help": int(totals.needs_help[n]), "unsafe": int(totals.unsafe[n]),
            "max_speed_ms": round(float(totals.max_speed_ms[n]), 2),
            "max_depth_m": round(float(totals.max_depth_m[n]), 2),
            "arrival_at": _when(issued_at, float(totals.first_arrival_h[n])),
            "by_class": [int(count) for count in totals.people[n]],
        }
        for n in np.flatnonzero(totals.households)
    ]  # fmt: skip


def _roads(flooding: impact.Flooding, arrays: Arrays, issued_at: datetime) -> list[Row]:
    """The longest cut first."""
    totals = impact.roads_under(flooding, arrays["road_x"], arrays["road_y"], arrays["road_start"])
    cut = np.flatnonzero(totals.cut_m >= LEAST_ROAD_M)
    return [
        {
            "code": str(arrays["road_code"][n]), "name": str(arrays["road_name"][n]),
            "grade": str(arrays["road_grade"][n]), "length_m": round(float(totals.cut_m[n]), 1),
            "max_depth_m": round(float(totals.max_depth_m[n]), 2),
            "arrival_at": _when(issued_at, float(totals.first_arrival_h[n])),
        }
        for n in sorted(cut, key=lambda n: (-totals.cut_m[n], n))
    ]  # fmt: skip


def _sites(flooding: impact.Flooding, arrays: Arrays, issued_at: datetime) -> list[Row]:
    """The deepest first."""
    points = impact.at_points(flooding, arrays["site_x"], arrays["site_y"])
    rows = [
        {
            "code": str(arrays["site_code"][i]), "kind": str(arrays["site_kind"][i]),
            "name": str(arrays["site_name"][i]), "area_code": str(arrays["site_area"][i]),
            "max_depth_m": round(float(depth), 2), "arrival_at": _when(issued_at, float(arrival)),
        }
        for i, depth, arrival in zip(points.index, points.depth_m, points.arrival_h, strict=True)
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (-row["max_depth_m"], row["code"]))
