"""Where the lines of the report's hydrograph run: metres and hours to points of a picture."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

WIDTH, HEIGHT = 1080.0, 420.0
LEFT, RIGHT, TOP, BOTTOM = 52.0, 150.0, 18.0, 34.0
HOURS_A_TICK = 12
Stages = Sequence[tuple[datetime, float]]


@dataclass(frozen=True, slots=True)
class Label:
    """A word at a place."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class ForecastLines:
    """One forecast: its line, its 90 % band, where and when it was issued."""

    path: str
    band: str
    issued: Label


@dataclass(frozen=True, slots=True)
class Limit:
    """A threshold: its height in the picture, metres, kind."""

    y: float
    metres: float
    kind: str


@dataclass(frozen=True, slots=True)
class Hydrograph:
    """Everything the template draws."""

    width: float
    height: float
    right: float
    bottom: float
    left: float
    days: tuple[Label, ...]
    heights: tuple[Label, ...]
    observed: str
    published: tuple[Label, ...]
    forecasts: tuple[ForecastLines, ...]
    limits: tuple[Limit, ...]
    crest: Label


@dataclass(frozen=True, slots=True)
class ForecastCurve:
    """A forecast in the observed series' datum."""

    issued_at: datetime
    stage: Stages
    low90: Stages
    high90: Stages


class _Scale:
    """Time and metres to x and y."""

    def __init__(self, span: tuple[datetime, datetime], metres: tuple[float, float]) -> None:
        self._starts, self._ends = span
        self._low, self._high = metres

    def x(self, at: datetime) -> float:
        share = (at - self._starts) / (self._ends - self._starts)
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)

    def y(self, metres: float) -> float:
        share = (metres - self._low) / (self._high - self._low)
        return round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM), 1)

    def path(self, stages: Stages) -> str:
        inside = [(at, m) for at, m in stages if self._starts <= at <= self._ends]
        return " ".join(
            f"{'L' if n else 'M'}{self.x(at)} {self.y(m)}" for n, (at, m) in enumerate(inside)
        )

    def band(self, low: Stages, high: Stages) -> str:
        there, back = self.path(high), self.path(list(reversed(low)))
        return f"{there} {back.replace('M', 'L', 1)} Z" if there and back else ""


def hydrograph(
    observed: Sequence[tuple[datetime, float, bool]],
    forecasts: Sequence[ForecastCurve],
    limits: Sequence[tuple[str, float]],
) -> Hydrograph:
    """Lay out the picture; `observed` rows are (time, metres, published)."""
    span = (observed[0][0], observed[-1][0])
    inside = [m for f in forecasts for at, m in f.stage if span[0] <= at <= span[1]]
    every = [m for _at, m, _published in observed] + inside + [m for _kind, m in limits]
    low, high = math.floor(min(every) - 0.5), math.ceil(max(every) + 0.5)
    scale = _Scale(span, (low, high))
    crest_at, crest_m, _ = max(observed, key=lambda row: row[1])
    return Hydrograph(
        WIDTH, HEIGHT, WIDTH - RIGHT, HEIGHT - BOTTOM, LEFT,
        days=tuple(Label(scale.x(at), HEIGHT - BOTTOM, at.isoformat()) for at in _ticks(*span)),
        heights=tuple(Label(LEFT, scale.y(m), str(m)) for m in range(low, high + 1, 2)),
        observed=scale.path([(at, m) for at, m, _published in observed]),
        published=tuple(
            Label(scale.x(at), scale.y(m), f"{m:.2f}") for at, m, published in observed if published
        ),
        forecasts=tuple(
            ForecastLines(
                scale.path(f.stage), scale.band(f.low90, f.high90),
                Label(scale.x(f.issued_at), scale.y(f.stage[0][1]), f.issued_at.isoformat()),
            )
            for f in forecasts
            if f.stage
        ),
        limits=tuple(Limit(scale.y(m), m, kind) for kind, m in limits),
        crest=Label(scale.x(crest_at), scale.y(crest_m), f"{crest_m:.2f}"),
    )  # fmt: skip


def _ticks(starts: datetime, ends: datetime) -> Iterable[datetime]:
    at = starts.replace(minute=0, second=0, microsecond=0)
    while at <= ends:
        if at >= starts and at.hour % HOURS_A_TICK == 0:
            yield at
        at += timedelta(hours=1)
