"""Kinds of stations: their words, and what each is mainly there for."""

from anlan.vocabulary.readings import Element
from anlan.vocabulary.words import NP_, Term

WATER_QUALITY = "water_quality"

KINDS: dict[str, Term] = {
    "stage": NP_("station kind", "Stage stations"),
    "rain": NP_("station kind", "Rain gauges"),
    "weather": NP_("station kind", "Weather stations"),
    WATER_QUALITY: NP_("station kind", "Water-quality stations"),
}
KIND: dict[str, Term] = {
    "stage": NP_("station kind", "Stage station"),
    "rain": NP_("station kind", "Rain gauge"),
    "weather": NP_("station kind", "Weather station"),
    WATER_QUALITY: NP_("station kind", "Water-quality station"),
}

# Ammonia is what sewage raises first, and what the river's class hangs on most often.
MAIN = {"stage": Element.STAGE, WATER_QUALITY: Element.AMMONIA_NITROGEN}

ELEMENT_WORDS: dict[Element, Term] = {
    Element.STAGE: NP_("element", "Stage"),
    Element.DISCHARGE: NP_("element", "Discharge"),
    Element.RAIN_5MIN: NP_("element", "Rain of 5 minutes"),
    Element.RAIN_HOUR: NP_("element", "Rain of the hour"),
    Element.RAIN_TOTAL: NP_("element", "Rain in all"),
    Element.BATTERY: NP_("element", "Battery"),
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
}


def main_element(kind: str) -> Element:
    """What a station of this kind is mainly there for."""
    return MAIN.get(kind, Element.RAIN_HOUR)


DECIMALS = {
    Element.STAGE: 2,
    Element.PH: 2,
    Element.DISSOLVED_OXYGEN: 2,
    Element.CONDUCTIVITY: 0,
    Element.PERMANGANATE: 2,
    Element.AMMONIA_NITROGEN: 2,
    Element.TOTAL_NITROGEN: 2,
    Element.TOTAL_PHOSPHORUS: 3,
}


def figure(element: str, value: float) -> str:
    """A value with as many decimals as its kind of instrument is good for."""
    return f"{value:.{DECIMALS.get(Element(element), 1)}f}"


# What a device that speaks so can be, what such a station reports, and how often unless told.
KINDS_OF = {"sl651": ("stage", "rain"), "hj212": (WATER_QUALITY,)}
ELEMENTS = {
    "stage": (Element.STAGE, Element.DISCHARGE, Element.BATTERY),
    "rain": (Element.RAIN_HOUR, Element.RAIN_5MIN, Element.BATTERY),
    WATER_QUALITY: (
        Element.AMMONIA_NITROGEN, Element.PERMANGANATE, Element.COD, Element.TOTAL_PHOSPHORUS,
        Element.TOTAL_NITROGEN, Element.DISSOLVED_OXYGEN, Element.PH, Element.WATER_TEMPERATURE,
        Element.TURBIDITY, Element.CONDUCTIVITY,
    ),
}  # fmt: skip
INTERVAL_MIN = {"stage": 5, "rain": 5, WATER_QUALITY: 240}
SITE_KINDS = {
    "stage": "stage_station",
    "rain": "rain_station",
    WATER_QUALITY: "water_quality",
}
PROTOCOL_WORDS = {"sl651": "SL 651", "hj212": "HJ 212"}
