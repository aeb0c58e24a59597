"""Signs of a natural hazard 灾害征兆 that people report, and how much an early report is worth.

The second table of rewards (`domain.md` 3.3, R-112), beside that of `rules.reward`: what was seen,
whether it came before any alarm or official finding, whether people were brought out in time.
Amounts in whole yuan; those of the district stand in its `hotline.toml`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from anlan.operations.hotline.rules.terms import Terms
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_, NP_


class Hazard(StrEnum):
    """The keys are those of the event files (`incidents`)."""

    GEOHAZARD = "geohazard"
    FLOOD = "flood"
    FLASH_FLOOD = "flash_flood"
    WATERLOGGING = "waterlogging"
    FOREST_FIRE = "forest_fire"
    OTHER = "other"


class Sign(StrEnum):
    """What was seen, as people without training can tell it."""

    CRACK = "crack"
    ROCKFALL = "rockfall"
    SPRING = "spring"
    RISING = "rising"
    SEEPAGE = "seepage"
    TORRENT = "torrent"
    POOLING = "pooling"
    SMOKE = "smoke"
    OTHER = "other"


class Duty(StrEnum):
    """What the informant's own work is, as far as it bears on the sign."""

    NONE = "none"
    GRID = "grid"
    MONITOR = "monitor"
    PATROL = "patrol"
    STAFF = "staff"


HAZARD_OF = {
    Sign.CRACK: Hazard.GEOHAZARD, Sign.ROCKFALL: Hazard.GEOHAZARD, Sign.SPRING: Hazard.GEOHAZARD,
    Sign.RISING: Hazard.FLOOD, Sign.SEEPAGE: Hazard.FLOOD, Sign.TORRENT: Hazard.FLASH_FLOOD,
    Sign.POOLING: Hazard.WATERLOGGING, Sign.SMOKE: Hazard.FOREST_FIRE, Sign.OTHER: Hazard.OTHER,
}  # fmt: skip
HAZARD_WORDS = {
    Hazard.GEOHAZARD: NP_("hazard", "Geological hazard"),
    Hazard.FLOOD: NP_("hazard", "Flood"),
    Hazard.FLASH_FLOOD: NP_("hazard", "Flash flood"),
    Hazard.WATERLOGGING: NP_("hazard", "Waterlogging"),
    Hazard.FOREST_FIRE: NP_("hazard", "Forest fire"),
    Hazard.OTHER: NP_("hazard", "Other"),
}
SIGN_WORDS = {
    Sign.CRACK: NP_("sign", "New cracks in a slope, a wall, a floor or a road"),
    Sign.ROCKFALL: NP_("sign", "Stones fall, a slope bulges, trees or poles lean"),
    Sign.SPRING: NP_("sign", "A spring or well turns muddy, dries up or breaks out"),
    Sign.RISING: NP_("sign", "The river rises fast or comes over the bank"),
    Sign.SEEPAGE: NP_("sign", "A dam or dike leaks, boils, cracks or slips"),
    Sign.TORRENT: NP_("sign", "A brook suddenly turns muddy, stops or roars"),
    Sign.POOLING: NP_("sign", "Water stands on a road, in an underpass or in a house"),
    Sign.SMOKE: NP_("sign", "Smoke or fire in a forest or beside one"),
    Sign.OTHER: NP_("sign", "Another sign of a natural hazard"),
}
DUTY_WORDS = {
    Duty.NONE: NP_("duty", "None: one of the public"),
    Duty.GRID: NP_("duty", "Grid worker, outside own patrol"),
    Duty.MONITOR: NP_("duty", "Monitor of this very point"),
    Duty.PATROL: NP_("duty", "On patrol or on watch here"),
    Duty.STAFF: NP_("duty", "Staff whose work it is"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardTerms(Terms):
    """The district's table. `signs`: yuan for a verified sign; one that it lacks is not rewarded.

    `known_share`: percent that is left where an alarm or finding was there before (0: nothing).
    `brought_out`: (people at least, yuan more), where they were out in time because of the report.
    `rewarded`: duties that do not exclude. `units`: who verifies, codes by hazard. `window_hours`:
    how far back and on records of the hazard in the street are set beside the report.
    """

    signs: Mapping[str, int] = field(default_factory=dict)
    known_share: int = 0
    brought_out: tuple[tuple[int, int], ...] = ()
    rewarded: frozenset[str] = frozenset()
    units: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    window_hours: int = 72
    decide_minutes: int = 30
    verify_hours: int = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the verification established, from which the reward is computed."""

    sign: str
    early: bool
    brought_out: int = 0


def hazard_reward(seen: Seen, duty: str, terms: HazardTerms) -> int:
    """The reward in yuan; raises `Refused` where the table gives none."""
    if duty not in set(Duty):
        raise Refused(N_("Say what the informant's own work is.")).at("duty")
    if duty != Duty.NONE and duty not in terms.rewarded:
        raise Refused(N_("Whose duty it is to watch for such signs is not rewarded for them.")).at(
            "duty"
        )
    if seen.sign not in terms.signs:
        raise Refused(N_("The table sets no reward for what was seen."))
    more = max((yuan for least, yuan in terms.brought_out if seen.brought_out >= least), default=0)
    whole = Decimal(terms.signs[seen.sign] + more)
    if not seen.early:
        whole = whole * terms.known_share / 100
    amount = min(int(whole.quantize(Decimal(1), ROUND_HALF_UP)), terms.most)
    if amount <= 0:
        raise Refused(N_("It was known before: the table gives nothing for it."))
    return amount


def early(said: bool, why: str, known_at: Collection[datetime], received_at: datetime) -> None:
    """Who verifies decides whether it was early; against the records he says why, else `Refused`.

    `known_at`: when the alarms and findings were that he was shown.
    """
    before = any(at < received_at for at in known_at)
    if said and before and not why.strip():
        raise Refused(N_("Records of this hazard are older: say why the report came first.")).at(
            "why"
        )
    if not said and not before and not why.strip():
        raise Refused(N_("No record is older: say since when it was known.")).at("why")
