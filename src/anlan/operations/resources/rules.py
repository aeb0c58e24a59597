"""Kinds of teams and shelters, and how many people the stored kit serves (K-47)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from anlan.vocabulary.words import NP_, Term


class TeamKind(StrEnum):
    """专、常、援、群 (`domain.md` 1)."""

    PROFESSIONAL = "professional"
    STANDING = "standing"
    SUPPORT = "support"
    MASS = "mass"


TEAM_WORDS: dict[TeamKind, Term] = {
    TeamKind.PROFESSIONAL: NP_("team kind", "Professional"),
    TeamKind.STANDING: NP_("team kind", "Standing"),
    TeamKind.SUPPORT: NP_("team kind", "Support"),
    TeamKind.MASS: NP_("team kind", "Mass"),
}


class ShelterTier(StrEnum):
    DISTRICT = "district"
    TOWNSHIP = "township"
    COMMUNITY = "community"


TIER_WORDS: dict[ShelterTier, Term] = {
    ShelterTier.DISTRICT: NP_("shelter tier", "District"),
    ShelterTier.TOWNSHIP: NP_("shelter tier", "Street or town"),
    ShelterTier.COMMUNITY: NP_("shelter tier", "Community"),
}


class ShelterDuration(StrEnum):
    """GB 51143-2015: emergency, fixed short, medium and long."""

    EMERGENCY = "emergency"
    SHORT = "short"
    MEDIUM = "medium"
    LONG = "long"


DURATION_WORDS: dict[ShelterDuration, Term] = {
    ShelterDuration.EMERGENCY: NP_("shelter duration", "Emergency, up to 1 day"),
    ShelterDuration.SHORT: NP_("shelter duration", "Short, up to 15 days"),
    ShelterDuration.MEDIUM: NP_("shelter duration", "Medium, up to 30 days"),
    ShelterDuration.LONG: NP_("shelter duration", "Long, up to 100 days"),
}

AREA_PER_PERSON_M2: dict[ShelterDuration, float] = {
    ShelterDuration.EMERGENCY: 0.5,
    ShelterDuration.SHORT: 2.0,
    ShelterDuration.MEDIUM: 3.0,
    ShelterDuration.LONG: 4.5,
}
"""Effective area a person, m² (GB 51143-2015)."""


def capacity_of(area_m2: float, duration: ShelterDuration) -> int:
    """People a shelter may take by its effective area.

    >>> capacity_of(3000.0, ShelterDuration.SHORT)
    1500
    """
    return int(area_m2 / AREA_PER_PERSON_M2[duration])


@dataclass(frozen=True, slots=True)
class KitLine:
    """One line of the resettlement kit: how many people its stock serves at the norm."""

    item_code: str
    item_name: str
    unit: str
    stock: float
    per_person: float

    @property
    def people(self) -> int:
        return int(self.stock / self.per_person + 1e-9)


def people_served(lines: list[KitLine]) -> int:
    """K-47: the scarcest line decides; without any line nobody is served."""
    return min((line.people for line in lines), default=0)


def kit(norms: Mapping[str, tuple[str, str, float]], stock: Mapping[str, float]) -> list[KitLine]:
    """Norms (item → name, unit, amount a person) against stock (item → amount), scarcest first."""
    lines = [
        KitLine(code, name, unit, stock.get(code, 0.0), per_person)
        for code, (name, unit, per_person) in norms.items()
    ]
    return sorted(lines, key=lambda line: (line.people, line.item_code))
