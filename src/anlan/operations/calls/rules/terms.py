"""The terms of a call by urgency: dated configuration of the district, each with its unit.

Minutes run day and night; working hours and working days follow the calendar of the State Council.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from typing import Any


class Unit(StrEnum):
    MINUTES = "minutes"
    WORKING_HOURS = "working_hours"
    WORKING_DAYS = "working_days"


@dataclass(frozen=True, slots=True)
class Span:
    """So many of a unit; `count` is above 0."""

    count: int
    unit: Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Spans:
    """How long each may take: the answer, coming and handling (both from the call on), the street's
    word, the bureau's assignment; and how long after a term the bureau is told as well."""

    answer: Span
    handle: Span
    confirm: Span
    assign: Span
    bureau: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """One version of the terms. Working hours lie between `begins` and `ends` of a working day."""

    source: str
    begins: time
    ends: time
    by_urgency: Mapping[str, Spans]


def parsed(source: str, figures: Mapping[str, Any]) -> Terms:
    """The terms as the district's file and the table keep them; raises `ValueError`, `KeyError`."""
    begins, ends = (time.fromisoformat(figures[key]) for key in ("work_begins", "work_ends"))
    if begins >= ends:
        raise ValueError(f"work ends at {ends} before it begins at {begins}")
    by_urgency = {key: _spans(figures[key]) for key in ("urgent", "normal")}
    return Terms(source=source, begins=begins, ends=ends, by_urgency=by_urgency)


def _spans(given: Mapping[str, Any]) -> Spans:
    return Spans(**{key: _span(key, one) for key, one in given.items()})


def _span(key: str, given: Mapping[str, Any]) -> Span:
    count = given["count"]
    if not isinstance(count, int) or count < 1:
        raise ValueError(f"{key}: count must be a whole number above 0, not {count!r}")
    return Span(count, Unit(given["unit"]))
