"""What a device says and what it is told: Reading, Fix, Command.

What goes through the spool by the thousand is a `Struct`: made and written in a tenth of the time.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from anlan.vocabulary.datum import Datum


class Element(StrEnum):
    """What is measured. The unit is fixed by the element."""

    STAGE = "stage"  # m above the series' datum
    STAGE_UPSTREAM = "stage_upstream"  # m above the datum, before a dam, a sluice, a pump house
    STAGE_DOWNSTREAM = "stage_downstream"  # m above the datum, behind it
    STAGE_INTAKE_1 = "stage_intake_1"  # m above the datum, at intake or outlet 1
    STAGE_INTAKE_2 = "stage_intake_2"  # m above the datum, at intake or outlet 2
    STAGE_INTAKE_3 = "stage_intake_3"  # m above the datum, at intake or outlet 3
    STAGE_INTAKE_4 = "stage_intake_4"  # m above the datum, at intake or outlet 4
    STAGE_INTAKE_5 = "stage_intake_5"  # m above the datum, at intake or outlet 5
    STAGE_INTAKE_6 = "stage_intake_6"  # m above the datum, at intake or outlet 6
    STAGE_INTAKE_7 = "stage_intake_7"  # m above the datum, at intake or outlet 7
    STAGE_INTAKE_8 = "stage_intake_8"  # m above the datum, at intake or outlet 8
    STAGE_RELATIVE_1 = "stage_relative_1"  # m above base 1 that is set in the device
    STAGE_RELATIVE_2 = "stage_relative_2"  # m above base 2 that is set in the device
    STAGE_RELATIVE_3 = "stage_relative_3"  # m above base 3 that is set in the device
    STAGE_RELATIVE_4 = "stage_relative_4"  # m above base 4 that is set in the device
    STAGE_RELATIVE_5 = "stage_relative_5"  # m above base 5 that is set in the device
    STAGE_RELATIVE_6 = "stage_relative_6"  # m above base 6 that is set in the device
    STAGE_RELATIVE_7 = "stage_relative_7"  # m above base 7 that is set in the device
    STAGE_RELATIVE_8 = "stage_relative_8"  # m above base 8 that is set in the device
    DISCHARGE = "discharge"  # m³/s
    RAIN_5MIN = "rain_5min"  # mm in the 5 minutes before
    RAIN_HOUR = "rain_hour"  # mm in the hour before
    RAIN_TOTAL = "rain_total"  # mm, running total of the gauge
    BATTERY = "battery"  # V
    SIGNAL = "signal"  # dBm, what the device receives of its network
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
    SUSPENDED_SOLIDS = "suspended_solids"  # mg/L
    PM10 = "pm10"  # µg/m³
    PM2_5 = "pm2_5"  # µg/m³
    TSP = "tsp"  # µg/m³, all suspended particles
    SULFUR_DIOXIDE = "sulfur_dioxide"  # mg/m³
    NITROGEN_DIOXIDE = "nitrogen_dioxide"  # mg/m³
    CARBON_MONOXIDE = "carbon_monoxide"  # mg/m³
    OZONE = "ozone"  # µg/m³
    HUMIDITY = "humidity"  # %, relative
    AIR_PRESSURE = "air_pressure"  # hPa, at the station
    WIND_SPEED = "wind_speed"  # m/s
    WIND_DIRECTION = "wind_direction"  # °, from where it blows, clockwise from north
    VISIBILITY = "visibility"  # m
    SOIL_MOISTURE = "soil_moisture"  # %, by volume
    SOIL_MOISTURE_10 = "soil_moisture_10"  # %, by volume, 10 cm below the ground
    SOIL_MOISTURE_20 = "soil_moisture_20"  # %, by volume, 20 cm below the ground
    SOIL_MOISTURE_30 = "soil_moisture_30"  # %, by volume, 30 cm below the ground
    SOIL_MOISTURE_40 = "soil_moisture_40"  # %, by volume, 40 cm below the ground
    SOIL_MOISTURE_50 = "soil_moisture_50"  # %, by volume, 50 cm below the ground
    SOIL_MOISTURE_60 = "soil_moisture_60"  # %, by volume, 60 cm below the ground
    SOIL_MOISTURE_80 = "soil_moisture_80"  # %, by volume, 80 cm below the ground
    SOIL_MOISTURE_100 = "soil_moisture_100"  # %, by volume, 100 cm below the ground
    PORE_PRESSURE = "pore_pressure"  # kPa
    GROUNDWATER_DEPTH = "groundwater_depth"  # m below the ground
    MUD_LEVEL = "mud_level"  # m above the sensor's zero
    DISPLACEMENT_X = "displacement_x"  # mm since installed, east
    DISPLACEMENT_Y = "displacement_y"  # mm since installed, north
    DISPLACEMENT_Z = "displacement_z"  # mm since installed, up
    CRACK_WIDTH = "crack_width"  # mm
    TILT_X = "tilt_x"  # °, against the vertical, along the sensor's x
    TILT_Y = "tilt_y"  # °, along its y
    ACCELERATION = "acceleration"  # m/s², the greatest since the last report
    STRAIN = "strain"  # µε
    DEFLECTION = "deflection"  # mm, down


STAGE_INTAKES = tuple(Element(f"stage_intake_{n}") for n in range(1, 9))
STAGES_RELATIVE = tuple(Element(f"stage_relative_{n}") for n in range(1, 9))
SOIL_DEPTHS_CM = (10, 20, 30, 40, 50, 60, 80, 100)
SOIL_MOISTURES = tuple(Element(f"soil_moisture_{depth}") for depth in SOIL_DEPTHS_CM)
# Those that mean nothing without the datum of their series.
WITH_DATUM = frozenset(
    {Element.STAGE, Element.STAGE_UPSTREAM, Element.STAGE_DOWNSTREAM, *STAGE_INTAKES}
)

UNITS = {
    **dict.fromkeys((*WITH_DATUM, *STAGES_RELATIVE), "m"),
    **dict.fromkeys(SOIL_MOISTURES, "%"),
    Element.DISCHARGE: "m³/s",
    Element.RAIN_5MIN: "mm",
    Element.RAIN_HOUR: "mm",
    Element.RAIN_TOTAL: "mm",
    Element.BATTERY: "V",
    Element.SIGNAL: "dBm",
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
    Element.SUSPENDED_SOLIDS: "mg/L",
    Element.PM10: "µg/m³",
    Element.PM2_5: "µg/m³",
    Element.TSP: "µg/m³",
    Element.SULFUR_DIOXIDE: "mg/m³",
    Element.NITROGEN_DIOXIDE: "mg/m³",
    Element.CARBON_MONOXIDE: "mg/m³",
    Element.OZONE: "µg/m³",
    Element.HUMIDITY: "%",
    Element.AIR_PRESSURE: "hPa",
    Element.WIND_SPEED: "m/s",
    Element.WIND_DIRECTION: "°",
    Element.VISIBILITY: "m",
    Element.SOIL_MOISTURE: "%",
    Element.PORE_PRESSURE: "kPa",
    Element.GROUNDWATER_DEPTH: "m",
    Element.MUD_LEVEL: "m",
    Element.DISPLACEMENT_X: "mm",
    Element.DISPLACEMENT_Y: "mm",
    Element.DISPLACEMENT_Z: "mm",
    Element.CRACK_WIDTH: "mm",
    Element.TILT_X: "°",
    Element.TILT_Y: "°",
    Element.ACCELERATION: "m/s²",
    Element.STRAIN: "µε",
    Element.DEFLECTION: "mm",
}


class Reading(Struct, frozen=True, array_like=True, gc=False):
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


class Span(StrEnum):
    """The kinds of period over which an instrument states means and extremes."""

    MINUTES = "minutes"  # of the length that is set in the instrument, 5 to 30 minutes
    HOUR = "hour"
    DAY = "day"


class PeriodValue(Struct, frozen=True, array_like=True, gc=False):
    """What an instrument states of a whole period: never a reading of a moment.

    `at` names the period as the instrument does (HJ 212: DataTime, its beginning); the figures are
    in the element's unit, None where it said none or said that it was out of order.
    """

    device: str
    element: Element
    span: Span
    at: datetime
    low: float | None = None
    mean: float | None = None
    high: float | None = None


class Picture(Struct, frozen=True, array_like=True, gc=False):
    """A picture that a device took `at` a time: a JPEG, as it came."""

    device: str
    at: datetime
    body: bytes


class Position(Struct, frozen=True, array_like=True, gc=False):
    """A place in CGCS2000 (EPSG:4490), degrees."""

    lon: float
    lat: float


class Fix(Struct, frozen=True, array_like=True, gc=False):
    """Where a vehicle was `at` a time. Altitude m, speed km/h, heading ° clockwise from north.

    Without `located` its receiver did not know: the position is the last one it knew, or None. None
    is what the device did not say. `alarm` is the word of its alarm bits then, 0 where all is well.
    """

    device: str
    at: datetime
    position: Position | None
    located: bool
    sent_at: datetime
    altitude_m: float | None = None
    speed_kmh: float | None = None
    heading_deg: float | None = None
    mileage_km: float | None = None
    fuel_l: float | None = None
    alarm: int = 0


class Verb(StrEnum):
    """What every kind of device may be told; a protocol may have verbs of its own beside these."""

    SET_CLOCK = "set_clock"
    SET_INTERVAL = "set_interval"  # argument `seconds`: how often it reports
    ASK_NOW = "ask_now"  # measure and report now
    INSPECT = "inspect"  # ask whoever is on watch beside the device to press its button


@dataclass(frozen=True, slots=True)
class Command:
    """An order to a device, carried down by a gateway before `expires_at`.

    It is one that does no harm when it is said again: a device that did not answer hears it again.

    `id` names it in the device's answer; `verb` is a `Verb` or a word of the device's protocol.
    """

    id: str
    device: str
    verb: str
    expires_at: datetime
    arguments: tuple[tuple[str, str], ...] = ()

    def argument(self, name: str) -> str:
        """An argument as it was given; empty where there is none."""
        return dict(self.arguments).get(name, "")


class Outcome(StrEnum):
    """What became of a command, as the gateway says it."""

    SENT = "sent"  # on its way down, the device has not answered yet
    OK = "ok"
    REFUSED = "refused"  # the device said no, or could not carry it out
    UNSUPPORTED = "unsupported"  # the protocol, or this device's edition of it, has no such order
