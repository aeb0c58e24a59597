"""Kinds of stations: their words, and what each is mainly there for."""

from anlan.vocabulary.elements import Element
from anlan.vocabulary.words import NP_, Term

WATER_QUALITY, GEOHAZARD, BRIDGE, WEATHER = "water_quality", "geohazard", "bridge", "weather"
VEHICLE, FIRE_UNIT, AIR_QUALITY = "vehicle", "fire_unit", "air_quality"
WITHOUT_SERIES = frozenset({VEHICLE, FIRE_UNIT})  # what such a device states is no curve

KINDS: dict[str, Term] = {
    "stage": NP_("station kind", "Stage stations"),
    "rain": NP_("station kind", "Rain gauges"),
    "weather": NP_("station kind", "Weather stations"),
    WATER_QUALITY: NP_("station kind", "Water-quality stations"),
    AIR_QUALITY: NP_("station kind", "Air-quality stations"),
    GEOHAZARD: NP_("station kind", "Geohazard monitoring points"),
    BRIDGE: NP_("station kind", "Bridge monitoring points"),
    VEHICLE: NP_("station kind", "Vehicles"),
    FIRE_UNIT: NP_("station kind", "Fire alarm units"),
}
KIND: dict[str, Term] = {
    "stage": NP_("station kind", "Stage station"),
    "rain": NP_("station kind", "Rain gauge"),
    "weather": NP_("station kind", "Weather station"),
    WATER_QUALITY: NP_("station kind", "Water-quality station"),
    AIR_QUALITY: NP_("station kind", "Air-quality station"),
    GEOHAZARD: NP_("station kind", "Geohazard monitoring point"),
    BRIDGE: NP_("station kind", "Bridge monitoring point"),
    VEHICLE: NP_("station kind", "Vehicle"),
    FIRE_UNIT: NP_("station kind", "Fire alarm unit"),
}

# Ammonia is what sewage raises first, and what the river's class hangs on most often.
MAIN = {
    "stage": Element.STAGE,
    WATER_QUALITY: Element.AMMONIA_NITROGEN,
    AIR_QUALITY: Element.PM2_5,
    GEOHAZARD: Element.CRACK_WIDTH,
    BRIDGE: Element.DEFLECTION,
}


def main_element(kind: str) -> Element:
    """What a station of this kind is mainly there for."""
    return MAIN.get(kind, Element.RAIN_HOUR)


# Whose stations they are among the departments: it sets their alarm rules and orders them.
OWNER_SECTORS = {
    "stage": "water", "rain": "water", "weather": "weather", WATER_QUALITY: "water",
    GEOHAZARD: "geology", BRIDGE: "city", VEHICLE: "traffic", FIRE_UNIT: "fire",
}  # fmt: skip
# What a device that speaks so can be, what such a station reports, and how often unless told.
KINDS_OF = {
    "sl651": ("stage", "rain"),
    "hj212": (WATER_QUALITY, AIR_QUALITY, WEATHER),
    "mqtt": (GEOHAZARD, WEATHER, BRIDGE),
    "jt808": (VEHICLE,),
    "gb26875": (FIRE_UNIT,),
}
ELEMENTS = {
    "stage": (Element.STAGE, Element.DISCHARGE, Element.BATTERY),
    "rain": (Element.RAIN_HOUR, Element.RAIN_5MIN, Element.BATTERY),
    WATER_QUALITY: (
        Element.AMMONIA_NITROGEN, Element.PERMANGANATE, Element.COD, Element.TOTAL_PHOSPHORUS,
        Element.TOTAL_NITROGEN, Element.DISSOLVED_OXYGEN, Element.PH, Element.WATER_TEMPERATURE,
        Element.TURBIDITY, Element.CONDUCTIVITY, Element.SUSPENDED_SOLIDS,
    ),
    AIR_QUALITY: (
        Element.PM2_5, Element.PM10, Element.TSP, Element.SULFUR_DIOXIDE, Element.NITROGEN_DIOXIDE,
        Element.CARBON_MONOXIDE, Element.OZONE, Element.AIR_TEMPERATURE, Element.HUMIDITY,
        Element.AIR_PRESSURE, Element.WIND_SPEED, Element.WIND_DIRECTION,
    ),
    WEATHER: (
        Element.RAIN_HOUR, Element.AIR_TEMPERATURE, Element.HUMIDITY, Element.AIR_PRESSURE,
        Element.WIND_SPEED, Element.WIND_DIRECTION, Element.BATTERY, Element.SIGNAL,
    ),
    GEOHAZARD: (
        Element.CRACK_WIDTH, Element.DISPLACEMENT_X, Element.DISPLACEMENT_Y, Element.DISPLACEMENT_Z,
        Element.TILT_X, Element.TILT_Y, Element.RAIN_HOUR, Element.SOIL_MOISTURE,
        Element.PORE_PRESSURE, Element.GROUNDWATER_DEPTH, Element.MUD_LEVEL, Element.BATTERY,
        Element.SIGNAL,
    ),
    BRIDGE: (
        Element.DEFLECTION, Element.STRAIN, Element.ACCELERATION, Element.TILT_X, Element.TILT_Y,
        Element.CRACK_WIDTH, Element.BATTERY, Element.SIGNAL,
    ),
    VEHICLE: (),
    FIRE_UNIT: (),
}  # fmt: skip
INTERVAL_MIN = {
    "stage": 5,
    "rain": 5,
    WEATHER: 60,
    WATER_QUALITY: 240,
    AIR_QUALITY: 60,
    GEOHAZARD: 60,
    BRIDGE: 10,
    VEHICLE: 1,
    FIRE_UNIT: 30,
}
SITE_KINDS = {
    "stage": "stage_station",
    "rain": "rain_station",
    WATER_QUALITY: "water_quality",
    WEATHER: "weather",
    GEOHAZARD: "smart_geohazard",
    BRIDGE: "bridge",
    FIRE_UNIT: "fire_unit",
}
PROTOCOL_WORDS = {
    "sl651": "SL 651",
    "hj212": "HJ 212",
    "mqtt": "MQTT",
    "jt808": "JT/T 808",
    "gb26875": "GB/T 26875.3",
}
