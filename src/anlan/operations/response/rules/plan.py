"""An emergency plan as a district's file gives it: levels with their issuer, cards with tasks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from string import Formatter
from typing import Any

from anlan.vocabulary.levels import AlertLevel, ResponseLevel

WORDS_IN_CARDS = frozenset({"area", "people", "water", "shelter"})
SIGNING_RIGHTS = frozenset({"response.sign", "response.sign_major"})


class BadPlan(ValueError):
    """The plan's file says something that cannot be; the message names the place."""


class Owner(StrEnum):
    """Whom a card addresses; it becomes one task for each of them."""

    COMMUNITY = "community"
    TOWNSHIP = "township"
    DEPARTMENT = "department"
    TEAM = "team"
    SHELTER = "shelter"


class Answer(StrEnum):
    """What a task's report carries beside words: people moved in all, or a shelter's headcount."""

    TEXT = "text"
    PEOPLE = "people"
    HEADCOUNT = "headcount"


@dataclass(frozen=True, slots=True)
class LevelText:
    """One response level of a plan: when, by which clause, signed by whom, reported how often."""

    level: int
    alert_level: int
    clause: str
    trigger: str
    issuer: str
    right: str
    situation_report_h: float


@dataclass(frozen=True, slots=True)
class CardText:
    """One card. Minutes count from the signature; `before_water_min` from the first water.

    `water_known` words the first water by ``{day}`` and ``{time}``, `water_unknown` without.
    """

    key: str
    levels: tuple[int, ...]
    clause: str
    owner: str
    title: str
    detail: str
    report: str
    due_min: int
    before_water_min: int = 0
    at_least_min: int = 0
    organisation: str = ""
    skill: str = ""
    count: int = 0
    water_known: str = ""
    water_unknown: str = ""


@dataclass(frozen=True, slots=True)
class PlanText:
    code: str
    name: str
    kind: str
    hazard: str
    version: str
    valid_from: date
    valid_to: date | None
    issued_by: str
    assumed: bool
    source: str
    review_days: int
    sign_within_min: int
    levels: tuple[LevelText, ...]
    cards: tuple[CardText, ...]

    def level(self, level: int) -> LevelText:
        """Raises `KeyError` for a level the plan does not know."""
        return {one.level: one for one in self.levels}[level]

    def level_for(self, alert_level: int) -> int | None:
        """The response level that an alert of this level asks for; None when it asks for none."""
        fitting = [one.level for one in self.levels if one.alert_level >= alert_level]
        return min(fitting, default=None)


def read_plan(document: Mapping[str, Any]) -> PlanText:
    """Parse one ``[[plan]]``; raises `BadPlan` naming what is wrong."""
    try:
        levels = tuple(_level(one) for one in document["level"])
        cards = tuple(_card(one) for one in document["card"])
        plan = PlanText(
            document["code"], document["name"], document["kind"], document["hazard"],
            document["version"], document["valid_from"], document.get("valid_to"),
            document["issued_by"], bool(document["assumed"]), document["source"],
            int(document.get("review_days", 30)),
            int(document.get("sign_within_min", 15)), levels, cards,
        )  # fmt: skip
    except KeyError as missing:
        raise BadPlan(f"plan {document.get('code', '?')}: {missing} is missing") from missing
    except TypeError as odd:
        raise BadPlan(f"plan {document.get('code', '?')}: {odd}") from odd
    _no_twins("level", [str(one.level) for one in levels])
    _no_twins("card", [one.key for one in cards])
    return plan


def _level(one: Mapping[str, Any]) -> LevelText:
    found = LevelText(**one)
    ResponseLevel(found.level)
    AlertLevel(found.alert_level)
    if found.right not in SIGNING_RIGHTS:
        raise BadPlan(f"level {found.level}: {found.right!r} is no signing right")
    return found


def _card(one: Mapping[str, Any]) -> CardText:
    found = CardText(**{**one, "levels": tuple(one["levels"])})
    for level in found.levels:
        ResponseLevel(level)
    Answer(found.report)
    owner = Owner(found.owner)
    if (owner is Owner.DEPARTMENT) != bool(found.organisation):
        raise BadPlan(f"card {found.key}: a department's card, and no other, names organisation")
    if (owner is Owner.TEAM) != bool(found.skill):
        raise BadPlan(f"card {found.key}: a team's card, and no other, names skill and count")
    for text in (found.title, found.detail):
        unknown = {name for _, name, _, _ in Formatter().parse(text) if name} - WORDS_IN_CARDS
        if unknown:
            raise BadPlan(f"card {found.key}: {sorted(unknown)} cannot be filled in")
    return found


def _no_twins(kind: str, keys: list[str]) -> None:
    twins = {key for key in keys if keys.count(key) > 1}
    if twins:
        raise BadPlan(f"{kind} {sorted(twins)} stands twice")
