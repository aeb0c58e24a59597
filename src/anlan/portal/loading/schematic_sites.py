"""Made-up sites: the plan's own counts exactly, each where such a thing could stand."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasterio.features import rasterize
from scipy.ndimage import distance_transform_edt, uniform_filter
from shapely.geometry.base import BaseGeometry

from anlan.operations.sensing.actions import station_sites
from anlan.operations.territory.actions import NewSite
from anlan.operations.territory.rules import SiteKind
from anlan.portal.loading.folder import District
from anlan.portal.loading.schematic_areas import metric
from anlan.portal.loading.schematic_ground import OUTSIDE, Cells, Ground, scatter
from anlan.portal.loading.schematic_homes import Livable

Weight = NDArray[np.float64]
Attributes = Callable[["Stage", int], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Stage:
    """What sites are placed by: ground, homes around (smoothed), metres to the next water."""

    district: District
    ground: Ground
    homes: Weight
    to_river_m: Weight
    to_water_m: Weight
    names: dict[str, str]
    rng: np.random.Generator

    @property
    def z(self) -> NDArray[np.float32]:
        return self.ground.grid.z

    def slope_below(self, limit: float) -> NDArray[np.bool_]:
        return np.asarray(self.ground.slope < limit)

    @property
    def inside(self) -> NDArray[np.bool_]:
        return np.asarray(self.ground.community != OUTSIDE)


@dataclass(frozen=True, slots=True)
class Recipe:
    """Where a kind of site stands (weight of every cell), how far apart, and what it is called."""

    kind: SiteKind
    word: str
    apart_m: float
    weight: Callable[[Stage], Weight]
    attributes: Attributes


def set_stage(
    district: District, ground: Ground, homes: Livable, rng: np.random.Generator
) -> Stage:
    names = {community.code: community.name for community in district.communities}
    rivers = [metric(w.line).buffer(w.width_m / 2) for w in district.waters if w.kind == "river"]
    waters = [metric(w.line).buffer(max(w.width_m / 2, 12.0)) for w in district.waters]
    crowd = uniform_filter((homes.weight > 0).astype(np.float64) * homes.weight, 15)
    return Stage(
        district, ground, crowd, _metres_to(ground, rivers), _metres_to(ground, waters), names, rng
    )


def made_up_sites(stage: Stage) -> list[NewSite]:
    """Every kind of the plan in its own number, in the order of the recipes.

    Stations and cameras of the district's files count: so many made-up ones give way to them.
    """
    counts = stage.district.counts
    listed = Counter(site.kind for site in station_sites(stage.district.folder))
    listed[SiteKind.CAMERA.value] += len(stage.district.toml("cameras.toml")["camera"])
    found: list[NewSite] = []
    for recipe in RECIPES:
        count = counts[recipe.kind.value]
        found += _place(stage, recipe, count)[: count - listed[recipe.kind.value]]
    hazards = [site for site in found if site.kind == SiteKind.GEOHAZARD]
    smart = SiteKind.SMART_GEOHAZARD.value
    made_up = _instrumented(stage, hazards, counts[smart])
    return found + made_up[: counts[smart] - listed[smart]]


def loudspeakers(stage: Stage, communities: list[str], each: int = 2) -> list[NewSite]:
    """Posts in the named communities: near the lowest homes, on ground that stays dry."""
    posts: list[NewSite] = []
    index = {code: i for i, code in enumerate(stage.ground.codes)}
    for code in communities:
        low = np.where(stage.ground.community == index[code], stage.homes, 0.0)
        dry = stage.z > float(stage.district.made_up["bank_m"])
        low *= _dry(stage) * np.where(
            dry, np.exp(-np.clip(stage.z - 194.0, 0.0, 200.0) / 6.0), 1e-6
        )
        for number, cell in enumerate(_draw(stage, low, each, 150.0).tolist(), 1):
            posts.append(
                _site(stage, SiteKind.LOUDSPEAKER, f"horn-{code}-{number}",
                      f"{stage.names[code]}广播站{number}", int(cell),
                      {"device": f"{code[4:]}{number:02d}", "range_m": 400})
            )  # fmt: skip
    return posts


def spots(stage: Stage, weight: Weight, count: int, apart_m: float) -> list[tuple[str, int]]:
    """Community and cell of `count` places drawn by weight inside the district."""
    cells = _draw(stage, weight, count, apart_m)
    return [(stage.ground.code_of(int(cell)), int(cell)) for cell in cells]


def _place(stage: Stage, recipe: Recipe, count: int) -> list[NewSite]:
    cells = _draw(stage, recipe.weight(stage), count, recipe.apart_m)
    by_place = sorted(cells.tolist(), key=lambda cell: (stage.ground.code_of(cell), cell))
    several: dict[str, int] = {}
    sites = []
    for number, cell in enumerate(by_place, 1):
        home = stage.names[stage.ground.code_of(cell)]
        several[home] = several.get(home, 0) + 1
        mark = f"{several[home]}号" if several[home] > 1 else ""
        code = f"{recipe.kind.value.replace('_', '-')}-{number:03d}"
        name = f"{home}{mark}{recipe.word}"
        sites.append(_site(stage, recipe.kind, code, name, cell, recipe.attributes(stage, cell)))
    return sites


def _site(
    stage: Stage, kind: SiteKind, code: str, name: str, cell: int, attributes: dict[str, Any]
) -> NewSite:
    lon, lat = stage.ground.lonlat(np.array([cell]))
    return NewSite(
        code=code, kind=kind.value, name=name, area_code=stage.ground.code_of(cell),
        lon=float(lon[0]), lat=float(lat[0]),
        attributes={**attributes, "ground_m": round(float(stage.z.flat[cell]), 1)},
        schematic=True, source=str(stage.district.made_up["note"]),
    )  # fmt: skip


def _instrumented(stage: Stage, hazards: list[NewSite], count: int) -> list[NewSite]:
    """Instruments stand on `count` of the geohazard sites."""
    chosen = np.sort(stage.rng.choice(len(hazards), count, replace=False))
    return [
        NewSite(
            code=f"smart-geohazard-{number:03d}", kind=SiteKind.SMART_GEOHAZARD.value,
            name=f"{hazards[i].name}监测点", area_code=hazards[i].area_code,
            lon=round(hazards[i].lon + 0.00012, 6), lat=hazards[i].lat,
            attributes={"watches": hazards[i].code,
                        "instruments": ["rain", "displacement", "crack"]},
            schematic=True, source=hazards[i].source,
        )
        for number, i in enumerate(chosen.tolist(), 1)
    ]  # fmt: skip


def _draw(stage: Stage, weight: Weight, count: int, apart_m: float) -> Cells:
    inside = np.where(stage.inside, np.nan_to_num(weight), 0.0)
    apart = int(apart_m / stage.ground.grid.cell_m)
    return scatter(inside, count, apart, inside.shape[1], stage.rng)


def _metres_to(ground: Ground, shapes: Sequence[BaseGeometry]) -> Weight:
    grid = ground.grid
    wet = rasterize(
        ((shape, 1) for shape in shapes), out_shape=grid.z.shape, transform=grid.transform,
        dtype=np.uint8,
    )  # fmt: skip
    return np.asarray(distance_transform_edt(wet == 0)) * grid.cell_m


def _dry(stage: Stage) -> NDArray[np.bool_]:
    """Not in a river's channel: above the lowest home."""
    return np.asarray(stage.z > float(stage.district.made_up["lowest_home_m"]))


def _hill_foot(stage: Stage) -> Weight:
    """Gentle ground between 290 and 420 m, in villages rather than in town."""
    foot = np.where((stage.z > 290) & (stage.z < 420) & stage.slope_below(0.25), 1.0, 0.0)
    village = np.array([code[9] == "2" for code in stage.ground.codes] + [False])
    return foot * np.where(village[stage.ground.community], 1.0, 0.02)


def _near_stream(stage: Stage) -> Weight:
    close = np.exp(-stage.to_water_m / 250.0) * (stage.to_river_m > 600)
    return close * (0.05 + stage.homes) * _dry(stage)


def _forest(stage: Stage) -> Weight:
    return np.where((stage.z > 380) & stage.slope_below(0.5), 1.0, 0.0)


def _steep_near_homes(stage: Stage) -> Weight:
    slope = stage.ground.slope
    return np.where((slope > 0.18) & _dry(stage), slope, 0.0) * (0.02 + stage.homes)


def _along_water(stage: Stage) -> Weight:
    bank = (stage.to_river_m > 0) & (stage.to_river_m < 160) & _dry(stage)
    stream = (stage.to_water_m < 60) & (stage.to_river_m > 160)
    return np.where(stream, 1.0, 0.0) + np.where(bank, 2.0, 0.0)


def _waterside(stage: Stage) -> Weight:
    bank = (stage.to_river_m > 0) & (stage.to_river_m < 60)
    return np.where(bank | ((stage.to_water_m < 40) & (stage.to_river_m > 60)), 1.0, 0.0)


def _anywhere(stage: Stage) -> Weight:
    return _dry(stage).astype(np.float64)


def _reservoir(stage: Stage, cell: int) -> dict[str, Any]:
    capacity = int(10 ** stage.rng.uniform(5.05, 6.3)) // 1000 * 1000
    normal = round(float(stage.z.flat[cell]) + 8.0, 1)
    return {
        "capacity_m3": capacity, "class": "small-1" if capacity >= 1_000_000 else "small-2",
        "flood_limit_m": round(normal - 0.8, 1), "normal_m": normal,
        "design_m": round(normal + 1.6, 1), "check_m": round(normal + 2.4, 1),
    }  # fmt: skip


def _flash_flood(stage: Stage, cell: int) -> dict[str, Any]:
    homes = int(stage.rng.integers(4, 60))
    return {"households": homes, "people": int(homes * 2.9), "rain_1h_mm": 40, "rain_3h_mm": 70}


def _geohazard(stage: Stage, cell: int) -> dict[str, Any]:
    homes = int(stage.rng.integers(1, 45))
    form = str(stage.rng.choice(["landslide", "rockfall", "debris_flow"], p=[0.68, 0.26, 0.06]))
    volume = int(10 ** stage.rng.uniform(2.8, 5.0)) // 100 * 100
    return {"form": form, "households": homes, "people": int(homes * 2.9), "volume_m3": volume}


def _checkpoint(stage: Stage, cell: int) -> dict[str, Any]:
    return {"people_on_duty": int(stage.rng.integers(1, 4))}


def _camera(stage: Stage, cell: int) -> dict[str, Any]:
    return {"of": "river" if stage.to_river_m.flat[cell] < 200 else "stream"}


def _quality(stage: Stage, cell: int) -> dict[str, Any]:
    return {"elements": ["ph", "do", "cod", "nh3n"]}


def _weather(stage: Stage, cell: int) -> dict[str, Any]:
    return {"elements": 6}


RECIPES = (
    Recipe(SiteKind.RESERVOIR, "水库", 1400.0, _hill_foot, _reservoir),
    Recipe(SiteKind.FLASH_FLOOD, "山洪危险点", 500.0, _near_stream, _flash_flood),
    Recipe(SiteKind.CHECKPOINT, "防火卡点", 450.0, _forest, _checkpoint),
    Recipe(SiteKind.GEOHAZARD, "地灾点", 240.0, _steep_near_homes, _geohazard),
    Recipe(SiteKind.CAMERA, "视频", 160.0, _along_water, _camera),
    Recipe(SiteKind.WATER_QUALITY, "水质站", 400.0, _waterside, _quality),
    Recipe(SiteKind.WEATHER, "气象站", 3000.0, _anywhere, _weather),
)
