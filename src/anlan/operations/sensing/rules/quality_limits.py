"""What is usual for an element, as data with sources; a district's file says what is usual here.

``[pv]`` marks customary proposals to be verified by the district (`domain.md`): the standards name
the checks, and leave most figures to the place and the instrument.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from anlan.operations.sensing.rules.quality import Allowed, Flag
from anlan.vocabulary.elements import SOIL_MOISTURES, STAGES_RELATIVE, WITH_DATUM, Element

WMO = "WMO-No. 488 App. VI.2 (Zahumenský 2004)"
LONGEST_SAME_H = 48
OFF = {
    "range": Flag.RANGE,
    "step": Flag.STEP,
    "persistence": Flag.PERSISTENCE,
    "neighbour": Flag.NEIGHBOUR,
}


class BadLimits(ValueError):
    """Limits of a district's file that cannot be; the text says which."""


@dataclass(frozen=True, slots=True)
class Limits:
    """When a value is suspect, in the element's unit; None: the check is not made.

    `low`, `high`: the usual range. `same_h`: whole hours after which a value that does not move is
    suspect, except `idle`, at which the element rests. `apart`: how far from the median of the
    gauges within `near_km`.
    """

    low: float | None = None
    high: float | None = None
    allowed: Allowed | None = None
    same_h: int | None = None
    idle: float | None = None
    apart: float | None = None
    near_km: float = 15.0
    source: str = ""

    @property
    def any(self) -> bool:
        """Is there a check that is made?"""
        made = (self.low, self.high, self.allowed, self.same_h, self.apart)
        return any(limit is not None for limit in made)


NONE = Limits()
STAGE = Limits(allowed=Allowed(0.3, 3.0), same_h=24, source="[pv]")
SOIL = Limits(low=0.0, high=70.0, allowed=Allowed(15.0, 15.0), source="[pv]")
LIMITS: dict[str, Limits] = {
    **dict.fromkeys((*WITH_DATUM, *STAGES_RELATIVE), STAGE),
    **dict.fromkeys(SOIL_MOISTURES, SOIL),
    Element.RAIN_5MIN: Limits(
        low=0.0, high=25.0, same_h=3, idle=0.0, apart=15.0, source="[pv]"
    ),
    Element.RAIN_HOUR: Limits(
        low=0.0, high=120.0, same_h=6, idle=0.0, apart=50.0,
        source="[pv] record of the mainland 201.9 mm (Zhengzhou, 2021-07-20)",
    ),
    Element.AIR_TEMPERATURE: Limits(
        low=-30.0, high=46.0, allowed=Allowed(3.0, 4.0), same_h=6, apart=8.0,
        source=f"{WMO}: step 3 °C; WMO-No. 305 ch. 6: 4 °C in 1 h; [pv] range, 6 h, 8 °C",
    ),
    Element.WATER_TEMPERATURE: Limits(
        low=0.0, high=38.0, allowed=Allowed(2.0, 1.0), same_h=24, source="[pv]"
    ),
    Element.PH: Limits(
        low=4.0, high=11.0, allowed=Allowed(1.0, 0.25), same_h=48, source="[pv]"
    ),
    Element.DISSOLVED_OXYGEN: Limits(
        low=0.0, high=20.0, same_h=48,
        source="[pv] saturated fresh water at 0 °C holds 14.6 mg/L (HJ 506-2009 App. A)",
    ),
    Element.CONDUCTIVITY: Limits(low=10.0, high=5_000.0, same_h=48, source="[pv]"),
    Element.TURBIDITY: Limits(low=0.0, high=4_000.0, same_h=48, source="[pv]"),
    Element.COD: Limits(low=0.0, high=1_000.0, same_h=48, source="[pv]"),
    Element.PERMANGANATE: Limits(low=0.0, high=50.0, same_h=48, source="[pv]"),
    Element.AMMONIA_NITROGEN: Limits(low=0.0, high=50.0, same_h=48, source="[pv]"),
    Element.TOTAL_NITROGEN: Limits(low=0.0, high=100.0, same_h=48, source="[pv]"),
    Element.TOTAL_PHOSPHORUS: Limits(low=0.0, high=20.0, same_h=48, source="[pv]"),
    Element.HUMIDITY: Limits(
        low=5.0, high=100.0, allowed=Allowed(15.0, 30.0), same_h=24, idle=100.0,
        source=f"{WMO}: step 10 %; [pv] range, 15 % for 5 min, 24 h except saturated",
    ),
    Element.AIR_PRESSURE: Limits(
        low=870.0, high=1_060.0, allowed=Allowed(1.0, 4.0), same_h=6, source=f"{WMO}; [pv] figures"
    ),
    Element.WIND_SPEED: Limits(
        low=0.0, high=45.0, allowed=Allowed(20.0, 20.0), same_h=6, idle=0.0,
        source=f"{WMO}: step 20 m/s; [pv] range, 6 h except calm",
    ),
    Element.WIND_DIRECTION: Limits(
        low=0.0, high=360.0, same_h=12, source=f"{WMO}: moves 10° in 1 h; [pv] 12 h for calms"
    ),
    Element.SOIL_MOISTURE: SOIL,
    Element.GROUNDWATER_DEPTH: Limits(allowed=Allowed(1.0, 0.5), source="[pv]"),
    Element.MUD_LEVEL: Limits(allowed=Allowed(0.3, 3.0), source="[pv]"),
    Element.DISPLACEMENT_X: Limits(allowed=Allowed(30.0, 10.0), source="[pv]"),
    Element.DISPLACEMENT_Y: Limits(allowed=Allowed(30.0, 10.0), source="[pv]"),
    Element.DISPLACEMENT_Z: Limits(allowed=Allowed(50.0, 10.0), source="[pv]"),
    Element.CRACK_WIDTH: Limits(allowed=Allowed(5.0, 2.0), source="[pv]"),
    Element.TILT_X: Limits(allowed=Allowed(1.0, 0.5), source="[pv]"),
    Element.TILT_Y: Limits(allowed=Allowed(1.0, 0.5), source="[pv]"),
}  # fmt: skip
COMPARED = sorted(element for element, limits in LIMITS.items() if limits.apart is not None)


def limits_of(element: str, here: Mapping[str, Any]) -> Limits:
    """The limits of one series: the element's, with what its district's file says of it.

    `here` may hold ``range`` ([low, high]), ``step`` ([at once, per hour]), ``same_h``, ``apart``,
    ``source`` and ``off`` (checks that are not made here). Raises `BadLimits`.
    """
    try:
        return _limits(LIMITS.get(element, NONE), here)
    except (TypeError, ValueError) as error:
        raise BadLimits(f"{element}: {error}") from error


def _limits(usual: Limits, here: Mapping[str, Any]) -> Limits:
    if not here:
        return usual
    readers = {"range": _range, "step": _step, "same_h": _same, "apart": _apart, "source": _source}
    changed: dict[str, Any] = {}
    for name, said in here.items():
        if name in readers:
            changed |= readers[name](said)
        elif name != "off":
            raise BadLimits(f"unknown limit {name!r}")
    if "apart" in changed and usual.apart is None:
        raise BadLimits("apart is for elements that are compared with neighbours")
    for check in here.get("off", ()):
        changed |= _without(check)
    return replace(usual, **changed)


def _range(said: Any) -> dict[str, Any]:
    low, high = map(float, said)
    if low >= high:
        raise BadLimits("a range goes from low to high")
    return {"low": low, "high": high}


def _step(said: Any) -> dict[str, Any]:
    step = Allowed(*map(float, said))
    if min(step) < 0 or max(step) == 0:
        raise BadLimits("a step is at once and per hour, both positive")
    return {"allowed": step}


def _same(said: Any) -> dict[str, Any]:
    if said not in range(1, LONGEST_SAME_H + 1):
        raise BadLimits(f"same_h is 1 to {LONGEST_SAME_H} whole hours")
    return {"same_h": said}


def _apart(said: Any) -> dict[str, Any]:
    if float(said) <= 0:
        raise BadLimits("apart is positive")
    return {"apart": float(said)}


def _source(said: Any) -> dict[str, Any]:
    return {"source": str(said)}


def _without(check: str) -> dict[str, None]:
    match OFF.get(check):
        case Flag.RANGE:
            return {"low": None, "high": None}
        case Flag.STEP:
            return {"allowed": None}
        case Flag.PERSISTENCE:
            return {"same_h": None}
        case Flag.NEIGHBOUR:
            return {"apart": None}
    raise BadLimits(f"there is no check {check!r} to leave out")
