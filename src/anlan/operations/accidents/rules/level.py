"""The toll of an accident and its level; the terms of its reports. Losses in 万元."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from anlan.vocabulary.accident_level import accident_level
from anlan.vocabulary.words import NP_

LEVEL_WORDS = {
    1: NP_("accident level", "Extraordinarily serious"),
    2: NP_("accident level", "Serious"),
    3: NP_("accident level", "Considerable"),
    4: NP_("accident level", "Ordinary"),
}
# Changes of the toll count within 30 days, of traffic and fire within 7: 493 art. 13.
COUNTED = timedelta(days=30)
COUNTED_SOON = timedelta(days=7)
SOON = ("traffic", "fire")
# The unit to the bureau within one hour, each government within two: 493 art. 9 and 11.
UNIT_REPORTS, BUREAU_REPORTS = timedelta(hours=1), timedelta(hours=2)
# Considerable and worse goes on within one hour, by telephone first: 安监总局令21.
GRAVE, GRAVE_REPORTS = 3, timedelta(hours=1)
# Then once a day, from serious on twice: 安监总局令21.
WORST_TWICE, DAILY, TWICE_A_DAY = 2, timedelta(hours=24), timedelta(hours=12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The toll; `missing` are not counted as dead until they are found so. `loss` in 万元."""

    deaths: int = 0
    missing: int = 0
    serious: int = 0
    poisoned: int = 0
    minor: int = 0
    loss: Decimal = Decimal(0)


def level(figures: Figures) -> int:
    """The level 1 … 4.

    >>> level(Figures(deaths=3)), level(Figures(serious=6, poisoned=4)), level(Figures(deaths=2))
    (3, 3, 4)
    """
    return accident_level(figures.deaths, figures.serious + figures.poisoned, figures.loss)


def counts_until(category: str, occurred_at: datetime) -> datetime:
    """Until when a change of the toll changes the level."""
    return occurred_at + (COUNTED_SOON if category in SOON else COUNTED)


def upwards_within(level_now: int) -> timedelta:
    """How long the bureau has to report upwards."""
    return GRAVE_REPORTS if level_now <= GRAVE else BUREAU_REPORTS


def follow_up_every(level_now: int) -> timedelta:
    """How often what became of it is reported, until it is over."""
    return TWICE_A_DAY if level_now <= WORST_TWICE else DAILY


def late(known_at: datetime, reported_at: datetime | None, within: timedelta) -> bool:
    """Was a report made later than `within` after it was known? One not made yet is not late."""
    return reported_at is not None and reported_at - known_at > within
