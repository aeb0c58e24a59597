"""Rules and maintenance as people type them, parsed once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from anlan.operations.registers.queries import Entered
from anlan.operations.sensing.actions import NewRule
from anlan.operations.sensing.queries import RuleRow, StationRow
from anlan.operations.sensing.rules.alarm_states import LONGEST_DURATION_S, OF_THE_DEVICE
from anlan.operations.sensing.rules.rule_kinds import (
    RATE_WORDS,
    THRESHOLD_WORDS,
    Direction,
    RuleKind,
)
from anlan.vocabulary.clock import CHINA
from anlan.vocabulary.datum import Datum
from anlan.vocabulary.elements import WITH_DATUM

LONGEST_WINDOW_MIN = 1440
SIDES = {RuleKind.THRESHOLD: THRESHOLD_WORDS, RuleKind.RATE: RATE_WORDS}


def blank(
    kind: RuleKind, station: StationRow, elements: Sequence[str], element: str = ""
) -> Entered:
    """The form of a new rule."""
    if element not in elements:
        element = station.element if station.element in elements else next(iter(elements), "")
    values = {
        "kind": kind.value, "element": element, "datum": station.datum, "minutes": "10",
        "window": "60", "direction": Direction.ABOVE.value,
    }  # fmt: skip
    if kind is RuleKind.MISSING:
        values["expected"] = f"{station.interval_s / 60:g}"
    return Entered(values)


def blank_condition(datum: str) -> Entered:
    """The form of a new condition over series of a site; `datum` is that of its stages."""
    values = {"kind": RuleKind.EXPRESSION.value, "minutes": "10", "datum": datum}
    return Entered(values)


def typed_condition(
    post: Mapping[str, str], site_code: str, old: RuleRow | None
) -> tuple[NewRule | None, Entered]:
    """The condition of a site that was typed; None when something is wrong."""
    entered = Entered({key: str(value).strip() for key, value in post.items()})
    values, wrong = entered.values, entered.errors
    values["kind"] = RuleKind.EXPRESSION.value
    if old is not None:
        values["name"] = old.name
    _check_words(entered, True, ())
    level = _level(entered)
    figures = _figures(RuleKind.EXPRESSION, entered)
    datum = values.get("datum", "")
    if datum and datum not in set(Datum):
        wrong["datum"] = _("A stage needs its datum.")
    if wrong:
        return None, entered
    return NewRule(
        site=site_code, kind=RuleKind.EXPRESSION, name=values["name"], level=level, datum=datum,
        source=values["source"][:200], expression=values["expression"], **figures,
    ), entered  # fmt: skip


def as_typed(row: RuleRow) -> Entered:
    """A rule as its form shows it, to be changed."""
    return Entered(
        {
            "kind": row.kind, "name": row.name, "element": row.element, "datum": row.datum,
            "direction": row.direction, "value": f"{row.value:.12g}",
            "hysteresis": f"{row.hysteresis:.12g}", "minutes": f"{row.duration_s / 60:g}",
            "window": f"{row.window_s / 60:g}", "expected": f"{row.value / 60:g}",
            "expression": row.expression, "level": str(row.level or ""), "source": row.source,
        }
    )  # fmt: skip


def typed_rule(
    post: Mapping[str, str], station: StationRow, elements: Sequence[str], old: RuleRow | None
) -> tuple[NewRule | None, Entered]:
    """The rule that was typed; None when something is wrong. `old` keeps its name and kind."""
    entered = Entered({key: str(value).strip() for key, value in post.items()})
    values, wrong = entered.values, entered.errors
    if old is not None:
        values |= {"kind": old.kind, "name": old.name, "element": old.element}
    kind = RuleKind(values["kind"]) if values.get("kind") in set(RuleKind) else RuleKind.THRESHOLD
    several = kind is RuleKind.EXPRESSION
    _check_words(entered, several, elements)
    level = _level(entered)
    figures = _figures(kind, entered)
    stage = kind is RuleKind.THRESHOLD and values.get("element") in WITH_DATUM
    if stage:
        _check_datum(entered, station)
    if wrong:
        return None, entered
    return NewRule(
        station=station.code, kind=kind, name=values["name"], source=values["source"][:200],
        element="" if several else values["element"], direction=_direction(kind, values),
        datum=values["datum"] if stage else "", level=level,
        expression=values["expression"] if several else "", **figures,
    ), entered  # fmt: skip


def _level(entered: Entered) -> int | None:
    level = entered.values.get("level", "")
    if level not in ("", "1", "2", "3", "4"):
        entered.errors["level"] = _("A level is 1 to 4.")
        return None
    return int(level) if level else None


def _check_words(entered: Entered, several: bool, elements: Sequence[str]) -> None:
    values, wrong = entered.values, entered.errors
    if not values.get("name") or len(values["name"]) > 20 or ":" in values["name"]:
        wrong["name"] = _("Give the rule a name of up to 20 characters.")
    elif values["name"] in OF_THE_DEVICE:
        wrong["name"] = _("This name is the platform's own.")
    if not several and values.get("element") not in elements:
        wrong["element"] = _("Choose what the rule looks at.")
    if not values.get("source"):
        wrong["source"] = _("Say where the figure comes from: a document, a notice, an order.")
    if several and not values.get("expression"):
        wrong["expression"] = _("Write the condition.")


def _check_datum(entered: Entered, station: StationRow) -> None:
    datum = entered.values.get("datum")
    if datum not in set(Datum):
        entered.errors["datum"] = _("A stage needs its datum.")
    elif datum != station.datum and station.offset_m is None:
        words = _("The station has no offset: state the level in its own datum.")
        entered.errors["datum"] = words


def _direction(kind: RuleKind, values: Mapping[str, str]) -> Direction:
    asked = values.get("direction", "")
    return Direction(asked) if asked in SIDES.get(kind, {}) else Direction.ABOVE


def _figures(kind: RuleKind, entered: Entered) -> dict[str, Any]:
    """The figures that a rule of the kind has, in the units of `AlarmRule`."""
    if kind is RuleKind.MISSING:
        return {"value": 60 * _number(entered, "expected", 1, 10080)}
    figures: dict[str, Any] = {
        "duration_s": round(60 * _number(entered, "minutes", 0, LONGEST_DURATION_S / 60)),
    }
    if kind is RuleKind.EXPRESSION:
        return figures
    least = 1e-6 if kind is RuleKind.RATE else -1e6
    figures["value"] = _number(entered, "value", least, 1e6, needed=True)
    figures["hysteresis"] = _number(entered, "hysteresis", 0, 1e6)
    if kind is RuleKind.RATE:
        figures["window_s"] = round(60 * _number(entered, "window", 1, LONGEST_WINDOW_MIN))
    return figures


def _number(
    entered: Entered, name: str, least: float, most: float, *, needed: bool = False
) -> float:
    text = entered.values.get(name, "").replace("，", ".").replace("−", "-")
    if not text and not needed and least <= 0:
        return 0.0
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not least <= value <= most:
        words = _("A number from %(least)g to %(most)g.")
        if least == 1e-6:
            words = _("A number above 0: the change in one hour.")
        entered.errors[name] = words % {"least": least, "most": most}
        return 0.0
    return value


def typed_span(post: Mapping[str, str]) -> tuple[datetime, datetime] | None:
    """From and to of a maintenance, in China time; None when one of them is no time."""
    try:
        begin, end = (datetime.fromisoformat(post.get(name, "")) for name in ("begins", "ends"))
    except ValueError:
        return None
    if begin.tzinfo or end.tzinfo:
        return None
    return begin.replace(tzinfo=CHINA), end.replace(tzinfo=CHINA)
