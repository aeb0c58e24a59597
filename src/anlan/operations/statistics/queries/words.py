"""What a line, a period and a sight are called."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anlan.operations.checks.queries.registers import TASKS
from anlan.operations.people.queries.days import period_words
from anlan.operations.safety.queries.registers import DANGERS
from anlan.operations.statistics.queries.board import Board
from anlan.operations.statistics.queries.lines import Line, Seen
from anlan.operations.statistics.rules.scores import PART_WORDS
from anlan.operations.territory.queries import areas
from anlan.vocabulary.periods import Period

SECTOR_WORDS, SOURCE_WORDS, GRADE_WORDS = (
    DANGERS.field(key).choices for key in ("sector", "source", "grade")
)
CYCLE_WORDS = TASKS.field("cycle").choices


def period_word(one: Period) -> str:
    return period_words(one.key)


def whose(of: Seen) -> str:
    """Whose figures they are."""
    names = {one.code: one.name for one in areas(within=of.area) if one.code == of.area}
    parts = (names.get(of.area, of.area), word_of(SECTOR_WORDS, of.sector))
    return " · ".join(part for part in parts if part)


def kinds(found: Board) -> list[tuple[str, list[tuple[str, Line]]]]:
    """The tables by sector, source and grade, each line with its word."""
    ungraded, every = pgettext("danger grade", "Not graded yet"), found.units
    return [
        (_("By sector"), [(word_of(SECTOR_WORDS, one.key) or _("Not in the register"), one)
                          for one in every.sectors]),
        (_("By source"), [(word_of(SOURCE_WORDS, one.key), one) for one in every.sources]),
        (_("By grade"), [(word_of(GRADE_WORDS, one.key) or ungraded, one)
                         for one in every.grades]),
    ]  # fmt: skip


def word_of(words: Mapping[Any, Any], key: str) -> str:
    return pgettext(*words[key]) if key in words else key


def cycles(found: Board) -> list[tuple[str, Line]]:
    """Self-checks by how often they are owed, each line with its word."""
    return [(word_of(CYCLE_WORDS, one.key), one) for one in found.units.cycles]


def score_parts(line: Line, weights: Mapping[str, float]) -> list[dict[str, Any]]:
    """What a unit's points were made from: word, weight, part of what, with links, the share.

    A part without a share was left out; so is one that weighs nothing.
    """
    tally, checks, ways = line.tally, line.checks, line.links
    counted = {
        "cycle": (checks.done, ways["done"], checks.due, ways["owed"]),
        "rectified": (tally.due_closed, ways["due_closed"], tally.to_close, ways["to_close"]),
        "in_time": (tally.in_time, ways["in_time"], tally.due_closed, ways["due_closed"]),
        "cleared": (line.authority, "", 0, ""),
        "cases": (line.cases or 0, "", 0, ""),
    }
    return [
        {
            "word": pgettext(*PART_WORDS[key]), "weight": f"{weights[key]:g}",
            "part": counted[key][0], "part_link": counted[key][1],
            "whole": counted[key][2], "whole_link": counted[key][3],
            "share": line.score.parts[key], "key": key,
        }
        for key in PART_WORDS if weights.get(key, 0) > 0
    ]  # fmt: skip
