"""Which element of the house a factor of HJ 212 is, and in which unit."""

from decimal import Decimal

from anlan.protocols.hj212.factors import FACTORS, OF_2005, Factor, factor
from anlan.vocabulary.elements import UNITS, Element

# Of what has two codes the one that an instrument here reports by comes first.
ELEMENT_OF = {
    "w00000": Element.DISCHARGE,
    "w01001": Element.PH,
    "w01003": Element.TURBIDITY,
    "w01006": Element.DISSOLVED_SOLIDS,
    "w01009": Element.DISSOLVED_OXYGEN,
    "w01010": Element.WATER_TEMPERATURE,
    "w01012": Element.SUSPENDED_SOLIDS,
    "w01014": Element.CONDUCTIVITY,
    "w01016": Element.CHLOROPHYLL,
    "w01017": Element.BOD5,
    "w01018": Element.COD,
    "w01019": Element.PERMANGANATE,
    "w01020": Element.ORGANIC_CARBON,
    "w01022": Element.ALGAE_DENSITY,
    "w02003": Element.FAECAL_COLIFORMS,
    "w19002": Element.SURFACTANT,
    "w20111": Element.MERCURY,
    "w20115": Element.CADMIUM,
    "w20116": Element.CHROMIUM,
    "w20117": Element.CHROMIUM_6,
    "w20119": Element.ARSENIC,
    "w20120": Element.LEAD,
    "w20121": Element.NICKEL,
    "w20122": Element.COPPER,
    "w20123": Element.ZINC,
    "w20124": Element.MANGANESE,
    "w20125": Element.IRON,
    "w20128": Element.SELENIUM,
    "w20138": Element.COPPER,
    "w20139": Element.ZINC,
    "w20140": Element.SELENIUM,
    "w20141": Element.ARSENIC,
    "w20142": Element.MERCURY,
    "w20143": Element.CADMIUM,
    "w20144": Element.LEAD,
    "w21001": Element.TOTAL_NITROGEN,
    "w21003": Element.AMMONIA_NITROGEN,
    "w21004": Element.KJELDAHL_NITROGEN,
    "w21006": Element.NITRITE,
    "w21007": Element.NITRATE,
    "w21011": Element.TOTAL_PHOSPHORUS,
    "w21016": Element.CYANIDE,
    "w21017": Element.FLUORIDE,
    "w21019": Element.SULFIDE,
    "w21022": Element.CHLORIDE,
    "w21038": Element.SULFATE,
    "w22001": Element.PETROLEUM,
    "w23002": Element.PHENOL,
    "a00000": Element.FLUE_GAS,
    "a01001": Element.AIR_TEMPERATURE,
    "a01002": Element.HUMIDITY,
    "a01006": Element.AIR_PRESSURE,
    "a01007": Element.WIND_SPEED,
    "a01008": Element.WIND_DIRECTION,
    "a01011": Element.FLUE_VELOCITY,
    "a01012": Element.FLUE_TEMPERATURE,
    "a01013": Element.FLUE_PRESSURE,
    "a01014": Element.FLUE_HUMIDITY,
    "a05002": Element.METHANE,
    "a05024": Element.OZONE,
    "a19001": Element.FLUE_OXYGEN,
    "a21001": Element.AMMONIA,
    "a21002": Element.NITROGEN_OXIDES,
    "a21003": Element.NITRIC_OXIDE,
    "a21004": Element.NITROGEN_DIOXIDE,
    "a21005": Element.CARBON_MONOXIDE,
    "a21017": Element.CYANIDE_IN_AIR,
    "a21018": Element.FLUORIDE_IN_AIR,
    "a21022": Element.CHLORINE,
    "a21024": Element.HYDROGEN_CHLORIDE,
    "a21026": Element.SULFUR_DIOXIDE,
    "a21028": Element.HYDROGEN_SULFIDE,
    "a24046": Element.VINYL_CHLORIDE,
    "a24088": Element.NMHC,
    "a25002": Element.BENZENE,
    "a25003": Element.TOLUENE,
    "a25005": Element.XYLENE,
    "a30001": Element.METHANOL,
    "a31001": Element.FORMALDEHYDE,
    "a34001": Element.TSP,
    "a34002": Element.PM10,
    "a34004": Element.PM2_5,
    "a34013": Element.SMOKE,
    "a99049": Element.PHOSGENE,
    "LA": Element.NOISE,
    "Leq": Element.NOISE_EQUIVALENT,
}
CODE_OF = {element: code for code, element in reversed(ELEMENT_OF.items())}
_UNIT = {
    ("L/s", "m³/s"): Decimal("0.001"),
    ("kPa", "hPa"): Decimal(10),
    ("µg/L", "mg/L"): Decimal("0.001"),
    ("个/L", "/L"): Decimal(1),
    ("个/mL", "/mL"): Decimal(1),
}


def _in(unit: str, wanted: str) -> Decimal:
    return Decimal(1) if unit == wanted else _UNIT[unit, wanted]


_ROWS = [row for row in (*FACTORS.values(), *OF_2005.values()) if row.code in ELEMENT_OF]
# What a figure of the standard is multiplied by, by its row: an edition may have its own unit.
TO_UNIT: dict[Factor, Decimal] = {row: _in(row.unit, UNITS[ELEMENT_OF[row.code]]) for row in _ROWS}


def element_of(code: str) -> Element | None:
    """What a factor's code of either edition measures; None where the house has no place for it."""
    row = factor(code)
    return ELEMENT_OF.get(row.code) if row else None


# A concentration in flue gas that the instrument converted to the oxygen content of its standard
# (-ZsRtd and so on).
CONVERTED = {
    "a21026": Element.SULFUR_DIOXIDE_AT_O2,
    "a21002": Element.NITROGEN_OXIDES_AT_O2,
    "a21005": Element.CARBON_MONOXIDE_AT_O2,
    "a21024": Element.HYDROGEN_CHLORIDE_AT_O2,
    "a34013": Element.SMOKE_AT_O2,
    "a24088": Element.NMHC_AT_O2,
}
_OF_A_VOLUME = {"m³/s": "m³", "mg/L": "kg", "mg/m³": "kg", "µg/m³": "kg"}
# What the sum of an element (-Cou) is kept in: water and gas m³, what is in them kg. Others cannot
# be summed.
AMOUNT_UNITS = {
    element: _OF_A_VOLUME[unit] for element, unit in UNITS.items() if unit in _OF_A_VOLUME
}
# What a sum is multiplied by: annex B has g where a concentration is in µg, and mg where in ng.
_OF_A_KG = {"µ": Decimal("0.001"), "n": Decimal("0.000001")}
TO_AMOUNT: dict[Factor, Decimal] = {row: _OF_A_KG.get(row.unit[:1], Decimal(1)) for row in _ROWS}
