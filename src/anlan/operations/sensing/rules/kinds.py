"""Kinds of stations: their words, and what each is mainly there for."""

from anlan.vocabulary.readings import STAGES_RELATIVE, WITH_DATUM, Element
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

ELEMENT_WORDS: dict[Element, Term] = {
    Element.STAGE: NP_("element", "Stage"),
    Element.STAGE_UPSTREAM: NP_("element", "Stage upstream of the dam or sluice"),
    Element.STAGE_DOWNSTREAM: NP_("element", "Stage downstream of the dam or sluice"),
    Element.STAGE_INTAKE_1: NP_("element", "Stage at intake or outlet 1"),
    Element.STAGE_INTAKE_2: NP_("element", "Stage at intake or outlet 2"),
    Element.STAGE_INTAKE_3: NP_("element", "Stage at intake or outlet 3"),
    Element.STAGE_INTAKE_4: NP_("element", "Stage at intake or outlet 4"),
    Element.STAGE_INTAKE_5: NP_("element", "Stage at intake or outlet 5"),
    Element.STAGE_INTAKE_6: NP_("element", "Stage at intake or outlet 6"),
    Element.STAGE_INTAKE_7: NP_("element", "Stage at intake or outlet 7"),
    Element.STAGE_INTAKE_8: NP_("element", "Stage at intake or outlet 8"),
    Element.STAGE_RELATIVE_1: NP_("element", "Stage above base 1"),
    Element.STAGE_RELATIVE_2: NP_("element", "Stage above base 2"),
    Element.STAGE_RELATIVE_3: NP_("element", "Stage above base 3"),
    Element.STAGE_RELATIVE_4: NP_("element", "Stage above base 4"),
    Element.STAGE_RELATIVE_5: NP_("element", "Stage above base 5"),
    Element.STAGE_RELATIVE_6: NP_("element", "Stage above base 6"),
    Element.STAGE_RELATIVE_7: NP_("element", "Stage above base 7"),
    Element.STAGE_RELATIVE_8: NP_("element", "Stage above base 8"),
    Element.DISCHARGE: NP_("element", "Discharge"),
    Element.RAIN_5MIN: NP_("element", "Rain of 5 minutes"),
    Element.RAIN_HOUR: NP_("element", "Rain of the hour"),
    Element.RAIN_TOTAL: NP_("element", "Rain in all"),
    Element.BATTERY: NP_("element", "Battery"),
    Element.SIGNAL: NP_("element", "Signal"),
    Element.AIR_TEMPERATURE: NP_("element", "Air temperature"),
    Element.WATER_TEMPERATURE: NP_("element", "Water temperature"),
    Element.PH: NP_("element", "pH"),
    Element.DISSOLVED_OXYGEN: NP_("element", "Dissolved oxygen"),
    Element.CONDUCTIVITY: NP_("element", "Conductivity"),
    Element.TURBIDITY: NP_("element", "Turbidity"),
    Element.COD: NP_("element", "Chemical oxygen demand"),
    Element.PERMANGANATE: NP_("element", "Permanganate index"),
    Element.AMMONIA_NITROGEN: NP_("element", "Ammonia nitrogen"),
    Element.TOTAL_NITROGEN: NP_("element", "Total nitrogen"),
    Element.TOTAL_PHOSPHORUS: NP_("element", "Total phosphorus"),
    Element.SUSPENDED_SOLIDS: NP_("element", "Suspended solids"),
    Element.PM10: NP_("element", "PM10"),
    Element.PM2_5: NP_("element", "PM2.5"),
    Element.TSP: NP_("element", "All suspended particles"),
    Element.SULFUR_DIOXIDE: NP_("element", "Sulfur dioxide"),
    Element.NITROGEN_DIOXIDE: NP_("element", "Nitrogen dioxide"),
    Element.CARBON_MONOXIDE: NP_("element", "Carbon monoxide"),
    Element.OZONE: NP_("element", "Ozone"),
    Element.HUMIDITY: NP_("element", "Relative humidity"),
    Element.AIR_PRESSURE: NP_("element", "Air pressure"),
    Element.WIND_SPEED: NP_("element", "Wind speed"),
    Element.WIND_DIRECTION: NP_("element", "Wind direction"),
    Element.VISIBILITY: NP_("element", "Visibility"),
    Element.SOIL_MOISTURE: NP_("element", "Soil moisture"),
    Element.SOIL_MOISTURE_10: NP_("element", "Soil moisture at 10 cm"),
    Element.SOIL_MOISTURE_20: NP_("element", "Soil moisture at 20 cm"),
    Element.SOIL_MOISTURE_30: NP_("element", "Soil moisture at 30 cm"),
    Element.SOIL_MOISTURE_40: NP_("element", "Soil moisture at 40 cm"),
    Element.SOIL_MOISTURE_50: NP_("element", "Soil moisture at 50 cm"),
    Element.SOIL_MOISTURE_60: NP_("element", "Soil moisture at 60 cm"),
    Element.SOIL_MOISTURE_80: NP_("element", "Soil moisture at 80 cm"),
    Element.SOIL_MOISTURE_100: NP_("element", "Soil moisture at 100 cm"),
    Element.PORE_PRESSURE: NP_("element", "Pore pressure"),
    Element.GROUNDWATER_DEPTH: NP_("element", "Depth to groundwater"),
    Element.MUD_LEVEL: NP_("element", "Mud level"),
    Element.DISPLACEMENT_X: NP_("element", "Displacement east"),
    Element.DISPLACEMENT_Y: NP_("element", "Displacement north"),
    Element.DISPLACEMENT_Z: NP_("element", "Displacement up"),
    Element.CRACK_WIDTH: NP_("element", "Crack width"),
    Element.TILT_X: NP_("element", "Tilt along x"),
    Element.TILT_Y: NP_("element", "Tilt along y"),
    Element.ACCELERATION: NP_("element", "Acceleration"),
    Element.STRAIN: NP_("element", "Strain"),
    Element.DEFLECTION: NP_("element", "Deflection"),
}


def main_element(kind: str) -> Element:
    """What a station of this kind is mainly there for."""
    return MAIN.get(kind, Element.RAIN_HOUR)


DECIMALS = {
    **dict.fromkeys((*WITH_DATUM, *STAGES_RELATIVE), 2),
    Element.PH: 2,
    Element.DISSOLVED_OXYGEN: 2,
    Element.CONDUCTIVITY: 0,
    Element.HUMIDITY: 0,
    Element.WIND_DIRECTION: 0,
    Element.PERMANGANATE: 2,
    Element.AMMONIA_NITROGEN: 2,
    Element.TOTAL_NITROGEN: 2,
    Element.TOTAL_PHOSPHORUS: 3,
    Element.PM10: 0,
    Element.PM2_5: 0,
    Element.TSP: 0,
    Element.OZONE: 0,
    Element.SULFUR_DIOXIDE: 3,
    Element.NITROGEN_DIOXIDE: 3,
}


def figure(element: str, value: float) -> str:
    """A value with as many decimals as its kind of instrument is good for."""
    return f"{value:.{DECIMALS.get(Element(element), 1)}f}"


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
