"""What of a unit's scorecard is computed: its items' shares, what counts against it, its vetoes.

Each is read from other rooms' records when it is asked for; nobody types it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from anlan.operations.accidents.queries import Judged, judged
from anlan.operations.assessment.models import Scorecard
from anlan.operations.assessment.queries.indicators import indicator, indicator_on
from anlan.operations.assessment.rules.progress import YEARLY_BY, attained
from anlan.operations.assessment.rules.scheme import INDICATOR, PROCESS, Item, Scheme
from anlan.operations.exercises.queries import owners
from anlan.operations.people.queries.days import day_words
from anlan.operations.responsibilities.queries import final_check, unit_figures
from anlan.operations.safety.queries.supervision import overdue
from anlan.operations.statistics.queries import Line, year_line
from anlan.vocabulary import clock
from anlan.vocabulary.areas import STREET_DIGITS


@dataclass(frozen=True, slots=True)
class Found:
    """An item's share of its points (0 to 1), None where no record speaks of it; the figure as
    people write it, and where its records stand."""

    share: float | None
    figure: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Against:
    """An event that takes points by itself. `key` stays the same however often it is computed."""

    key: str
    code: str
    text: str
    what: str
    points: float
    link: str


@dataclass(frozen=True, slots=True)
class Veto:
    """Why nothing but a fail is left: "level", or the mark of how the accident was reported."""

    why: str
    what: str
    link: str


def shares(card: Scorecard, items: tuple[Item, ...]) -> dict[str, Found]:
    """The computed items by code. The statistics are asked once, for all of their items."""
    computed = [one for one in items if not one.typed]
    line = _line(card) if any(one.by.startswith(PROCESS) for one in computed) else None
    return {one.code: _found(card, one.by, line) for one in computed}


def counted_against(card: Scorecard, scheme: Scheme) -> tuple[list[Against], list[Veto]]:
    """Of the accidents in production and the listed dangers of its territory or sector. Two
    queries."""
    if not _answers(card):
        return [], []
    taken: list[Against] = []
    vetoes: list[Veto] = []
    rules = {one.by: one for one in scheme.rules}
    for one in judged(card.area_code, card.sector, card.year):
        what, link = f"{one.number} {one.title} {day_words(one.on)}", f"/accidents/{one.id}"
        for by in (f"accident:{one.level}", *(f"mark:{mark}" for mark in one.marks)):
            if (rule := rules.get(by)) is not None:
                key = f"accident:{one.id}:{by}"
                taken.append(Against(key, rule.code, rule.text, what, rule.points, link))
        vetoes += [Veto(why, what, link) for why in _vetoes(one, scheme)]
    if (late := rules.get("overdue")) is not None:
        taken += [
            Against(f"supervision:{one.number}", late.code, late.text,
                    f"{one.number} {one.title} {day_words(one.due_on)}", late.points,
                    f"/dangers/{one.danger_id}")
            for one in overdue(card.area_code, card.sector, card.year)
        ]  # fmt: skip
    return taken, vetoes


def _answers(card: Scorecard) -> bool:
    """A department answers for its sector, a street or zone for a territory of its own."""
    return bool(card.sector) or len(card.area_code) >= STREET_DIGITS


def _vetoes(one: Judged, scheme: Scheme) -> list[str]:
    why = [mark for mark in one.marks if mark in scheme.veto_marks]
    return ["level", *why] if one.level <= scheme.veto_level else why


def _line(card: Scorecard) -> Line | None:
    return year_line(card.area_code, card.sector, card.year) if _answers(card) else None


def _found(card: Scorecard, by: str, line: Line | None) -> Found:
    if by.startswith(INDICATOR):
        return _indicator(card, by)
    if by.startswith(PROCESS):
        return _process(by.removeprefix(PROCESS).removeprefix(":"), line)
    return _OTHERS[by](card)


def _process(part: str, line: Line | None) -> Found:
    if line is None:
        return Found(None, "", "/statistics")
    if not part:
        points = line.score.points
        share = None if points is None else points / 100
        return Found(share, "" if points is None else f"{points:g} / 100", line.page)
    share = line.score.parts.get(part)
    return Found(share, "" if share is None else f"{100 * share:.1f}%", line.page)


def _indicator(card: Scorecard, code: str) -> Found:
    """As it stands now; of a year that is over, as it stood on its last day, where its records name
    their day (K-01, K-02, K-03, K-14, K-46): a register of what is there now says nothing of it."""
    link, last = f"/indicators/{code}", date(card.year, 12, 31)
    row = indicator_on(code, last) if last < clock.today() else indicator(code)
    if row is None or row.value is None:
        return Found(None, "", link)
    reached = attained(row.value, row.target, row.direction)
    figure = f"{row.words['value']} ({row.words['target']})"  # kept: of no language
    return Found(min(1.0, max(0.0, reached)), figure, link)


def _works(card: Scorecard) -> Found:
    """Of those that are confirmed or late; what is not due yet is neither."""
    found = unit_figures(card.unit_code, card.year)
    asked = {"year": card.year, "unit_code": card.unit_code, "view": "planned"}
    link = f"/responsibilities/works?{urlencode(asked)}"
    over = found.done + found.late
    if not over:
        return Found(None, "", link)
    return Found(found.in_time / over, f"{found.in_time} / {over}", link)


def _capacity(card: Scorecard) -> Found:
    kept = final_check(card.unit_code, card.year)
    if kept is None or kept[0].points is None or not kept[1]:
        return Found(None, "", f"/responsibilities/capacity?year={card.year}")
    one, most = kept
    figure = f"{one.points:g} / {most}"
    return Found((one.points or 0) / most, figure, f"/responsibilities/capacity/{one.pk}")


def _exercises(card: Scorecard) -> Found:
    """Nobody has failed to hold one before the day of K-46."""
    link = f"/exercises?year={card.year}"
    mine = next((one for one in owners(None, card.year) if one.code == card.unit_code), None)
    if mine is None:
        return Found(None, "", link)
    if mine.held:
        return Found(1.0, f"{len(mine.held)}", f"/exercises/{mine.held[0].id}")
    early = clock.today() <= date(card.year, *YEARLY_BY)
    return Found(None if early else 0.0, "" if early else "0", link)


_OTHERS: dict[str, Callable[[Scorecard], Found]] = {
    "works": _works, "capacity": _capacity, "exercises": _exercises,
}  # fmt: skip
