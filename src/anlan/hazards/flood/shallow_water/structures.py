"""What carries water past the ground: culverts, weirs, gates, pumps; each from a cell to another
cell or to the outside. Levels in the datum of the ground, lengths in metres."""

from dataclasses import dataclass, fields
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from anlan.hazards.flood.shallow_water.series import BadCase, Floats, Given, Series, as_series

Cell = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ends:
    """cell: row and column; to: the other cell, None is outside the grid, where the water stands at
    outside_m (None: so low that it is not felt, and none comes in)."""

    cell: Cell
    to: Cell | None = None
    outside_m: Given | None = None

    def __post_init__(self) -> None:
        if self.to is not None and self.outside_m is not None:
            raise BadCase("a link ends in a cell or at a level outside, not at both")
        if self.cell == self.to:
            raise BadCase("a link ends in another cell than it begins in")

    def refuse(self, levels: tuple[str, ...] = (), above: tuple[str, ...] = (),
               least: tuple[str, ...] = ()) -> None:  # fmt: skip
        """Refuse what is no number, what is not above nothing, what is less than nothing."""
        for name in (*levels, *above, *least):
            value = getattr(self, name)
            if value is None:
                continue
            small = (name in above and value <= 0) or (name in least and value < 0)
            if not isfinite(value) or small:
                raise BadCase(f"{name} of a link is {value}")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Weir(Ends):
    """coefficient: m^0.5/s; one_way: a flap keeps water from coming back."""

    crest_m: float
    width_m: float
    coefficient: float = 1.705
    one_way: bool = False

    def __post_init__(self) -> None:
        super(Weir, self).__post_init__()
        self.refuse(("crest_m",), ("width_m", "coefficient"))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Gate(Ends):
    """A leaf over a sill; opening_m: how high it is lifted, may change over time."""

    sill_m: float
    width_m: float
    opening_m: Given
    coefficient: float = 0.6
    one_way: bool = False

    def __post_init__(self) -> None:
        super(Gate, self).__post_init__()
        self.refuse(("sill_m",), ("width_m", "coefficient"))
        if not (as_series(self.opening_m).value >= 0).all():
            raise BadCase("the opening of a gate is not negative")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Culvert(Ends):
    """width_m: of a box; None: a pipe of diameter height_m. invert_m, invert_to_m: its bottom at
    both ends; manning: s m^(-1/3); entry_loss: share of the velocity head."""

    height_m: float
    length_m: float
    invert_m: float
    invert_to_m: float
    width_m: float | None = None
    manning: float = 0.013
    entry_loss: float = 0.5
    barrels: int = 1
    one_way: bool = False

    def __post_init__(self) -> None:
        super(Culvert, self).__post_init__()
        self.refuse(("invert_m", "invert_to_m"), ("height_m", "width_m", "barrels"),
                    ("length_m", "manning", "entry_loss"))  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class PumpCurve:
    """Discharge (m3/s, not rising) over head (m, rising); nothing above the last head."""

    head_m: Floats
    discharge_m3s: Floats

    def __post_init__(self) -> None:
        head, flow = self.head_m, self.discharge_m3s
        if head.ndim != 1 or head.shape != flow.shape or head.size < 2:
            raise BadCase("a pump's curve has as many discharges as heads, at least two")
        if not (np.isfinite(head).all() and np.isfinite(flow).all()):
            raise BadCase("a pump's curve has no gaps")
        if (np.diff(head) <= 0).any() or (np.diff(flow) > 0).any() or (flow < 0).any():
            raise BadCase("over a pump's rising heads its discharge falls, and is not negative")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pump(Ends):
    """Starts when the water in its cell reaches on_m, stops at off_m, off at the start of the run.

    capacity: m3/s, or a curve over the lift: from the water in its cell to that at the other end or
    to outlet_m, the pipe's end, if that is higher.
    """

    on_m: float
    off_m: float
    capacity: float | PumpCurve
    outlet_m: float | None = None

    def __post_init__(self) -> None:
        super(Pump, self).__post_init__()
        self.refuse(("on_m", "off_m", "outlet_m"))
        if not self.off_m < self.on_m:
            raise BadCase("a pump stops lower than it starts")
        if not isinstance(self.capacity, PumpCurve):
            if not (isfinite(self.capacity) and self.capacity > 0):
                raise BadCase("the capacity of a pump is positive")
            if self.outlet_m is not None:
                raise BadCase("the outlet of a pump counts only with a curve")
        elif self.to is None and self.outlet_m is None and self.outside_m is None:
            raise BadCase("a pump's curve needs a level to lift to")
        if not isinstance(self.capacity, PumpCurve) and self.outside_m is not None:
            raise BadCase("a level outside counts for a pump only with a curve")


Link = Weir | Gate | Culvert | Pump


def refuse_links(links: tuple[Link, ...], inside: NDArray[np.bool_]) -> None:
    """Refuse a link that ends where there is no ground."""
    for link in links:
        for row, column in (link.cell, link.to or link.cell):
            if not (0 <= row < inside.shape[0] and 0 <= column < inside.shape[1]):
                raise BadCase(f"a link ends in ({row}, {column}), outside the grid")
            if not inside[row, column]:
                raise BadCase(f"a link ends in ({row}, {column}), where there is no ground")


def lasting(link: Link) -> str:
    """What of a link does not change over time, to tell whether a state belongs to it."""
    told = [(f.name, getattr(link, f.name)) for f in fields(link)]
    plain = [(name, value) for name, value in told if not isinstance(value, Series | PumpCurve)]
    curve = getattr(link, "capacity", None)
    if isinstance(curve, PumpCurve):
        plain.append(("curve", (curve.head_m.tolist(), curve.discharge_m3s.tolist())))
    return f"{type(link).__name__} {plain}"
