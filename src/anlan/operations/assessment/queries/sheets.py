"""A scorecard's sheet: every item with its points, what was taken and given, and what came out.

Live while points may still change; as the review or an edition kept it afterwards.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from anlan.operations.assessment.models import Scorecard
from anlan.operations.assessment.queries.measured import Veto, counted_against, shares
from anlan.operations.assessment.rules.scheme import Scheme, counted, read_scheme, total


@dataclass(frozen=True, slots=True)
class SheetLine:
    """An item. `share` and `figure` of a computed one, the others of one that the unit scores;
    `counts`: its points, None while nothing is said or no record speaks of it."""

    code: str
    text: str
    points: float
    by: str
    share: float | None
    figure: str
    link: str
    said: float | None
    words: str
    reviewed: float | None
    reason: str
    counts: float | None


@dataclass(frozen=True, slots=True)
class Taken:
    """A deduction, or a bonus (its text empty); by hand it has an `entry`, computed a `key`.
    `why_not`: it was left out, and why."""

    text: str
    what: str
    points: float
    link: str = ""
    key: str = ""
    entry: int | None = None
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    lines: tuple[SheetLine, ...]
    taken: tuple[Taken, ...]
    given: tuple[Taken, ...]
    vetoes: tuple[Veto, ...]
    basic: float | None
    deducted: float
    bonus: float
    points: float | None
    grade: str

    @property
    def silent(self) -> int:
        """How many items no record speaks of."""
        return sum(one.counts is None for one in self.lines)


def scheme_of(card: Scorecard) -> Scheme:
    return read_scheme(card.scheme.content | {"source": card.scheme.source})


def live_sheet(card: Scorecard, scheme: Scheme) -> Sheet:
    """As it stands now. Some thirty queries, however many records there are."""
    items = scheme.items_of(card.kind)
    found, said = shares(card, items), {one.code: one for one in card.scores.all()}
    lines = []
    for item in items:
        one, score = found.get(item.code), said.get(item.code)
        share = one.share if one else None
        own = score.said if score else None
        reviewed = score.reviewed if score else None
        lines.append(SheetLine(
            item.code, item.text, item.points, item.by, share, one.figure if one else "",
            one.link if one else "", own, score.words if score else "", reviewed,
            score.reason if score else "", counted(item, share, own, reviewed),
        ))  # fmt: skip
    taken, given, vetoes = _beside(card, scheme)
    sums = total(
        scheme, zip(items, [one.counts for one in lines], strict=True),
        [one.points for one in taken if not one.why_not], [one.points for one in given],
        bool(vetoes),
    )  # fmt: skip
    return Sheet(tuple(lines), taken, given, vetoes, sums.basic, sums.deducted, sums.bonus,
                 sums.points, sums.grade)  # fmt: skip


def _beside(
    card: Scorecard, scheme: Scheme
) -> tuple[tuple[Taken, ...], tuple[Taken, ...], tuple[Veto, ...]]:
    """Deductions (also those left out), bonus, vetoes."""
    entries = list(card.entries.filter(struck_at=None).order_by("pk"))
    waived = {one.key: one for one in entries if one.sort == "waiver"}
    against, vetoes = counted_against(card, scheme)
    texts = {one.code: one.text for one in scheme.rules}
    taken = [
        Taken(one.text, one.what, one.points, one.link, one.key,
              waived[one.key].pk if one.key in waived else None,
              waived[one.key].what if one.key in waived else "")
        for one in against
    ]  # fmt: skip
    taken += [
        Taken(texts.get(one.code, ""), one.what, one.points, entry=one.pk)
        for one in entries if one.sort == "deduction"
    ]  # fmt: skip
    given = [
        Taken("", one.what, one.points, entry=one.pk) for one in entries if one.sort == "bonus"
    ]
    return tuple(taken), tuple(given), tuple(vetoes)


def kept_sheet(kept: Mapping[str, Any]) -> Sheet:
    """A sheet as `dataclasses.asdict` wrote it."""
    rest = {key: kept[key] for key in ("basic", "deducted", "bonus", "points", "grade")}
    return Sheet(
        tuple(SheetLine(**one) for one in kept["lines"]),
        tuple(Taken(**one) for one in kept["taken"]),
        tuple(Taken(**one) for one in kept["given"]),
        tuple(Veto(**one) for one in kept["vetoes"]), **rest,
    )  # fmt: skip
