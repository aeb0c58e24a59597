"""A station's hydrograph as its page draws it, everything in one datum."""

from datetime import datetime
from typing import Any

from django.utils.translation import pgettext

from anlan.operations.registers.queries import series
from anlan.operations.sensing.queries.curve import WHOLE, curve
from anlan.operations.sensing.queries.flagged import FlagMark, flag_marks
from anlan.operations.sensing.queries.outlook import Outlook
from anlan.operations.sensing.queries.rain import areal_rain
from anlan.operations.sensing.queries.readings import Values
from anlan.operations.sensing.queries.stations import StationRow, ThresholdRow
from anlan.operations.sensing.rules.alarm_states import (
    LIMIT_WORDS,
    RULE_WORDS,
    SILENT_AFTER_INTERVALS,
)
from anlan.operations.sensing.rules.quality import FLAG_WORDS, JUDGED, Flag, found
from anlan.vocabulary import clock
from anlan.vocabulary.datum import Datum
from anlan.vocabulary.elements import WITH_DATUM, Element

DATUM_WORDS = {
    Datum.WUSONG: ("datum", "Wusong"),
    Datum.YELLOW_SEA: ("datum", "Yellow Sea"),
}


def shift_m(row: StationRow, datum: str) -> float:
    """What to add to a stage of the station's own datum to state it above `datum`, metres."""
    if not row.datum or datum == row.datum or row.offset_m is None:
        return 0.0
    return row.offset_m if datum == Datum.WUSONG else -row.offset_m


def rule_word(kind: str) -> str:
    """警戒水位; an unknown kind is its own word."""
    term = RULE_WORDS.get(kind)
    return pgettext(term.context, term.word) if term else kind


def limit_word(kind: str) -> str:
    """Ⅲ类限值: what a limit is called on its line, where its rule says what crosses it."""
    term = LIMIT_WORDS.get(kind)
    return pgettext(term.context, term.word) if term else rule_word(kind)


def hydrograph(
    row: StationRow,
    since: datetime,
    datum: str,
    limits: list[ThresholdRow],
    ahead: Outlook | None,
    element: Element,
) -> dict[str, Any]:
    """The props of the hydrograph island, for one element of a station."""
    now = clock.now()
    stage = element is Element.STAGE
    values = curve(row.code, element, since, now)
    levelled = element in WITH_DATUM
    moved = shift_m(row, datum) if levelled else 0.0
    props: dict[str, Any] = {
        "title": row.name,
        "unit": values.unit,
        "now": now.isoformat(),
        "since": since.isoformat(),
        "observed": _with_gaps(values, moved),
        "flagged": _flagged(flag_marks(row.code, element, since), moved),
        "thresholds": [_line(limit, datum) for limit in limits if limit.element == element],
    }
    if levelled:
        props["datum"] = pgettext(*DATUM_WORDS[Datum(datum)])
    if stage:
        rain = areal_rain(row.serves, since, now) if now - since <= WHOLE else None
        if rain and rain.at:
            props["rain"] = {"at": [at.isoformat() for at in rain.at], "value": rain.value}
    if stage and ahead and ahead.at:
        moved = shift_m(row, datum) if ahead.datum == row.datum else 0.0
        names = ("stage", "low50", "high50", "low90", "high90")
        props["forecast"] = {
            "issued_at": ahead.issued_at,
            "at": [at.isoformat() for at in ahead.at],
            **{name: [round(v + moved, 3) for v in getattr(ahead, name)] for name in names},
        }
        if ahead.crest_at is not None and ahead.crest_m is not None:
            props["crest"] = {"at": ahead.crest_at, "value": round(ahead.crest_m + moved, 2)}
        props["until"] = ahead.at[-1].isoformat()
    return props


def _with_gaps(values: Values, moved: float) -> dict[str, list[Any]]:
    """Observed values; where more than two intervals are missing a gap is put in, never joined."""
    at: list[str] = []
    value: list[float | None] = []
    longest_s = SILENT_AFTER_INTERVALS * max(values.interval_s, 1)
    previous: datetime | None = None
    for moment, reading in zip(values.at, values.value, strict=True):
        if previous is not None and (moment - previous).total_seconds() > longest_s:
            at.append((previous + (moment - previous) / 2).isoformat())
            value.append(None)
        at.append(moment.isoformat())
        value.append(None if reading is None else round(reading + moved, 3))
        previous = moment
    return {"at": at, "value": value}


def _flagged(marks: list[FlagMark], moved: float) -> list[dict[str, Any]]:
    """The points that a check found something in, or that were judged wrong, with the reason."""
    return [
        {"at": one.at.isoformat(), "value": round(one.value + moved, 3),
         "word": flag_words(one.flags), "wrong": bool(one.flags & Flag.WRONG)}
        for one in marks
    ]  # fmt: skip


def flag_words(flags: int) -> str:
    """Why a reading is suspect and what was said of it, in one phrase."""
    words = [FLAG_WORDS[flag] for flag in [*found(flags), *(Flag(flags) & JUDGED)]]
    return series(pgettext(term.context, term.word) for term in words)


def _line(limit: ThresholdRow, datum: str) -> dict[str, Any]:
    level = limit.in_datum(datum)
    line: dict[str, Any] = {
        "word": limit_word(limit.kind),
        "value": limit.value if level is None else round(level, 2),
        "dashed": limit.lower or limit.kind == "warning" or limit.element != Element.STAGE,
    }
    if limit.kind == "red":
        line["level"] = 1
    return line
