"""What several pages of this room show alike."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anlan.operations.people.queries import Scope
from anlan.operations.people.queries.sayings import spoken
from anlan.operations.registers.queries import series
from anlan.operations.sensing import queries
from anlan.operations.sensing.queries.picture import flag_words, rule_word
from anlan.operations.sensing.rules.alarm_bits import TITLES
from anlan.operations.sensing.rules.alarm_states import STATE_WORDS, STATED, AlarmState
from anlan.operations.sensing.rules.clock_skew import CLOCK
from anlan.operations.sensing.rules.elements import ELEMENT_WORDS, figure
from anlan.operations.sensing.rules.kinds import WATER_QUALITY
from anlan.operations.sensing.rules.notices import FIRE_RULE
from anlan.operations.sensing.rules.quality import CHECKS, suspect
from anlan.operations.sensing.rules.rule_kinds import RuleKind
from anlan.operations.sensing.rules.station_states import stated
from anlan.operations.territory.queries import area_names
from anlan.protocols.gb26875 import TRANSMITTER, part_word
from anlan.protocols.jt808 import word
from anlan.vocabulary.areas import DISTRICT_DIGITS, STREET_DIGITS
from anlan.vocabulary.elements import Element
from anlan.vocabulary.words import Term

ON_A_PAGE = 100
_NAMES = re.compile(r"[a-z_]\w*")
_PART = re.compile(rf"{TRANSMITTER}|(\d+-\d+(/\d+-\d+)?)?")
OUTSIDE = "outside"
ALARM_MARKS = {AlarmState.OPEN: "wait", AlarmState.CLEARED: "done", AlarmState.RECORDED: "stop"}


def seen(scope: Scope, code: str) -> queries.StationRow:
    """The station of an address; one that the account may not see is not there."""
    row = queries.station(code)
    if row is None or not queries.visible(scope, row):
        raise Http404
    return row


def places_of(scope: Scope, codes: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Area code -> what to group it under, and its name: the street or town, else the district.

    What lies outside the reader's district, in no area of the register, is one group. One query.
    """
    asked = set(codes)
    names = area_names({code[:size] for code in asked for size in (STREET_DIGITS, DISTRICT_DIGITS)})
    home = (scope.area_prefix or "")[:DISTRICT_DIGITS]
    found = {}
    for code in asked:
        street = code[:STREET_DIGITS]
        key = next((one for one in (street, code[:DISTRICT_DIGITS]) if one in names), "")
        if not key and code.startswith(home):
            key = street
        found[code] = (
            (key, names.get(key, key)) if key
            else (OUTSIDE, pgettext("place", "Outside the district"))
        )  # fmt: skip
    return found


def said(term: Term) -> str:
    return pgettext(term.context, term.word)


def element_word(element: str) -> str:
    return said(ELEMENT_WORDS[Element(element)]) if element in set(Element) else element


def figure_words(element: str, value: float) -> str:
    """A value as its page shows it: of a station's state what is wrong, in words."""
    if element != Element.STATUS:
        return figure(element, value)
    return series(said(one.word) for one in stated(value)) or pgettext("station state", "Normal")


def newest_figure(row: queries.BoardRow) -> dict[str, str]:
    """The newest value of a station that is no stage gauge, and of what it is."""
    if row.latest is None:
        return {}
    word = said(ELEMENT_WORDS[row.station.element]) if row.station.kind == WATER_QUALITY else ""
    return {"figure": figure_words(row.latest.element, row.latest.value), "word": word}


def crossed_by(row: queries.BoardRow) -> str:
    """By how much a station is beyond its threshold, with sign and unit."""
    if row.latest is None or row.above is None:
        return ""
    sign = "+" if row.above >= 0 else "−"
    return f"{sign}{figure(row.latest.element, abs(row.above))} {row.latest.unit}"


def skew_words(skew_s: float | None) -> str:
    """快 6 分; below two minutes in seconds; nothing where it is not known."""
    if skew_s is None:
        return ""
    size = abs(skew_s)
    if round(size) == 0:
        return _("right to the second")
    if size < 120:
        words = _("%(n)d s fast") if skew_s > 0 else _("%(n)d s slow")
        return words % {"n": round(size)}
    words = _("%(n)s min fast") if skew_s > 0 else _("%(n)s min slow")
    return words % {"n": f"{size / 60:.1f}".removesuffix(".0")}


def _figure(row: queries.AlarmRow, value: float) -> str:
    return figure(row.element, value) if row.element in set(Element) else f"{value:.1f}"


def _element(row: queries.AlarmRow) -> str:
    """What the alarm is about, where the station measures more than its stage."""
    if row.element not in set(Element) or row.element == Element.STAGE:
        return ""
    return said(ELEMENT_WORDS[Element(row.element)])


def condition_words(condition: str) -> str:
    """A condition with its elements and conjunctions in the reader's language."""
    joined = {
        "and": pgettext("condition", "and"), "or": pgettext("condition", "or"),
        "not": pgettext("condition", "not"),
    }  # fmt: skip
    return _NAMES.sub(lambda name: joined.get(name[0]) or element_word(name[0]), condition)


def _held(row: queries.AlarmRow) -> str:
    """What held: of a fire which part stated it, of a vehicle what its terminal did."""
    said, _blank, rest = row.condition.partition(" ")
    if row.rule == FIRE_RULE and _PART.fullmatch(said):
        return spoken(part_word(said, rest))
    if row.rule in TITLES:
        return f"{spoken(word(said))} {rest}".rstrip()
    return row.condition if row.rule == FIRE_RULE else condition_words(row.condition)


def alarm_lines(rows: Sequence[queries.AlarmRow]) -> list[dict[str, Any]]:
    lines = []
    for row in rows:
        taken = row.state == AlarmState.OPEN and row.acknowledged_at is not None
        state = AlarmState(row.state)
        lines.append(
            {"row": row, "rule": rule_word(row.rule),
             "mark": "doing" if taken else ALARM_MARKS[state],
             "state": pgettext("alarm state", "Taken") if taken else said(STATE_WORDS[state]),
             "suspect": flag_words(row.flags & CHECKS) if suspect(row.flags) else "",
             "clock": skew_words(60 * row.value) if row.rule == CLOCK else "",
             "element": _element(row), "value": _figure(row, row.value),
             "limit": _figure(row, row.limit),
             "condition": _held(row), "stated": row.rule in STATED,
             "lower": row.kind == RuleKind.THRESHOLD and row.value < row.limit}
        )  # fmt: skip
    return lines
