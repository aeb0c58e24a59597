"""Loss statistics: the fields in use and their checks (`domain.md` 5, after 应急〔2020〕19号).

A value that nobody knows yet is None, never 0. Losses are 万元 (10,000 yuan), crops hectares.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from anlan.vocabulary.units import MINUS, UNKNOWN
from anlan.vocabulary.words import N_, NP_, Term

# A rise by more than half between two versions needs a written reason [practice, verify].
JUMP = Decimal("0.5")


class Field(NamedTuple):
    """One figure of a report: its words, its unit, its group, how many decimals it may have."""

    key: str
    word: Term
    unit: Term
    group: str
    decimals: int = 0


_PEOPLE = NP_("unit", "people")
_HOUSES = NP_("unit", "households")
_ROOMS = NP_("unit", "rooms")
_CROPS = NP_("unit", "ha")
_MONEY = NP_("unit", "10,000 yuan")
GROUP_WORDS = {
    "people": NP_("loss", "People"),
    "houses": NP_("loss", "Houses"),
    "crops": NP_("loss", "Crops"),
    "loss": NP_("loss", "Direct economic loss"),
}
FIELDS: tuple[Field, ...] = (
    Field("affected", NP_("loss", "Affected people"), _PEOPLE, "people"),
    Field("dead", NP_("loss", "Dead"), _PEOPLE, "people"),
    Field("missing", NP_("loss", "Missing"), _PEOPLE, "people"),
    Field("injured", NP_("loss", "Injured or ill"), _PEOPLE, "people"),
    Field("relocated", NP_("loss", "Moved and resettled in emergency"), _PEOPLE, "people"),
    Field("relocated_shelter", NP_("loss", "of these in shelters"), _PEOPLE, "people"),
    Field("relocated_own", NP_("loss", "of these with family and friends"), _PEOPLE, "people"),
    Field("aid_urgent", NP_("loss", "Need emergency aid"), _PEOPLE, "people"),
    Field("houses_collapsed", NP_("loss", "Collapsed houses"), _HOUSES, "houses"),
    Field("rooms_collapsed", NP_("loss", "Collapsed rooms"), _ROOMS, "houses"),
    Field("rooms_badly", NP_("loss", "Badly damaged rooms"), _ROOMS, "houses"),
    Field("rooms_slightly", NP_("loss", "Slightly damaged rooms"), _ROOMS, "houses"),
    Field("crops_hit", NP_("loss", "Crops hit"), _CROPS, "crops", 2),
    Field("crops_damaged", NP_("loss", "Crops damaged"), _CROPS, "crops", 2),
    Field("crops_lost", NP_("loss", "Crops lost"), _CROPS, "crops", 2),
    Field("loss_total", NP_("loss", "Total loss"), _MONEY, "loss", 2),
    Field("loss_homes", NP_("loss", "Household property"), _MONEY, "loss", 2),
    Field("loss_farming", NP_("loss", "Farming"), _MONEY, "loss", 2),
    Field("loss_industry", NP_("loss", "Industry and trade"), _MONEY, "loss", 2),
    Field("loss_infrastructure", NP_("loss", "Infrastructure"), _MONEY, "loss", 2),
    Field("loss_public", NP_("loss", "Public services"), _MONEY, "loss", 2),
)
FIELD = {field.key: field for field in FIELDS}
LOSS_PARTS = (
    "loss_homes", "loss_farming", "loss_industry", "loss_infrastructure", "loss_public",
)  # fmt: skip
FINAL_NEEDS = (
    "affected", "dead", "missing", "injured", "relocated", "houses_collapsed", "rooms_collapsed",
    "loss_total",
)  # fmt: skip

Figures = Mapping[str, Decimal | None]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found. `fatal` stops the report; the others need a written reason."""

    rule: str
    fields: tuple[str, ...]
    message: str
    fatal: bool = True


def figures(values: Mapping[str, object]) -> dict[str, Decimal | None]:
    """Typed figures from stored or entered values; keys that are no field raise `KeyError`."""
    found: dict[str, Decimal | None] = dict.fromkeys(FIELD)
    for key, value in values.items():
        FIELD[key]
        found[key] = None if value in (None, "") else Decimal(str(value))
    return found


def written(value: Decimal | None) -> str:
    """A figure as reports write it: 7,611; 10.75; — where nobody knows yet.

    >>> written(Decimal("7611.00"))
    '7,611'
    """
    if value is None:
        return UNKNOWN
    text = f"{value:,.2f}".rstrip("0").rstrip(".")
    return text.replace("-", MINUS)


def check(now: Figures, previous: Figures | None, *, final: bool = False) -> list[Finding]:
    """Everything wrong with a version of the figures, beside the version before it."""
    found = [*_signs(now), *_sums(now), *_people(now), *_crops_and_houses(now)]
    if previous is not None:
        found += _changes(now, previous)
    if final:
        missing = tuple(key for key in FINAL_NEEDS if now.get(key) is None)
        if missing:
            found.append(
                Finding("final", missing, N_("A final report leaves none of these figures blank."))
            )
    return found


def check_parts(district: Figures, townships: Mapping[str, Figures]) -> list[Finding]:
    """The district's figure is the sum of its townships', field by field where all are known."""
    off = []
    for key in FIELD:
        parts = [part[key] for part in townships.values() if part.get(key) is not None]
        total = district.get(key)
        if parts and total is not None and sum(p for p in parts if p is not None) != total:
            off.append(key)
    if not off:
        return []
    return [Finding("townships", tuple(off), N_("The district is not the sum of its townships."))]


def _signs(now: Figures) -> list[Finding]:
    below = tuple(k for k in FIELD if (v := now.get(k)) is not None and v < 0)
    if not below:
        return []
    return [Finding("negative", below, N_("A figure below zero cannot be."))]


def _sums(now: Figures) -> list[Finding]:
    found = []
    for total, parts, message in (
        ("relocated", ("relocated_shelter", "relocated_own"),
         N_("Moved people are those in shelters plus those with family and friends.")),
        ("loss_total", LOSS_PARTS, N_("The total loss is the sum of its five parts.")),
    ):  # fmt: skip
        known = [now.get(key) for key in (total, *parts)]
        if all(v is not None for v in known) and known[0] != sum(v for v in known[1:] if v):
            found.append(Finding("sum", (total, *parts), message))
    return found


def _people(now: Figures) -> list[Finding]:
    affected = now.get("affected")
    hurt = sum(v for key in ("dead", "missing", "injured") if (v := now.get(key)) is not None)
    if affected is None or hurt <= affected:
        return []
    message = N_("Dead, missing and injured together are more than the affected.")
    return [Finding("affected", ("affected", "dead", "missing", "injured"), message)]


def _crops_and_houses(now: Figures) -> list[Finding]:
    found = []
    crops = ("crops_hit", "crops_damaged", "crops_lost")
    known = [v for key in crops if (v := now.get(key)) is not None]
    if known != sorted(known, reverse=True):
        found.append(Finding("crops", crops, N_("Crops hit ≥ damaged ≥ lost.")))
    collapsed = any((now.get(key) or 0) > 0 for key in ("houses_collapsed", "rooms_collapsed"))
    if collapsed and now.get("loss_total") == 0:
        message = N_("Houses collapsed, but the loss is zero.")
        found.append(Finding("loss", ("loss_total", "houses_collapsed"), message))
    return found


def _changes(now: Figures, previous: Figures) -> list[Finding]:
    dropped, jumped = [], []
    for key in FIELD:
        before, after = previous.get(key), now.get(key)
        if before is None:
            continue
        if after is None or after < before:
            dropped.append(key)
        elif before > 0 and (after - before) / before > JUMP:
            jumped.append(key)
    found = []
    if dropped:
        message = N_("These figures fell since the last report: write why.")
        found.append(Finding("drop", tuple(dropped), message, fatal=False))
    if jumped:
        message = N_("These figures rose by more than half since the last report: write why.")
        found.append(Finding("jump", tuple(jumped), message, fatal=False))
    return found
