"""The stage of a tributary's gauge from its discharge and the stage of the river it meets.

Ciqikou lies on the Jialing some 16.5 km above its mouth; Cuntan lies on the Yangtze 7.5 km below
it. When the Yangtze is high the Jialing backs up, so a rating curve at Ciqikou is worthless: on 20
August 2020 the crest came with Cuntan's, half a day after Beibei had begun to fall. The stage is
found by the standard-step method (Chow 1959, Open-Channel Hydraulics, ch. 10): the steady energy
equation from Cuntan to the mouth with the Yangtze's discharge, then up the Jialing with its own,

    h2 + Q2/(2 g A2^2) = h1 + Q2/(2 g A1^2) + (Sf1 + Sf2)/2 dx,  Sf = n2 Q2 / (A^2 R^(4/3)),

in one trapezoid per river. Each instant is taken as steady: a wave passes the 24 km in about an
hour. Calibration, residuals and validity: `docs/models/backwater.md`.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from anlan.hazards.hydrology.rating import Rating, through
from anlan.vocabulary.datum import Datum, DatumMismatch, Stage

Floats = NDArray[np.float64]

GRAVITY = 9.81
STEP_M = 500.0
_LEAST_DEPTH_M = 0.5
_HIGHEST_RISE_M = 12.0
_HALVINGS = 48
_FEW_HALVINGS = 14  # a millimetre or two in ten metres


class NoBackwaterSolution(ValueError):
    """No water surface of subcritical flow fits: the discharge or the lower stage is absurd."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A river as one prismatic trapezoid.

    bed_m: bed at the lower end, Yellow Sea; bed_slope: rise per metre upstream; width_m: width of
    the bed; side_slope: horizontal per vertical; manning_n: s m^(-1/3), bends and all.
    """

    name: str
    length_m: float
    bed_m: float
    bed_slope: float
    width_m: float
    side_slope: float
    manning_n: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """The way of the backwater: main river below the mouth, tributary above it.

    main_rating: the main river's discharge where its own is not known, by the lower gauge's stage.
    """

    main: Channel
    tributary: Channel
    main_rating: Rating


CIQIKOU = Course(
    main=Channel(
        name="Yangtze, Cuntan to Chaotianmen",
        length_m=7500.0,
        bed_m=142.0,
        bed_slope=0.0,
        width_m=500.0,
        side_slope=3.0,
        manning_n=0.030,
    ),
    tributary=Channel(
        name="Jialing, mouth to Ciqikou",
        length_m=16500.0,
        bed_m=157.0,
        bed_slope=2.0e-4,
        width_m=300.0,
        side_slope=2.05,
        manning_n=0.042,
    ),
    main_rating=through(
        189.98,
        74600.0,
        h0_m=153.71,
        b=1.5,
        datum=Datum.YELLOW_SEA,
        origin="191.47 m Wusong, 74,600 m3/s, 20 Aug 2020 04:00 bulletin",
    ),
)


def area(channel: Channel, depth: Floats) -> Floats:
    """A = (b + m y) y, m2."""
    return np.asarray((channel.width_m + channel.side_slope * depth) * depth)


def hydraulic_radius(channel: Channel, depth: Floats) -> Floats:
    """R = A / P, m."""
    wetted = channel.width_m + 2.0 * depth * np.hypot(1.0, channel.side_slope)
    return np.asarray(area(channel, depth) / wetted)


def friction_slope(channel: Channel, discharge: Floats, depth: Floats) -> Floats:
    """Sf = (n Q / (A R^(2/3)))^2, Manning."""
    conveyance = area(channel, depth) * hydraulic_radius(channel, depth) ** (2.0 / 3.0)
    return np.asarray((channel.manning_n * discharge / conveyance) ** 2)


def velocity_head(channel: Channel, discharge: Floats, depth: Floats) -> Floats:
    """Q2 / (2 g A2), m."""
    return np.asarray((discharge / area(channel, depth)) ** 2 / (2.0 * GRAVITY))


def critical_depth(channel: Channel, discharge: Floats) -> Floats:
    """The depth at which Q2 T = g A3, by bisection; flow here is always deeper."""
    low, high = np.full_like(discharge, 1e-3), np.full_like(discharge, 200.0)
    for _ in range(_HALVINGS):
        depth = 0.5 * (low + high)
        top = channel.width_m + 2.0 * channel.side_slope * depth
        fast = discharge**2 * top > GRAVITY * area(channel, depth) ** 3
        low, high = np.where(fast, depth, low), np.where(fast, high, depth)
    return 0.5 * (low + high)


def _step_up(channel: Channel, discharge: Floats, surface: Floats, bed: float, dx: float) -> Floats:
    """The surface dx upstream: the subcritical root of the energy equation, by bisection."""
    depth = surface - bed
    head = surface + velocity_head(channel, discharge, depth)
    head = head + 0.5 * dx * friction_slope(channel, discharge, depth)
    bed_up = bed + channel.bed_slope * dx
    floor = critical_depth(channel, discharge)
    low = np.maximum(surface - _LEAST_DEPTH_M - bed_up, floor)
    high = np.maximum(surface + _HIGHEST_RISE_M - bed_up, floor + _HIGHEST_RISE_M)
    for _ in range(_HALVINGS):
        depth = 0.5 * (low + high)
        total = bed_up + depth + velocity_head(channel, discharge, depth)
        total = total - 0.5 * dx * friction_slope(channel, discharge, depth)
        short = total < head
        low, high = np.where(short, depth, low), np.where(short, high, depth)
    return np.asarray(bed_up + 0.5 * (low + high))


def surface_line(
    channel: Channel, discharge_m3s: Floats, lower_stage_m: Floats
) -> tuple[Floats, Floats]:
    """Distance from the lower end, shape (k,), and surface there, shape (k, n), Yellow Sea.

    discharge_m3s, lower_stage_m: shape (n,), one column an instant. Raises
    `NoBackwaterSolution` where the lower stage is too low to carry the discharge.
    """
    if (lower_stage_m - channel.bed_m <= critical_depth(channel, discharge_m3s)).any():
        raise NoBackwaterSolution(
            f"{channel.name}: the lower stage is below the critical depth of the discharge"
        )
    count = max(1, round(channel.length_m / STEP_M))
    dx = channel.length_m / count
    surface = [lower_stage_m]
    for index in range(count):
        bed = channel.bed_m + channel.bed_slope * dx * index
        surface.append(_step_up(channel, discharge_m3s, surface[-1], bed, dx))
    distance = np.arange(count + 1, dtype=np.float64) * dx
    return distance, np.stack(surface)


def _mouth(course: Course, lower_m: Floats, main_m3s: ArrayLike | None) -> Floats:
    """The main river's surface at the tributary's mouth."""
    main = course.main_rating.discharge(lower_m, Datum.YELLOW_SEA)
    if main_m3s is not None:
        main = np.broadcast_to(np.asarray(main_m3s, dtype=np.float64), lower_m.shape)
    return np.asarray(surface_line(course.main, main, lower_m)[1][-1])


def _columns(discharge: ArrayLike, lower: ArrayLike, datum: Datum) -> tuple[Floats, Floats]:
    if datum is not Datum.YELLOW_SEA:
        raise DatumMismatch(f"the backwater is computed in yellow_sea, the stage is in {datum}")
    flow, stage_m = np.broadcast_arrays(
        np.atleast_1d(np.asarray(discharge, dtype=np.float64)),
        np.atleast_1d(np.asarray(lower, dtype=np.float64)),
    )
    if flow.ndim != 1 or not (np.isfinite(flow).all() and np.isfinite(stage_m).all()):
        raise ValueError("discharge and lower stage are rows of numbers without gaps")
    if (flow < 0).any():
        raise ValueError("the backwater needs a discharge of at least zero")
    return flow, stage_m


def stages(
    discharge_m3s: ArrayLike,
    lower_stage_m: ArrayLike,
    *,
    datum: Datum,
    course: Course = CIQIKOU,
    main_m3s: ArrayLike | None = None,
) -> Floats:
    """Stage at the tributary's gauge, metres Yellow Sea, shape (n,).

    discharge_m3s: tributary at the gauge, shape (n,) or one; lower_stage_m: main river's gauge,
    same instants, in `datum`, which must be the Yellow Sea (convert by the station's offset:
    `Stage.to`), else `DatumMismatch`. main_m3s: main river's discharge if known.
    """
    flow, lower = _columns(discharge_m3s, lower_stage_m, datum)
    mouth = _mouth(course, lower, main_m3s)
    return np.asarray(surface_line(course.tributary, flow, mouth)[1][-1])


def stage(
    discharge_m3s: float,
    downstream: Stage,
    *,
    course: Course = CIQIKOU,
    main_m3s: float | None = None,
) -> Stage:
    """The stage at the tributary's gauge for one discharge and one Yellow Sea stage below."""
    value = stages(
        discharge_m3s, downstream.metres, datum=downstream.datum, course=course, main_m3s=main_m3s
    )
    return Stage(float(value[0]), Datum.YELLOW_SEA)


def profile(
    discharge_m3s: ArrayLike,
    lower_stage_m: ArrayLike,
    chainage_m: ArrayLike,
    *,
    datum: Datum,
    course: Course = CIQIKOU,
) -> Floats:
    """Water surface along the tributary, metres Yellow Sea, shape (n, k).

    chainage_m: distances above the mouth, shape (k,); beyond the gauge the slope of the last step
    goes on. discharge_m3s and lower_stage_m as for `stages`, shape (n,).
    """
    flow, lower = _columns(discharge_m3s, lower_stage_m, datum)
    line = surface_line(course.tributary, flow, _mouth(course, lower, None))
    return _along(*line, np.asarray(chainage_m, dtype=np.float64))


def profile_at(
    gauge_m: ArrayLike,
    discharge_m3s: ArrayLike,
    chainage_m: ArrayLike,
    *,
    datum: Datum,
    course: Course = CIQIKOU,
) -> Floats:
    """Water surface along the tributary that stands at `gauge_m` at its gauge, by bisection.

    Shapes and units as for `profile`. Where the discharge alone stands higher than that, the lowest
    surface that carries it.
    """
    flow, wanted = _columns(discharge_m3s, gauge_m, datum)
    river = course.tributary
    low = np.minimum(river.bed_m + critical_depth(river, flow) + _LEAST_DEPTH_M, wanted)
    high = wanted.copy()
    for _ in range(_FEW_HALVINGS):
        mouth = 0.5 * (low + high)
        above = surface_line(river, flow, mouth)[1][-1] > wanted
        low, high = np.where(above, low, mouth), np.where(above, mouth, high)
    line = surface_line(river, flow, 0.5 * (low + high))
    return _along(*line, np.asarray(chainage_m, dtype=np.float64))


def _along(distance: Floats, surface: Floats, wanted: Floats) -> Floats:
    """A surface at other places than its own, beyond the gauge by the slope of the last step."""
    last = (surface[-1] - surface[-2]) / (distance[-1] - distance[-2])
    beyond = np.maximum(wanted - distance[-1], 0.0)
    return np.stack(
        [
            np.interp(wanted, distance, column) + slope * beyond
            for column, slope in zip(surface.T, last, strict=True)
        ]
    )


def discharge_for(
    gauge: Stage, downstream: Stage, *, course: Course = CIQIKOU, most_m3s: float = 90000.0
) -> float:
    """The tributary's discharge that a pair of stages means, m3/s, by bisection.

    Raises `NoBackwaterSolution` where the gauge stands lower than still water would.
    """
    low, high = 0.0, most_m3s
    if stage(low, downstream, course=course) - gauge > 0:
        raise NoBackwaterSolution("the gauge stands below the main river: no discharge fits")
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        try:
            above = stage(middle, downstream, course=course) - gauge > 0
        except NoBackwaterSolution:
            above = True
        low, high = (low, middle) if above else (middle, high)
    return 0.5 * (low + high)
