"""Kinds of exercise, and who owes a comprehensive one each year (K-46)."""

from enum import StrEnum

from anlan.vocabulary.words import NP_


class ExerciseKind(StrEnum):
    """综合演练 is the one that K-46 counts; the others are kept beside it."""

    COMPREHENSIVE = "comprehensive"
    SPECIAL = "special"
    TABLETOP = "tabletop"
    UNANNOUNCED = "unannounced"


class OwnerKind(StrEnum):
    DISTRICT = "district"
    TOWNSHIP = "township"
    ZONE = "zone"
    DEPARTMENT = "department"


KIND_WORDS = {
    ExerciseKind.COMPREHENSIVE: NP_("exercise", "Comprehensive"),
    ExerciseKind.SPECIAL: NP_("exercise", "Special"),
    ExerciseKind.TABLETOP: NP_("exercise", "Tabletop"),
    ExerciseKind.UNANNOUNCED: NP_("exercise", "Unannounced"),
}
OWNER_WORDS = {
    OwnerKind.DISTRICT: NP_("exercise owner", "District"),
    OwnerKind.TOWNSHIP: NP_("exercise owner", "Street or town"),
    OwnerKind.ZONE: NP_("exercise owner", "Zone"),
    OwnerKind.DEPARTMENT: NP_("exercise owner", "Department"),
}
# Each of these owes at least one comprehensive exercise a year (K-46).
OWE_ONE_A_YEAR = (OwnerKind.DISTRICT, OwnerKind.TOWNSHIP, OwnerKind.ZONE)
EXCELLENT = 100
