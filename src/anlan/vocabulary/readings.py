"""What a device says and what it is told: Reading, Position, Command."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from anlan.vocabulary.datum import Datum


class Element(StrEnum):
    """What is measured. The unit is fixed by the element."""

    STAGE = "stage"  # m above the series' datum
    DISCHARGE = "discharge"  # m³/s
    RAIN_5MIN = "rain_5min"  # mm in the 5 minutes before
    RAIN_HOUR = "rain_hour"  # mm in the hour before
    RAIN_TOTAL = "rain_total"  # mm, running total of the gauge
    BATTERY = "battery"  # V
    AIR_TEMPERATURE = "air_temperature"  # °C
    WATER_TEMPERATURE = "water_temperature"  # °C
    PH = "ph"  # without a unit
    DISSOLVED_OXYGEN = "dissolved_oxygen"  # mg/L
    CONDUCTIVITY = "conductivity"  # µS/cm
    TURBIDITY = "turbidity"  # NTU
    COD = "cod"  # mg/L, chemical oxygen demand by dichromate
    PERMANGANATE = "permanganate"  # mg/L, permanganate index
    AMMONIA_NITROGEN = "ammonia_nitrogen"  # mg/L as N
    TOTAL_NITROGEN = "total_nitrogen"  # mg/L as N
    TOTAL_PHOSPHORUS = "total_phosphorus"  # mg/L as P


UNITS = {
    Element.STAGE: "m",
    Element.DISCHARGE: "m³/s",
    Element.RAIN_5MIN: "mm",
    Element.RAIN_HOUR: "mm",
    Element.RAIN_TOTAL: "mm",
    Element.BATTERY: "V",
    Element.AIR_TEMPERATURE: "°C",
    Element.WATER_TEMPERATURE: "°C",
    Element.PH: "",
    Element.DISSOLVED_OXYGEN: "mg/L",
    Element.CONDUCTIVITY: "µS/cm",
    Element.TURBIDITY: "NTU",
    Element.COD: "mg/L",
    Element.PERMANGANATE: "mg/L",
    Element.AMMONIA_NITROGEN: "mg/L",
    Element.TOTAL_NITROGEN: "mg/L",
    Element.TOTAL_PHOSPHORUS: "mg/L",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """One value of one element of one device.

    `at` is when it was observed, `sent_at` when the device says it sent it; both aware.
    `value` is in the element's unit; None means the device reported "no data".
    """

    device: str
    element: Element
    at: datetime
    value: float | None
    sent_at: datetime
    datum: Datum | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """A place in CGCS2000 (EPSG:4490), degrees."""

    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Command:
    """An order to a device, carried down by a gateway."""

    device: str
    verb: str
    arguments: tuple[tuple[str, str], ...] = ()
