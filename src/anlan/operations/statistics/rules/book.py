"""The district's `statistics.toml`, parsed once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from anlan.operations.statistics.rules.scores import PARTS


class BadRule(ValueError):
    """The file says something that cannot be; the message names it."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One version of how units are scored; weights by part, points below which they are named."""

    valid_from: date
    weights: Mapping[str, float]
    key_sectors: tuple[str, ...]
    alarm_below: float
    source: str


# What holds where a district has said nothing [pv].
DEFAULT = Rule(
    date(2000, 1, 1), {"cycle": 25, "rectified": 30, "in_time": 25, "cleared": 10, "cases": 10},
    ("industry", "chemical", "building", "fire", "gas", "traffic"), 60.0, "",
)  # fmt: skip


def read_rules(document: Mapping[str, Any]) -> tuple[Rule, ...]:
    """Raises `BadRule`."""
    return tuple(_rule(one) for one in document.get("scoring", ()))


def _rule(one: Mapping[str, Any]) -> Rule:
    weights = {key: float(value) for key, value in one["weights"].items()}
    if unknown := sorted(set(weights) - set(PARTS)):
        raise BadRule(f"no part of a score: {unknown}")
    if not any(weights.values()) or min(weights.values()) < 0:
        raise BadRule("weights are not negative, and not all 0")
    return Rule(
        one["valid_from"], weights, tuple(one["key_sectors"]), float(one["alarm_below"]),
        one["source"],
    )  # fmt: skip
