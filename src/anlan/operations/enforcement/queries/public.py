"""What everybody may read of enforcement: decisions, and before them who enforces, by what, how."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Q

from anlan.operations.enforcement.models import (
    Certificate,
    DiscretionRow,
    EnforcementUnit,
    LegalTerm,
    Publication,
)
from anlan.operations.enforcement.queries.discretion import in_force
from anlan.operations.enforcement.queries.officers import certificates_on
from anlan.operations.enforcement.rules.forms import PAPER_WORDS, PAPERS, TERM_WORDS
from anlan.operations.enforcement.rules.states import CASE, STEP_WORDS
from anlan.vocabulary.words import Term

ON_A_PAGE = 20
LONGEST_SEARCH = 60
KINDS = ("penalty", "other")


def published(today: date, kind: str, search: str, page: str) -> Page[Publication]:
    """The decisions of a kind that everybody may read today, newest first, 20 a page; a page that
    is none is the nearest. `search`: in number, party and violation. Two queries."""
    rows = Publication.objects.filter(kind=kind, ended_on=None, until__gte=today)
    said = search.strip()[:LONGEST_SEARCH]
    if said:
        rows = rows.filter(
            Q(number__icontains=said) | Q(party__icontains=said) | Q(violation__icontains=said)
        )
    return Paginator(rows.order_by("-decided_on", "-id"), ON_A_PAGE).get_page(page)


@dataclass(frozen=True, slots=True)
class Item:
    """One matter of the list 事项清单: what is punished, by which laws, and how in each case."""

    violation: str
    law: str
    basis: str
    rows: list[DiscretionRow]


@dataclass(frozen=True, slots=True)
class Way:
    """One step of the procedure: its name, whose right it is, the papers that it issues."""

    word: Term
    right: str
    papers: list[Term]


def officers(today: date) -> list[tuple[str, list[Certificate]]]:
    """Unit by unit its officers of today with their certificates. Two queries."""
    names = dict(EnforcementUnit.objects.order_by("name").values_list("code", "name"))
    rows = certificates_on(today).filter(unit__in=names).order_by("holder", "number")
    by_unit: dict[str, list[Certificate]] = {code: [] for code in names}
    for one in rows:
        by_unit[one.unit].append(one)
    return [(name, by_unit[code]) for code, name in names.items()]


def items(today: date) -> list[Item]:
    """The matters that are punished, with the rows of the discretion table in force. One query."""
    found: dict[tuple[str, str, str], Item] = {}
    for row in in_force(today).order_by("code"):
        key = (row.violation, row.law, row.basis)
        found.setdefault(key, Item(*key, [])).rows.append(row)
    return list(found.values())


def procedure() -> list[Way]:
    """The steps of a case in the order of its table, each once."""
    return [
        Way(STEP_WORDS[verb], right, [PAPER_WORDS[kind] for kind in PAPERS.get(verb, ())])
        for verb, right in {step.verb: step.right for step in reversed(CASE.steps)}.items()
    ][::-1]  # fmt: skip


def terms(today: date) -> list[tuple[Term, LegalTerm]]:
    """The terms of the law that hold today. One query."""
    rows = LegalTerm.objects.filter(valid_from__lte=today).order_by("valid_from")
    newest = {one.key: one for one in rows}
    return [(TERM_WORDS[key], newest[key]) for key in TERM_WORDS if key in newest]


def units() -> list[EnforcementUnit]:
    """Who punishes in its own name. One query."""
    return list(EnforcementUnit.objects.order_by("name"))
