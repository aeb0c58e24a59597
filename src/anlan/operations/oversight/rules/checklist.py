"""The checklist of a case review: points, what is computed, what vetoes, grades."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_, NP_, Term

WHOLE = 100
GROUP_WORDS: Mapping[str, Term] = {
    "evidence": NP_("checklist", "Evidence"),
    "facts": NP_("checklist", "Facts"),
    "law": NP_("checklist", "Law applied"),
    "procedure": NP_("checklist", "Procedure and deadlines"),
    "documents": NP_("checklist", "Documents"),
    "discretion": NP_("checklist", "Discretion"),
    "publicity": NP_("checklist", "Publicity"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line. `computed` names the check that decides it; "" where the reviewers do."""

    key: str
    group: str
    text: str
    points: int
    computed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Veto:
    """What makes a file fail whatever its points."""

    key: str
    text: str
    computed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """A version of the district's. `grades`: points from which, and the word, best first; the last
    one begins at 0 and is also what a vetoed file gets. Days are working days."""

    items: tuple[Item, ...]
    vetoes: tuple[Veto, ...]
    grades: tuple[tuple[int, str], ...]
    least_cases: int
    score_days: int
    mend_days: int
    source: str

    def __post_init__(self) -> None:
        """Raises `ValueError` for a checklist that cannot be scored by."""
        keys = [one.key for one in self.lines]
        if len(set(keys)) != len(keys) or sum(one.points for one in self.items) != WHOLE:
            raise ValueError("the keys of a checklist are different, its points come to 100")
        if not {one.group for one in self.items} <= set(GROUP_WORDS):
            raise ValueError("a group of the checklist is not known")
        least = [one for one, _word in self.grades]
        if sorted(least, reverse=True) != least or not least or least[-1] != 0:
            raise ValueError("grades go down, the last one begins at 0")

    @property
    def lines(self) -> tuple[Item | Veto, ...]:
        """Items and vetoes."""
        return (*self.items, *self.vetoes)

    def grade(self, mean: Decimal, vetoed: bool) -> str:
        """The word for a mean of points from 0 to 100."""
        if vetoed:
            return self.grades[-1][1]
        return next(word for least, word in self.grades if mean >= least)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What one reviewer found: points by item, words where points are missing, vetoes with why."""

    points: Mapping[str, int]
    notes: Mapping[str, str]
    vetoes: Mapping[str, str]


def total(checklist: Checklist, computed: Mapping[str, bool | None], given: Given) -> int:
    """The points of one reviewer, 0 to 100; raises `Refused` for scores that cannot stand.

    What was computed is not typed: its points are all or none; where it does not apply, all.
    """
    points = 0
    for item in checklist.items:
        if item.computed:
            points += item.points if computed.get(item.computed) is not False else 0
            continue
        got = given.points.get(item.key)
        if got is None or not 0 <= got <= item.points:
            raise Refused(N_("Give 0 to %(most)d points: %(item)s"), most=item.points,
                          item=item.text)  # fmt: skip
        if got < item.points and not given.notes.get(item.key):
            raise Refused(N_("Say what is wrong where points are missing: %(item)s"),
                          item=item.text)  # fmt: skip
        points += got
    typed = {one.key for one in checklist.vetoes if not one.computed}
    if not set(given.vetoes) <= typed or not all(given.vetoes.values()):
        raise Refused(N_("A veto is one of the checklist, with its reason."))
    return points


def mean(totals: list[int]) -> Decimal:
    """The mean of the reviewers' points, to one decimal.

    >>> mean([91, 88])
    Decimal('89.5')
    """
    return (Decimal(sum(totals)) / len(totals)).quantize(Decimal("0.1"))
