"""Terrain where no survey is public: a believable surface from the few facts that are known.

`SchematicFacts` states the facts as data (a district's `terrain.toml`): ridge lines with crest
heights, valley lines with floor heights, rivers with bed, bank and width along their course, flat
terraces, the level between them. `build` makes the one surface that these facts and the seed
determine. Everything made of it is marked schematic; a real DEM replaces it through
`terrain.files.read_dem`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from math import isfinite
from typing import Any, ClassVar, Self

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from scipy import ndimage

from anlan.terrain.crs import to_metric
from anlan.terrain.grid import Grid
from anlan.terrain.lines import Lines32, at_place, nearest_on_line

Position = tuple[float, ...]
Floats = NDArray[np.float64]

_LEVEL_REACH_M = 6000.0
_LEVEL_CORE_M = 1500.0
_BANK_REACH_M = 700.0


class BadFacts(ValueError):
    """A stated terrain fact is missing, has a wrong shape or contradicts itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ridge:
    """A mountain range seen from above.

    points: (lon, lat, crest_m) along the crest, at least two; metres Yellow Sea.
    half_width_m: distance from the crest where half of its rise over the country is left.
    """

    COLUMNS: ClassVar[tuple[str, ...]] = ("lon", "lat", "crest_m")
    name: str
    points: tuple[Position, ...]
    half_width_m: float = 900.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Valley:
    """A broad valley with a flat floor and a stream too small for the grid.

    points: (lon, lat, floor_m) along the axis; floor_width_m: flat part, metres;
    half_width_m: distance from the axis where the surroundings begin unchanged.
    """

    COLUMNS: ClassVar[tuple[str, ...]] = ("lon", "lat", "floor_m")
    name: str
    points: tuple[Position, ...]
    floor_width_m: float = 300.0
    half_width_m: float = 1500.0


@dataclass(frozen=True, slots=True, kw_only=True)
class River:
    """A river that carries the flood, from upstream to downstream.

    points: (lon, lat, bed_m, bank_m, width_m): deepest bed and top of bank in metres Yellow Sea,
    width between the tops of the banks in metres. A line along the middle of the river.
    bank_slope: rise per metre of the land behind the bank (0.12: 12 m in 100 m).
    """

    COLUMNS: ClassVar[tuple[str, ...]] = ("lon", "lat", "bed_m", "bank_m", "width_m")
    name: str
    points: tuple[Position, ...]
    bank_slope: float = 0.12


@dataclass(frozen=True, slots=True, kw_only=True)
class Terrace:
    """A flat bank terrace, such as the old town of Ciqikou.

    outline: (lon, lat) of a polygon, at least three, need not be closed. It rises from `front_m`
    at the side nearest to a river to `back_m` at the farthest (metres Yellow Sea) and blends into
    the country over `edge_m` metres outside its outline. It never fills a river's channel.
    """

    COLUMNS: ClassVar[tuple[str, ...]] = ("lon", "lat")
    name: str
    outline: tuple[Position, ...]
    front_m: float
    back_m: float
    edge_m: float = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SchematicFacts:
    """What is known of a district's terrain, all heights in metres Yellow Sea 1985.

    extent: xmin, ymin, xmax, ymax in EPSG:4544 metres, whole cells are counted from its upper left
    corner; cell_m: grid step. background_m: level of the country between the named things;
    levels: optional (lon, lat, level_m) that bend this level smoothly from place to place.
    hills_m, hill_length_m: typical height and spacing of the small hills. Positions are longitude
    and latitude, EPSG:4490. Rivers cut through everything, terraces lie on river banks, valleys
    cut ridges, ridges stand on the country.
    """

    extent: tuple[float, float, float, float]
    cell_m: float
    background_m: float
    seed: int
    levels: tuple[Position, ...] = ()
    hills_m: float = 25.0
    hill_length_m: float = 700.0
    ridges: tuple[Ridge, ...] = ()
    valleys: tuple[Valley, ...] = ()
    rivers: tuple[River, ...] = ()
    terraces: tuple[Terrace, ...] = ()

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, Any]) -> Self:
        """Facts as a TOML file gives them: the field names above, `ridges` etc. as tables.

        Raises `BadFacts` naming the place and what is wrong with it.
        """
        known = _known_fields(cls, mapping, "terrain")
        for key, kind in _TABLES.items():
            rows = known.get(key, ())
            if not isinstance(rows, Sequence) or isinstance(rows, str):
                raise BadFacts(f"terrain.{key}: a list of tables is expected")
            known[key] = tuple(
                _table(kind, row, f"terrain.{key}[{index}]") for index, row in enumerate(rows)
            )
        known["levels"] = _positions(
            known.get("levels", ()), ("lon", "lat", "level_m"), 0, "terrain.levels"
        )
        known["extent"] = _extent(known["extent"])
        facts = cls(**known)
        _refuse_impossible(facts)
        return facts


_TABLES: dict[str, type] = {
    "ridges": Ridge,
    "valleys": Valley,
    "rivers": River,
    "terraces": Terrace,
}


def _known_fields(kind: type, mapping: Any, place: str) -> dict[str, Any]:
    """The mapping with every field known, present and of its type."""
    if not isinstance(mapping, Mapping):
        raise BadFacts(f"{place}: a table is expected, not {type(mapping).__name__}")
    declared = {field.name: field for field in fields(kind)}
    if strange := sorted(set(mapping) - set(declared)):
        raise BadFacts(f"{place}: unknown {', '.join(strange)}; known: {', '.join(declared)}")
    known: dict[str, Any] = {}
    for name, field in declared.items():
        if name not in mapping:
            if field.default is MISSING:
                raise BadFacts(f"{place}: {name} is missing")
            continue
        known[name] = _scalar(mapping[name], field.type, f"{place}.{name}")
    return known


def _scalar(value: Any, wanted: Any, place: str) -> Any:
    if wanted is str:
        if not isinstance(value, str) or not value.strip():
            raise BadFacts(f"{place}: a name is expected, not {value!r}")
        return value
    if wanted is not float and wanted is not int:
        return value
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise BadFacts(f"{place}: a number is expected, not {value!r}")
    return wanted(value)


def _positions(
    rows: Any, columns: tuple[str, ...], at_least: int, place: str
) -> tuple[Position, ...]:
    if not isinstance(rows, Sequence) or isinstance(rows, str) or len(rows) < at_least:
        raise BadFacts(f"{place}: at least {at_least} of [{', '.join(columns)}] are expected")
    result = []
    for index, row in enumerate(rows):
        here = f"{place}[{index}]"
        if not isinstance(row, Sequence) or isinstance(row, str) or len(row) != len(columns):
            raise BadFacts(f"{here}: [{', '.join(columns)}] is expected, not {row!r}")
        position = tuple(float(_scalar(v, float, here)) for v in row)
        if not (70 < position[0] < 140 and 3 < position[1] < 54):
            raise BadFacts(f"{here}: {position[:2]} is not a longitude and latitude in China")
        result.append(position)
    return tuple(result)


def _table(kind: type, row: Any, place: str) -> Any:
    known = _known_fields(kind, row, place)
    key, at_least = ("outline", 3) if kind is Terrace else ("points", 2)
    columns: tuple[str, ...] = kind.COLUMNS  # type: ignore[attr-defined]
    known[key] = _positions(known[key], columns, at_least, f"{place}.{key}")
    return kind(**known)


def _extent(value: Any) -> tuple[float, float, float, float]:
    if not isinstance(value, Sequence) or isinstance(value, str) or len(value) != 4:
        raise BadFacts("terrain.extent: [xmin, ymin, xmax, ymax] is expected")
    xmin, ymin, xmax, ymax = (float(_scalar(v, float, "terrain.extent")) for v in value)
    if not (xmin < xmax and ymin < ymax):
        raise BadFacts("terrain.extent: xmin < xmax and ymin < ymax are expected")
    if abs(xmax) < 1000:
        raise BadFacts("terrain.extent: metres of EPSG:4544 are expected, these are degrees")
    return xmin, ymin, xmax, ymax


def _refuse_impossible(facts: SchematicFacts) -> None:
    if facts.cell_m <= 0 or facts.hill_length_m <= 0:
        raise BadFacts("terrain: cell_m and hill_length_m are positive")
    for river in facts.rivers:
        for lon, lat, bed, bank, width in river.points:
            if bed >= bank or width <= 0:
                raise BadFacts(f"{river.name} at {lon}, {lat}: bed_m < bank_m and width_m > 0")
    for terrace in facts.terraces:
        if terrace.front_m > terrace.back_m or terrace.edge_m <= 0:
            raise BadFacts(f"{terrace.name}: front_m <= back_m and edge_m > 0")
    for width in [ridge.half_width_m for ridge in facts.ridges] + [
        valley.half_width_m - valley.floor_width_m / 2 for valley in facts.valleys
    ]:
        if width <= 0:
            raise BadFacts("terrain: a ridge or valley needs a positive width")


def build(facts: SchematicFacts) -> Grid:
    """The terrain that the facts and the seed determine; the same bits for the same input.

    A district of 27 km x 29 km at 20 m takes a few seconds.
    """
    xmin, ymin, xmax, ymax = facts.extent
    columns = max(1, round((xmax - xmin) / facts.cell_m))
    rows = max(1, round((ymax - ymin) / facts.cell_m))
    empty = Grid(np.zeros((rows, columns), dtype=np.float32), xmin, ymax, facts.cell_m)
    x, y = empty.centres()
    noise = _noise(facts, x, y)
    country = _country(facts, x, y)
    z = country + facts.hills_m * noise
    z = z + _ridge_rise(facts.ridges, x, y, country, noise)
    for valley in facts.valleys:
        z = _cut_valley(valley, x, y, z, noise)
    courses = [(river, *nearest_on_line(x, y, _metric(river.points))) for river in facts.rivers]
    for river, distance, place in courses:
        z = _lean_to_bank(river, distance, place, z)
    for terrace in facts.terraces:
        z = _lay_terrace(terrace, courses, x, y, z)
    for river, distance, place in courses:
        z = _dig_channel(river, distance, place, z)
    return Grid(z.astype(np.float32), xmin, ymax, facts.cell_m)


def _metric(points: Sequence[Position]) -> Floats:
    table = np.array([point[:2] for point in points], dtype=np.float64)
    return np.stack(to_metric(table[:, 0], table[:, 1]), axis=1)


def _column(points: Sequence[Position], index: int) -> Floats:
    return np.array([point[index] for point in points], dtype=np.float64)


def _ease(share: ArrayLike) -> Floats:
    """0 at 0, 1 at 1, level at both ends."""
    t = np.clip(np.asarray(share, dtype=np.float64), 0.0, 1.0)
    return np.asarray(t * t * (3.0 - 2.0 * t))


def _noise(facts: SchematicFacts, x: Floats, y: Floats) -> Floats:
    """Small hills of typical height one: smooth random lattices of falling spacing, added."""
    random = np.random.default_rng(facts.seed)
    total = np.zeros((y.size, x.size))
    for octave in range(4):
        spacing = facts.hill_length_m / 2**octave
        across, down = (x - x[0]) / spacing + 2.0, (y[0] - y) / spacing + 2.0
        lattice = random.standard_normal((int(down[-1]) + 5, int(across[-1]) + 5))
        smooth = ndimage.map_coordinates(
            lattice, np.meshgrid(down, across, indexing="ij"), order=3, mode="nearest"
        )
        total += 0.45**octave * smooth
    return total


def _country(facts: SchematicFacts, x: Floats, y: Floats) -> Floats:
    """The level between the named things, bent towards the stated levels near them."""
    level = np.full((y.size, x.size), facts.background_m)
    if not facts.levels:
        return level
    places, wanted = _metric(facts.levels), _column(facts.levels, 2)
    weight_sum = np.full_like(level, 1.0 / _LEVEL_REACH_M**2)
    level *= weight_sum
    for (px, py), value in zip(places, wanted, strict=True):
        weight = 1.0 / ((x[None, :] - px) ** 2 + (y[:, None] - py) ** 2 + _LEVEL_CORE_M**2)
        level += weight * value
        weight_sum += weight
    return np.asarray(level / weight_sum)


def _frayed(distance: Lines32, width_m: float, noise: Floats) -> Floats:
    """A distance whose contours wander by a fifth of the width: nothing natural is ruled."""
    return np.maximum(distance + 0.2 * width_m * noise, 0.0)


def _ridge_rise(
    ridges: Sequence[Ridge], x: Floats, y: Floats, country: Floats, noise: Floats
) -> Floats:
    """What ridges add: all at the crest, half at the half width; the highest ridge wins."""
    highest = np.zeros_like(country)
    for ridge in ridges:
        distance, place = nearest_on_line(x, y, _metric(ridge.points))
        crest = at_place(place, _column(ridge.points, 2))
        away = _frayed(distance, ridge.half_width_m, noise) / ridge.half_width_m
        highest = np.maximum(highest, (crest - country) * np.exp2(-(away**2)))
    return highest


def _cut_valley(valley: Valley, x: Floats, y: Floats, z: Floats, noise: Floats) -> Floats:
    """A flat floor, and sides that ease up to the surroundings; never a wall in the way."""
    distance, place = nearest_on_line(x, y, _metric(valley.points))
    floor = at_place(place, _column(valley.points, 2))
    flat = valley.floor_width_m / 2.0
    away = _frayed(distance, valley.half_width_m - flat, noise)
    share = 1.0 - _ease((away - flat) / (valley.half_width_m - flat))
    return np.asarray(z + (floor + 0.04 * (z - floor) - z) * share)


def _lean_to_bank(river: River, distance: Lines32, place: Lines32, z: Floats) -> Floats:
    """Land behind the bank rises no faster than the bank slope, and never lies below the bank."""
    bank = at_place(place, _column(river.points, 3))
    behind = np.maximum(distance - at_place(place, _column(river.points, 4)) / 2.0, 0.0)
    slope = bank + river.bank_slope * behind
    share = 1.0 - _ease(behind / _BANK_REACH_M)
    near = np.minimum(z, slope)
    return np.asarray(np.where(share > 0.0, np.maximum(near, bank), z) * share + z * (1.0 - share))


def _lay_terrace(
    terrace: Terrace,
    courses: Sequence[tuple[River, Lines32, Lines32]],
    x: Floats,
    y: Floats,
    z: Floats,
) -> Floats:
    outline = shapely.Polygon(_metric(terrace.outline))
    reach = outline.buffer(terrace.edge_m).bounds
    cols = np.flatnonzero((x >= reach[0]) & (x <= reach[2]))
    rows = np.flatnonzero((y >= reach[1]) & (y <= reach[3]))
    if cols.size == 0 or rows.size == 0:
        return z
    here = np.s_[rows[0] : rows[-1] + 1, cols[0] : cols[-1] + 1]
    px, py = np.meshgrid(x[cols], y[rows])
    outside = shapely.distance(outline, shapely.points(px, py))
    share = 1.0 - _ease(outside / terrace.edge_m)
    from_river = np.zeros_like(share)
    if courses:
        from_river = np.min([distance[here] for _, distance, _ in courses], axis=0)
    inside = outside == 0.0
    if not inside.any():
        return z
    front, back = from_river[inside].min(), from_river[inside].max()
    rise = np.clip((from_river - front) / max(back - front, 1.0), 0.0, 1.0)
    flat = terrace.front_m + (terrace.back_m - terrace.front_m) * rise
    result = z.copy()
    result[here] = z[here] * (1.0 - share) + (flat + 0.02 * (z[here] - flat)) * share
    return result


def _dig_channel(river: River, distance: Lines32, place: Lines32, z: Floats) -> Floats:
    """Between the banks: a flat bed with steep sides, z = bed + (bank - bed) (2 d / width)^4."""
    bed, bank, width = (at_place(place, _column(river.points, k)) for k in (2, 3, 4))
    across = np.minimum(2.0 * distance / width, 1.0)
    channel = bed + (bank - bed) * across**4
    return np.where(2.0 * distance <= width, np.minimum(channel, z), z)
