"""The words of an alert, from the district's templates and the facts of a forecast.

The document is in the district's language; the templates are data. Slots 〔…〕 stay open: every
recipient's own facts fill them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from anlan.operations.alerts.rules.book import Book
from anlan.vocabulary import clock
from anlan.vocabulary.datum import Datum

DATUM_WORDS = {Datum.WUSONG: "吴淞", Datum.YELLOW_SEA: "黄海"}
LEAVE, SHELTER, TELEPHONE = "转移时间", "安置点", "网格员电话"
POST, ARRIVAL = "责任区", "进水时间"
UNKNOWN = "—"
NAMED = 4  # so many townships are named, then 等


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the templates may say. Stages in metres above `datum`, area in m²."""

    level: int
    act: str
    crest_at: datetime | None
    crest_spoken: str
    stage_m: float | None
    low_m: float | None
    high_m: float | None
    datum: str
    over: str
    townships: Sequence[str]
    communities: int
    households: int
    people: int
    area_m2: float


@dataclass(frozen=True, slots=True)
class Texts:
    headline: str
    title: str
    description: str
    instruction: str
    message: str


def compose(book: Book, facts: Facts) -> Texts:
    """All texts of a draft. Raises `KeyError` for a placeholder the templates do not know."""
    words = _words(book, facts)
    text = book.text
    return Texts(
        *(str(text[name]).format(**words)
          for name in ("headline", "title", "description", "instruction", "household"))
    )  # fmt: skip


def say(book: Book, facts: Facts, template: str, **more: str) -> str:
    """One other template of the book (responsible, loudspeaker, lift, …)."""
    return str(book.text[template]).format(**{**_words(book, facts), **more})


def over(stage_m: float | None, means: str, above_m: float | None) -> str:
    """超保证水位 8.65 m; empty without a stage."""
    if stage_m is None or above_m is None:
        return "水位未定"
    return f"超{means} {above_m:.2f} m" if above_m > 0 else f"达到{means}"


def _words(book: Book, facts: Facts) -> dict[str, str]:
    return {
        "sender": book.issuer_for(facts.level).sender,
        "act": facts.act,
        "event": book.hazard.event,
        "colour": book.colour(facts.level),
        "reach": book.hazard.reach,
        "river": book.hazard.river,
        "crest": _day_time(facts.crest_at),
        "crest_spoken": facts.crest_spoken,
        "stage": _metres(facts.stage_m),
        "low": _metres(facts.low_m),
        "high": _metres(facts.high_m),
        "datum": DATUM_WORDS[Datum(facts.datum)] if facts.datum else UNKNOWN,
        "over": facts.over,
        "places": places(facts.townships),
        "communities": f"{facts.communities:,}",
        "households": f"{facts.households:,}",
        "people": f"{facts.people:,}",
        "area": f"{facts.area_m2 / 1e6:.1f}",
    }


def places(names: Sequence[str]) -> str:
    """磁器口、沙坪坝、土湾等; without 街道 and 镇, as people say them."""
    short = [name.removesuffix("街道").removesuffix("镇") for name in names]
    return "、".join(short[:NAMED]) + ("等" if len(short) > NAMED else "")


def _day_time(at: datetime | None) -> str:
    if at is None:
        return UNKNOWN
    there = at.astimezone(clock.CHINA)
    return f"{there.month}月{there.day}日 {there:%H:%M}"


def _metres(value: float | None) -> str:
    return UNKNOWN if value is None else f"{value:.2f}"
