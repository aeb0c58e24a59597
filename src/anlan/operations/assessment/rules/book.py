"""The district's book of indicators, parsed once from its file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from anlan.operations.assessment.rules.progress import Aim, Direction, Nature, Path


class BadBook(ValueError):
    """The file of indicators says something that cannot be; the message names the place."""


@dataclass(frozen=True, slots=True)
class Definition:
    """One indicator: names, target, formula in words, source. Numbers are in `unit`."""

    code: str
    name: str
    name_en: str
    target: float
    direction: str
    unit: str
    unit_en: str
    formula: str
    formula_en: str
    source: str
    nature: str
    path: str
    base: float | None
    starts: date
    ends: date
    valid_from: date

    @property
    def aim(self) -> Aim:
        return Aim(self.target, self.direction, self.path, self.base, self.starts, self.ends)


@dataclass(frozen=True, slots=True)
class Denominator:
    """A figure from outside the platform that an indicator divides by, dated and sourced."""

    key: str
    area_code: str
    value: float
    valid_from: date
    source: str


@dataclass(frozen=True, slots=True)
class Book:
    indicators: tuple[Definition, ...]
    denominators: tuple[Denominator, ...]


def read_book(document: Mapping[str, Any]) -> Book:
    """Parse `indicators.toml`; raises `BadBook` naming the indicator that is wrong."""
    plan = document["plan"]
    found = tuple(_definition(one, plan) for one in document["indicator"])
    codes = [one.code for one in found]
    twins = sorted({code for code in codes if codes.count(code) > 1})
    if twins:
        raise BadBook(f"{twins} stand twice")
    outside = tuple(Denominator(**one) for one in document.get("denominator", ()))
    return Book(found, outside)


def _definition(one: Mapping[str, Any], plan: Mapping[str, Any]) -> Definition:
    try:
        base = one.get("base")
        return Definition(
            code=one["code"], name=one["name"], name_en=one["name_en"],
            target=float(one["target"]), direction=Direction(one["direction"]),
            unit=one["unit"], unit_en=one.get("unit_en", one["unit"]), formula=one["formula"],
            formula_en=one["formula_en"], source=one.get("source", plan["source"]),
            nature=Nature(one.get("nature", "")), path=Path(one.get("path", Path.LEVEL)),
            base=None if base is None else float(base), starts=plan["starts"],
            ends=plan["ends"], valid_from=one.get("valid_from", plan["valid_from"]),
        )  # fmt: skip
    except (KeyError, ValueError) as fault:
        raise BadBook(f"indicator {one.get('code', '?')}: {fault}") from fault
