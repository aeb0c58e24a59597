"""The district's book of alerts: `districts/<name>/alerts.toml` as typed values.

Thresholds are dated; an alert keeps the row it was judged by.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from anlan.vocabulary.datum import Datum, Stage


@dataclass(frozen=True, slots=True)
class LevelRow:
    """From this stage on (included) the alert is at least of `level`."""

    level: int
    stage: Stage
    means: str
    valid_from: date
    valid_to: date | None
    source: str

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True, slots=True)
class Issuer:
    sender: str
    sender_code: str


@dataclass(frozen=True, slots=True)
class Hazard:
    """What the alerts are about, where it is measured, and how long they hold (hours)."""

    key: str
    event: str
    category: str
    chain: str
    station: str
    reach: str
    river: str
    lift_when_cleared: str
    valid_after_crest_h: float
    valid_at_least_h: float
    levels: tuple[LevelRow, ...]


@dataclass(frozen=True, slots=True)
class Area:
    buffer_m: float
    simplify_m: float


@dataclass(frozen=True, slots=True)
class Change:
    """When a new forecast differs enough from the alert in force."""

    crest_m: float
    crest_h: float
    households_share: float


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Minutes (papers: hours)."""

    unsigned_min: Mapping[int, float]
    escalate_min: float
    must_answer_levels: tuple[int, ...]
    call_min: float
    next_min: float
    expiry_notice_min: float
    papers_h: float


@dataclass(frozen=True, slots=True)
class Copy:
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Book:
    """Everything the district decides about its alerts."""

    issuer: Issuer
    municipality: Issuer
    municipality_answers_min: float
    area_code: str
    hotline: str
    hazard: Hazard
    area: Area
    change: Change
    leave_before_min: float
    deadlines: Deadlines
    channels: Mapping[str, Mapping[str, str]]
    copies: tuple[Copy, ...]
    text: Mapping[str, Any]

    def colour(self, level: int) -> str:
        return str(self.text["colours"][str(level)])

    def issuer_for(self, level: int) -> Issuer:
        """Who issues: III and IV the district, I and II the municipality."""
        return self.municipality if level <= 2 else self.issuer


def book_from(data: Mapping[str, Any]) -> Book:
    """The book from parsed TOML; raises `KeyError` or `ValueError` for what is missing or wrong."""
    issuer, town = data["issuer"], data["municipality"]
    return Book(
        issuer=Issuer(issuer["sender"], _sender_code(issuer["sender_code"])),
        municipality=Issuer(town["sender"], _sender_code(town["sender_code"])),
        municipality_answers_min=float(town["answers_after_min"]),
        area_code=issuer["area_code"],
        hotline=issuer["hotline"],
        hazard=_hazard(data["hazard"]),
        area=Area(float(data["area"]["buffer_m"]), float(data["area"]["simplify_m"])),
        change=Change(
            float(data["update"]["crest_m"]), float(data["update"]["crest_h"]),
            float(data["update"]["households_share"]),
        ),
        leave_before_min=float(data["leave"]["before_arrival_min"]),
        deadlines=_deadlines(data["deadlines"]),
        channels=data["channels"],
        copies=tuple(Copy(one["name"], one["address"]) for one in data.get("copy", ())),
        text=data["text"],
    )  # fmt: skip


def _sender_code(text: str) -> str:
    if len(text) != 14 or not text.isdigit():
        raise ValueError(f"sender_code {text!r} is not 14 digits")
    return text


def _hazard(data: Mapping[str, Any]) -> Hazard:
    return Hazard(
        key=data["key"], event=data["event"], category=data["category"], chain=data["chain"],
        station=data["station"], reach=data["reach"], river=data["river"],
        lift_when_cleared=data["lift_when_cleared"],
        valid_after_crest_h=float(data["valid_after_crest_h"]),
        valid_at_least_h=float(data["valid_at_least_h"]),
        levels=tuple(_level(one) for one in data["level"]),
    )  # fmt: skip


def _level(data: Mapping[str, Any]) -> LevelRow:
    if data["level"] not in (1, 2, 3, 4):
        raise ValueError(f"alert level {data['level']!r} is not 1 to 4")
    return LevelRow(
        data["level"], Stage(float(data["from_m"]), Datum(data["datum"])), data["means"],
        data["valid_from"], data.get("valid_to"), data["source"],
    )  # fmt: skip


def _deadlines(data: Mapping[str, Any]) -> Deadlines:
    return Deadlines(
        unsigned_min={int(k): float(v) for k, v in data["unsigned_min"].items()},
        escalate_min=float(data["escalate_min"]),
        must_answer_levels=tuple(data["must_answer_levels"]),
        call_min=float(data["call_min"]),
        next_min=float(data["next_min"]),
        expiry_notice_min=float(data["expiry_notice_min"]),
        papers_h=float(data["papers_h"]),
    )
