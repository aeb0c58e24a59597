"""A scenario file: when it plays, what the gauges report, who decides what, who answers how."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from anlan.operations.drills.rules.series import (
    DECIMALS,
    Knot,
    Line,
    Point,
    amplitude,
    move,
    read_knots,
    sample,
)
from anlan.vocabulary.clock import CHINA
from anlan.vocabulary.datum import Datum
from anlan.vocabulary.elements import Element


class BadScenario(ValueError):
    """A scenario that cannot be played; the text says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Input:
    """What one station reports, and how often."""

    station: str
    element: Element
    datum: Datum | None
    every: timedelta
    knots: tuple[Knot, ...]


@dataclass(frozen=True, slots=True)
class Bulletin:
    """Forecasts of a station by the municipal service, every so often: assumed, and marked so.

    Each says the played series itself for `horizon` ahead, short of its change by 1 - `share`.
    """

    station: str
    first: timedelta
    every: timedelta
    horizon: timedelta
    step: timedelta
    share: float
    source: str


@dataclass(frozen=True, slots=True)
class Decision:
    """A standing instruction: whenever `verb` waits for an answer, `by` answers after `after`.

    Where many wait at once, each takes up to `spread` longer, always the same one as long.

    It must find something to answer at least once when the played crest reaches `needs`, within
    `within` of that moment; otherwise the drill fails. Field work goes on outside while time
    passes, and does not slow a paced drill.
    """

    number: int
    verb: str
    by: str
    after: timedelta
    needs: str
    within: timedelta
    spread: timedelta = timedelta(0)
    field_work: bool = False
    levels: frozenset[int] = frozenset()
    words: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answers:
    """How one kind of recipient answers: shares of all of them, and how soon (minutes).

    `answer` ≤ `read` ≤ `delivered`; `help` is the share of the answers that ask for help.
    """

    kind: str
    delivered: float
    read: float
    answer: float
    help: float = 0.0
    first_min: float = 1.0
    last_min: float = 20.0


@dataclass(frozen=True, slots=True)
class Silence:
    """So many who must answer do not, at first; someone reaches them by phone after `reached`."""

    count: int
    kind: str
    by: str
    reached: timedelta


@dataclass(frozen=True, slots=True)
class Scenario:
    """Everything that a drill plays. Times are aware, Asia/Shanghai.

    `people` are the accounts that decide: username and the role that may stand in for it.
    """

    name: str
    title: str
    title_en: str
    exercise_name: str
    starts: datetime
    ends: datetime
    seed: int
    key_station: str
    inputs: tuple[Input, ...]
    bulletins: tuple[Bulletin, ...]
    decisions: tuple[Decision, ...]
    answers: tuple[Answers, ...]
    silence: Silence | None
    people: Mapping[str, str]

    def moved(self, shift_hours: float, raise_m: float) -> "Scenario":
        """The same flood, its crest later by `shift_hours` and higher by `raise_m` metres.

        The key station's crest rises by exactly `raise_m`; the other stations' waves grow in the
        same proportion. Raises `BadScenario` when nothing of the wave would be left.
        """
        shift = timedelta(hours=shift_hours)
        key = next(i for i in self.inputs if i.station == self.key_station)
        height = amplitude(key.knots)
        factor = (height + raise_m) / height
        if factor < 0:
            raise BadScenario(f"the wave is only {height:.2f} m high, it cannot sink by more")
        inputs = tuple(
            replace(
                i,
                knots=tuple(move(i.knots, shift, factor if i.element is Element.STAGE else 1.0)),
            )
            for i in self.inputs
        )
        none = timedelta(0)
        return replace(
            self,
            inputs=inputs,
            starts=self.starts + min(shift, none),
            ends=self.ends + max(shift, none),
        )

    def points(self, station: Input) -> list[Point]:
        """What the station reports during the drill."""
        return sample(station.knots, self.starts, self.ends, station.every)

    def issues(self) -> list[tuple[datetime, Bulletin]]:
        """When which bulletin is issued, in order of time."""
        found = []
        for bulletin in self.bulletins:
            at = self.starts + bulletin.first
            while at < self.ends:
                found.append((at, bulletin))
                at += bulletin.every
        return sorted(found, key=lambda one: (one[0], one[1].station))

    def foretold(self, bulletin: Bulletin, issued_at: datetime) -> list[tuple[datetime, float]]:
        """The stages a bulletin says, in the datum of the station's series."""
        source = next(
            i for i in self.inputs
            if i.station == bulletin.station and i.element is Element.STAGE
        )  # fmt: skip
        line = Line(source.knots)
        now = line.value(issued_at)
        steps = range(1, int(bulletin.horizon / bulletin.step) + 1)
        times = [issued_at + n * bulletin.step for n in steps]
        return [
            (at, round(now + bulletin.share * (line.value(at) - now), DECIMALS)) for at in times
        ]


def read_scenario(
    name: str, document: Mapping[str, Any], read_file: Callable[[str], str]
) -> Scenario:
    """The scenario of a TOML document; `read_file` gives the text of a series file it names.

    Raises `BadScenario` for a missing field, an unknown element or datum, or ends before starts.
    """
    try:
        scenario = Scenario(
            name=name,
            title=document["title"],
            title_en=document["title_en"],
            exercise_name=document.get("exercise_name", document["title"]),
            starts=document["starts"].astimezone(CHINA),
            ends=document["ends"].astimezone(CHINA),
            seed=document["seed"],
            key_station=document["key_station"],
            inputs=tuple(_input(entry, read_file) for entry in document["series"]),
            bulletins=tuple(_bulletin(entry) for entry in document.get("bulletin", ())),
            decisions=tuple(
                _decision(number, entry)
                for number, entry in enumerate(document.get("decision", ()), start=1)
            ),
            answers=tuple(Answers(**entry) for entry in document.get("answers", ())),
            silence=_silence(document.get("silence")),
            people=dict(document.get("people", {})),
        )
    except (KeyError, TypeError, ValueError) as fault:
        raise BadScenario(f"{name}: {fault}") from fault
    if scenario.ends <= scenario.starts:
        raise BadScenario(f"{name}: it ends before it starts")
    played = {i.station for i in scenario.inputs if i.element is Element.STAGE}
    for station in (scenario.key_station, *(b.station for b in scenario.bulletins)):
        if station not in played:
            raise BadScenario(f"{name}: no stage series for the station {station}")
    return scenario


def _input(entry: Mapping[str, Any], read_file: Callable[[str], str]) -> Input:
    return Input(
        entry["station"],
        Element(entry["element"]),
        Datum(entry["datum"]) if entry.get("datum") else None,
        timedelta(minutes=entry["every_min"]),
        tuple(read_knots(read_file(entry["file"]), entry["file"])),
    )


def _bulletin(entry: Mapping[str, Any]) -> Bulletin:
    return Bulletin(
        entry["station"],
        timedelta(hours=entry["first_h"]),
        timedelta(hours=entry["every_h"]),
        timedelta(hours=entry["horizon_h"]),
        timedelta(hours=entry["step_h"]),
        float(entry["share"]),
        entry["source"],
    )


def _decision(number: int, entry: Mapping[str, Any]) -> Decision:
    return Decision(
        number=number,
        verb=entry["verb"],
        by=entry["by"],
        after=timedelta(minutes=entry["after_min"]),
        needs=entry.get("needs", ""),
        within=timedelta(hours=entry.get("within_h", 0)),
        field_work=entry.get("field", False),
        spread=timedelta(minutes=entry.get("spread_min", 0)),
        levels=frozenset(entry.get("levels", ())),
        words=entry.get("words", ""),
        facts=dict(entry.get("facts", {})),
    )


def _silence(entry: Mapping[str, Any] | None) -> Silence | None:
    if entry is None:
        return None
    reached = timedelta(minutes=entry["reached_min"])
    return Silence(entry["count"], entry["kind"], entry["by"], reached)
