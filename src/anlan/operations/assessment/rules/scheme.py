"""The dated scheme of the annual assessment 目标考核: what is scored, taken and graded."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from anlan.vocabulary.words import NP_

WHOLE = 100
HAND = "hand"
PROCESS = "process"
INDICATOR = "K-"
PARTS = ("cycle", "rectified", "in_time", "cleared", "cases")
LEVELS, MARKS = ("1", "2", "3", "4"), ("late", "missed", "false", "concealed")
KIND_WORDS = {
    "department": NP_("assessed", "Department"),
    "township": NP_("assessed", "Street or town"),
    "zone": NP_("assessed", "Functional zone"),
}
GRADE_WORDS = {
    "excellent": NP_("assessment grade", "Excellent"),
    "good": NP_("assessment grade", "Good"),
    "pass": NP_("assessment grade", "Pass"),
    "fail": NP_("assessment grade", "Fail"),
}
FAIL = "fail"
# By what an item is scored; what is computed from records nobody types.
BY_WORDS = {
    HAND: NP_("scored by", "The unit, and the review"),
    PROCESS: NP_("scored by", "Process score of work safety"),
    "process:cycle": NP_("scored by", "Self-check cycles kept"),
    "process:rectified": NP_("scored by", "Dangers rectified of those due"),
    "process:in_time": NP_("scored by", "Dangers closed in time"),
    "process:cleared": NP_("scored by", "Dangers found by authorities"),
    "process:cases": NP_("scored by", "No year without a case"),
    "works": NP_("scored by", "Works of the year done in time"),
    "capacity": NP_("scored by", "Capacity assessment"),
    "exercises": NP_("scored by", "Comprehensive exercise held"),
    INDICATOR: NP_("scored by", "Indicator of the plan"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """What is scored, out of `points`; `by` a key of `BY_WORDS`, or the code of an indicator."""

    code: str
    text: str
    points: float
    by: str
    kinds: tuple[str, ...]

    @property
    def typed(self) -> bool:
        return self.by == HAND


@dataclass(frozen=True, slots=True)
class Rule:
    """What an event takes. `by`: hand, overdue (listed danger), accident:1..4 (its level) or
    mark:late, missed, false, concealed (how it was reported)."""

    code: str
    text: str
    points: float
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """A version of the scheme. `object_days` are working days if `object_working`, else calendar
    days; `review_days` working days. `grades`: least points and the grade, falling. An accident of
    `veto_level` or worse (1 the worst), and one with a mark of `veto_marks`, is a veto."""

    source: str
    items: tuple[Item, ...]
    rules: tuple[Rule, ...]
    grades: tuple[tuple[float, str], ...]
    bonus_most: float
    object_days: int
    object_working: bool
    review_days: int
    veto_level: int
    veto_marks: tuple[str, ...]
    left_out: tuple[str, ...]

    def items_of(self, kind: str) -> tuple[Item, ...]:
        return tuple(one for one in self.items if kind in one.kinds)

    def rules_by(self, prefix: str) -> tuple[Rule, ...]:
        return tuple(one for one in self.rules if one.by.startswith(prefix))


@dataclass(frozen=True, slots=True)
class Total:
    """`basic` out of 100, None while nothing counts; `points` after deductions and bonus."""

    basic: float | None
    deducted: float
    bonus: float
    points: float | None
    grade: str


def counted(item: Item, share: float | None, said: float | None, reviewed: float | None) -> (
    float | None
):  # fmt: skip
    """The points of an item: its share of them when computed, else the review's word, else the
    unit's own. None: no record speaks of it, or nothing is said yet.

    >>> item = Item("a", "", 20, "process", ("zone",))
    >>> counted(item, 0.825, None, None)
    16.5
    """
    if not item.typed:
        return None if share is None else round(item.points * share, 2)
    return said if reviewed is None else reviewed


def total(
    scheme: Scheme, lines: Iterable[tuple[Item, float | None]], deducted: Sequence[float],
    bonus: Sequence[float], vetoed: bool,
) -> Total:  # fmt: skip
    """A card's points. Items that no record speaks of are left out, the others carry their weight
    (as in the process score); bonus counts up to the scheme's most; below 0 nothing is taken.

    >>> scheme = read_scheme({"source": "", "object_days": 5, "review_days": 10, "bonus_most": 5,
    ...     "grades": {"excellent": 90, "good": 80, "pass": 60, "fail": 0},
    ...     "items": [{"code": "a", "text": "", "points": 60, "by": "hand", "of": ["zone"]},
    ...               {"code": "b", "text": "", "points": 40, "by": "works", "of": ["zone"]}]})
    >>> a, b = scheme.items
    >>> total(scheme, [(a, 54), (b, None)], [3.0], [4, 2], False)  # 54 of 60, then −3 +5
    Total(basic=90.0, deducted=3.0, bonus=5, points=92.0, grade='excellent')
    """
    known = [(item.points, points) for item, points in lines if points is not None]
    whole = sum(most for most, _points in known)
    if not whole:
        return Total(None, sum(deducted), min(sum(bonus), scheme.bonus_most), None, "")
    basic = round(WHOLE * sum(points for _most, points in known) / whole, 2)
    taken, given = sum(deducted), min(sum(bonus), scheme.bonus_most)
    points = max(0.0, round(basic - taken + given, 2))
    return Total(basic, taken, given, points, FAIL if vetoed else grade(scheme, points))


def grade(scheme: Scheme, points: float) -> str:
    """ "以上" includes the number."""
    return next(word for least, word in scheme.grades if points >= least)


def read_scheme(given: Mapping[str, Any]) -> Scheme:
    """As the district's file has it; raises `ValueError`, `KeyError` or `TypeError` naming what is
    wrong."""
    items = tuple(
        Item(one["code"], one["text"], float(one["points"]), one["by"], tuple(one["of"]))
        for one in given["items"]
    )
    rules = tuple(
        Rule(one["code"], one["text"], float(one["points"]), one["by"])
        for one in given.get("deductions", ())
    )
    veto = given.get("veto", {})
    grades = sorted(((float(n), key) for key, n in given["grades"].items()), reverse=True)
    found = Scheme(
        source=str(given["source"]), items=items, rules=rules, grades=tuple(grades),
        bonus_most=given["bonus_most"], object_days=int(given["object_days"]),
        object_working=bool(given.get("object_working", False)),
        review_days=int(given["review_days"]), veto_level=int(veto.get("level", 0)),
        veto_marks=tuple(veto.get("marks", ())), left_out=tuple(given.get("left_out", ())),
    )  # fmt: skip
    _sound_items(found)
    _sound_rest(found)
    return found


def _once(codes: Sequence[str]) -> None:
    if twins := sorted({code for code in codes if codes.count(code) > 1}):
        raise ValueError(f"{twins} stand twice")


def _sound_items(scheme: Scheme) -> None:
    _once([one.code for one in scheme.items])
    for item in scheme.items:
        if item.by not in BY_WORDS and not item.by.startswith(INDICATOR):
            raise ValueError(f"item {item.code}: nothing is scored by {item.by}")
        if item.points <= 0 or not item.kinds or set(item.kinds) - set(KIND_WORDS):
            raise ValueError(f"item {item.code}: without points, or of an unknown kind of unit")
    for kind in {kind for item in scheme.items for kind in item.kinds}:
        if (whole := sum(item.points for item in scheme.items_of(kind))) != WHOLE:
            raise ValueError(f"the items of a {kind} have {whole:g} points, not {WHOLE}")


def _sound_rest(scheme: Scheme) -> None:
    _once([one.code for one in scheme.rules])
    by = {HAND, "overdue", *(f"accident:{n}" for n in LEVELS), *(f"mark:{n}" for n in MARKS)}
    for rule in scheme.rules:
        if rule.by not in by or rule.points <= 0:
            raise ValueError(f"deduction {rule.code}: by {rule.by}, {rule.points} points")
    if {key for _least, key in scheme.grades} != set(GRADE_WORDS) or scheme.grades[-1][0] != 0:
        raise ValueError(f"the grades are {', '.join(GRADE_WORDS)}, the last from 0")
    if set(scheme.veto_marks) - set(MARKS) or scheme.veto_level not in range(5):
        raise ValueError("a veto by an unknown mark or level")
