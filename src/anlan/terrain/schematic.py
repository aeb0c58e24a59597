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

Position = tuple[float, ...]


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
