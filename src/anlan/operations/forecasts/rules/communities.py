"""How deep the water stands in each community at every kept time: the map's slider in words."""

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anlan.operations.forecasts.rules.inundation import WET_M, Course, Heights, as_flood

COMMUNITIES_FILE = "communities.json"


class Communities:
    """Takes the water moment by moment; `exposure` is the territory's file (None: nobody known).

    Of each community and moment: people under water, the depth at its deepest household (m) and
    the water's level there (m Yellow Sea 1985).
    """

    def __init__(self, course: Course, exposure: str | None) -> None:
        self._course = course
        self._rows: list[list[tuple[int, float, float]]] = []
        self._names: list[tuple[str, str]] = []
        if exposure is None:
            return
        with np.load(exposure) as stored:
            codes, names = stored["community_code"], stored["community_name"]
            self._names = [(str(a), str(b)) for a, b in zip(codes, names, strict=True)]
            self._x, self._y = stored["x"], stored["y"]
            self._people = stored["people"]
            self._community = stored["community"].astype(np.int64)
        self._ground = course.grid.sample(self._x, self._y)

    def keep(self, depth: Heights) -> None:
        """Depth of all water above ground, metres, at the next moment."""
        if not self._names:
            return
        flood = as_flood(self._course, depth)
        at = np.nan_to_num(self._course.grid.sample(self._x, self._y, flood))
        hit = np.flatnonzero(at >= WET_M)
        rows = [(0, 0.0, 0.0)] * len(self._names)
        where = self._community[hit]
        people = np.bincount(where, weights=self._people[hit], minlength=len(rows))
        for n in np.unique(where):
            deepest = _deepest(hit[where == n], at)
            depth_m, ground_m = float(at[deepest]), float(self._ground[deepest])
            rows[n] = (int(people[n]), round(depth_m, 2), round(ground_m + depth_m, 2))
        self._rows.append(rows)

    def write(self, folder: Path, times: list[str]) -> None:
        """{at: [...], communities: [{code, name, people: [...], depth_m, level_m}]}: those with
        water at any time; a moment without water has nulls for depth and level."""
        communities = [
            one for n in range(len(self._names))
            if any((one := self._series(n))["people"])
        ]  # fmt: skip
        document = {"at": times, "datum": "yellow_sea", "communities": communities}
        (folder / COMMUNITIES_FILE).write_text(
            json.dumps(document, ensure_ascii=False, separators=(",", ":")), encoding="utf-8"
        )

    def _series(self, n: int) -> dict[str, Any]:
        rows = [moment[n] for moment in self._rows]
        code, name = self._names[n]
        return {
            "code": code, "name": name, "people": [people for people, _, _ in rows],
            "depth_m": [depth if depth else None for _, depth, _ in rows],
            "level_m": [level if depth else None for _, depth, level in rows],
        }  # fmt: skip


def _deepest(households: NDArray[np.int64], depth: NDArray[np.float32]) -> int:
    return int(households[np.argmax(depth[households])])
