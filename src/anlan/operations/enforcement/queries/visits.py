"""A check and the cases of it: what the check fills in for the site record, what its page shows."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anlan.operations.checks.queries.beside import Checked
from anlan.operations.checks.queries.visits import Finding, Visit
from anlan.operations.enforcement.models import Case, EnforcementUnit
from anlan.operations.enforcement.queries.scope import own_cases
from anlan.operations.enforcement.queries.typed import LONGEST
from anlan.operations.enforcement.rules.states import HANDLE, STATE_WORDS, VIEW, State
from anlan.operations.people.queries import Scope
from anlan.operations.people.queries.days import full_moment_words
from anlan.operations.safety.queries.beside import Line, Section
from anlan.operations.safety.queries.rows import enterprises_by
from anlan.vocabulary import clock


def site_of(case: Case, visit: Visit) -> dict[str, str]:
    """What the form of the inspection begins with, by its keys; who takes the step corrects it.

    When another unit checked, the officers' own visit has a time of its own. One query.
    """
    said = {"place": _place(visit), "finding": _found(visit)}
    if visit.organisation != case.unit:
        return said
    return said | {"began": _moment(visit.began_at), "ended": _moment(visit.ended_at)}


def _place(visit: Visit) -> str:
    firm = next(iter(enterprises_by([visit.enterprise_id])), None)
    return (firm.address if firm else "") or visit.unit


def _moment(at: datetime) -> str:
    return f"{at.astimezone(clock.CHINA):%Y-%m-%dT%H:%M}"


def _found(visit: Visit) -> str:
    """What was not in order, each with the item, its law and clause, as many as the form takes."""
    said = {"when": full_moment_words(visit.ended_at), "who": visit.by_name}
    text = _("Checked by checklist on %(when)s by %(who)s. Not in order:") % said
    for n, one in enumerate(visit.findings, 1):
        line = f"\n{n}. {_cited(one)}"
        if len(text) + len(line) > LONGEST["long"]:
            break
        text += line
    return text


def _cited(one: Finding) -> str:
    law = f"{one.basis}{one.clause}"
    said = {"seen": one.seen, "item": one.item, "law": law, "number": one.danger_number}
    if not one.danger_number:
        return _("%(seen)s (%(item)s; %(law)s)") % said
    return _("%(seen)s (%(item)s; %(law)s), hidden danger %(number)s") % said


def cases_of_check(scope: Scope, check: Checked) -> Section | None:
    """The own unit's cases of a check, and the way to open one. Two queries."""
    if not scope.may(VIEW):
        return None
    rows = list(own_cases(scope).filter(check_record=check.id).order_by("-opened_at"))
    opens = (
        check.prosecutable and scope.may(HANDLE)
        and EnforcementUnit.objects.filter(code=scope.organisation).exists()
    )  # fmt: skip
    if not rows and not opens:
        return None
    word = _("Open a case against another party") if rows else _("Open a case")
    return Section(
        title=pgettext("check", "Enforcement cases"),
        lines=tuple(
            Line(f"/cases/{one.pk}", f"{one.number} {one.title}", one.party,
                 pgettext(*STATE_WORDS[State(one.state)]))
            for one in rows
        ),
        empty=_("No case yet."),
        more=((f"/cases/new?check={check.id}", word),) if opens else (),
    )  # fmt: skip
