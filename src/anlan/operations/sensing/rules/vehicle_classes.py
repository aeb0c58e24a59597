"""Classes of vehicles: K-37 counts buses, 两客一危 and freight vehicles of more than 12 t."""

from enum import StrEnum

from anlan.vocabulary.words import NP_, Term


class VehicleClass(StrEnum):
    """What a vehicle is licensed for; two of them carry passengers between places (两客)."""

    BUS = "bus"
    LINE_COACH = "line_coach"
    CHARTER_COACH = "charter_coach"
    HAZARDOUS = "hazardous"
    HEAVY_FREIGHT = "heavy_freight"  # more than 12 t
    OTHER = "other"


CLASS_WORDS: dict[str, Term] = {
    VehicleClass.BUS: NP_("vehicle class", "Bus"),
    VehicleClass.LINE_COACH: NP_("vehicle class", "Coach on a line"),
    VehicleClass.CHARTER_COACH: NP_("vehicle class", "Chartered coach"),
    VehicleClass.HAZARDOUS: NP_("vehicle class", "Dangerous goods"),
    VehicleClass.HEAVY_FREIGHT: NP_("vehicle class", "Freight over 12 t"),
    VehicleClass.OTHER: NP_("vehicle class", "Other vehicle"),
}
COUNTED = frozenset(VehicleClass) - {VehicleClass.OTHER}
