"""Where a case comes from: a hidden danger, an enterprise or a check, within one's sight of work
safety."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from anlan.operations.checks.queries.visits import Visit, visit
from anlan.operations.enforcement.models import Case, CaseDanger
from anlan.operations.enforcement.rules.states import ENDED
from anlan.operations.people.queries import Scope
from anlan.operations.people.queries.days import full_day_words
from anlan.operations.safety.queries.handed import Candidate, to_hand
from anlan.operations.safety.queries.persons import person_of
from anlan.operations.safety.queries.scope import dangers_in, enterprises_in

LONGEST_ID = 18
LONGEST_TITLE, LONGEST_BEFORE = 120, 80


@dataclass(frozen=True, slots=True)
class Origin:
    """What the file, the danger or the check says for the new case's form; `candidates`: the
    dangers of the check that the case may take up."""

    enterprise_id: int | None = None
    danger_id: int | None = None
    label: str = ""
    values: dict[str, str] = field(default_factory=dict)
    visit: Visit | None = None
    candidates: tuple[Candidate, ...] = ()


def number(text: str) -> int | None:
    """The id that a form sent; None for whatever is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_ID else None


def origin_of(scope: Scope, danger: str, enterprise: str) -> Origin:
    """The danger (and its enterprise), or the enterprise; nothing when neither is in sight."""
    danger_id, firm_id = number(danger), number(enterprise)
    found = dangers_in(scope).filter(pk=danger_id).first() if danger_id is not None else None
    firm_id = found.enterprise_id if found else firm_id
    firm = enterprises_in(scope).filter(pk=firm_id).first() if firm_id is not None else None
    if found is None and firm is None:
        return Origin()
    values = {"party_kind": "unit"}
    if found is not None:
        values |= {"title": found.title, "party": found.unit, "area_code": found.area_code[:9]}
    if firm is not None:
        values |= _of_firm(firm)
    return Origin(
        firm.pk if firm else None, found.pk if found else None,
        str(found) if found else str(firm), values,
    )  # fmt: skip


def origin_of_check(scope: Scope, check: str) -> Origin | None:
    """The check with its enterprise and the dangers that it found; None when it is not in sight."""
    check_id = number(check)
    seen = visit(check_id, scope) if check_id is not None else None
    if seen is None:
        return None
    firm = enterprises_in(scope).filter(pk=seen.enterprise_id).first()
    values = {
        "party_kind": "unit", "title": _title(seen), "party": seen.unit,
        "area_code": seen.area_code[:9],
    }  # fmt: skip
    if firm is not None:
        values |= _of_firm(firm)
    person = person_of(scope, scope.organisation)
    label = _("the check of %(day)s") % {"day": full_day_words(seen.ended_at)}
    found = tuple(to_hand(seen.dangers, scope, person))
    return Origin(seen.enterprise_id, None, label, values, seen, found)


def _title(seen: Visit) -> str:
    """What is suspected in one line: the first finding, and how many more."""
    found = [(one.seen or one.item).splitlines()[0] for one in seen.findings]
    if len(found) < 2:
        return "".join(found)[:LONGEST_TITLE]
    said = {"first": found[0][:LONGEST_BEFORE], "n": len(found) - 1}
    return _("%(first)s and %(n)d more") % said


def _of_firm(firm: Any) -> dict[str, str]:
    return {
        "party": firm.name, "id_number": firm.credit_code, "principal": firm.principal,
        "address": firm.address, "area_code": firm.area_code[:9],
    }  # fmt: skip


def others_run(danger_id: int, case_id: int) -> bool:
    """Whether another case of the same danger has not ended."""
    return running(danger_id).exclude(pk=case_id).exists()


def running(danger_id: int) -> QuerySet[Case]:
    """The cases of a danger that have not ended."""
    return cases_of(danger_id).exclude(state__in=ENDED)


def cases_of(danger_id: int) -> QuerySet[Case]:
    """The cases that were opened from a danger, or took it up with the check that found it."""
    taken = CaseDanger.objects.filter(danger=danger_id).values("case")
    return Case.objects.filter(Q(danger=danger_id) | Q(pk__in=taken))


def taken_up_by(case_id: int) -> list[int]:
    """The dangers that a case took up with the check it was opened from. One query."""
    rows = CaseDanger.objects.filter(case=case_id).order_by("danger")
    return list(rows.values_list("danger", flat=True))


def firm_of(scope: Scope, credit_code: str) -> int | None:
    """The enterprise within sight whose credit code a form names."""
    rows = enterprises_in(scope).filter(credit_code=credit_code) if credit_code else None
    return rows.values_list("pk", flat=True).first() if rows is not None else None


def party_in(scope: Scope, origin: Origin, kind: str, party: str, credit_code: str) -> int | None:
    """The enterprise that a case is of: where it comes from one, only if that is the party, or a
    person of it is; of another unit found there (a contractor), by its credit code."""
    its_own = kind == "person" or party.strip() == origin.values.get("party", "").strip()
    own = origin.enterprise_id if its_own else None
    return own if own is not None else firm_of(scope, credit_code)
