"""The dangers that a phone takes along: to rectify without a signal, and to report new ones."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import pgettext

from anlan.operations.people.queries import Scope, worded
from anlan.operations.safety.models import Danger, DangerStep, Membership
from anlan.operations.safety.queries.persons import person_of
from anlan.operations.safety.queries.scope import dangers_in, enterprises_in
from anlan.operations.safety.queries.state import facts_of
from anlan.operations.safety.rules.loop import Danger as Facts
from anlan.operations.safety.rules.loop import Person, check
from anlan.operations.safety.rules.states import FIND, GRADE_WORDS, RECTIFY, Grade, State
from anlan.vocabulary.transitions import Refused

TO_RECTIFY = (State.ASSIGNED, State.RECTIFYING, State.RETURNED)
MOST = 40
MOST_ENTERPRISES = 20


def phone_dangers(scope: Scope, now: datetime) -> dict[str, Any]:
    """`dangers`: one's own to rectify, soonest deadline first, `dangers_more` where those are not
    all; `firms` and `grades`: whose one may report, and how severe one may say it is: an
    enterprise's people alone. At most ten queries."""
    mine, more = _mine(scope, now.date()) if scope.may(RECTIFY) else ([], False)
    taken = {"dangers": mine, "dangers_more": more}
    if scope.reach != "itself" or not scope.may(FIND):
        return {**taken, "firms": [], "grades": []}
    firms = enterprises_in(scope).order_by("name").values("id", "name")
    grades = [{"key": key, "word": pgettext(*word)} for key, word in GRADE_WORDS.items()]
    return {**taken, "firms": list(firms[:MOST_ENTERPRISES]), "grades": grades}


def pictured(scope: Scope, danger_id: int | None, key: str) -> int | None:
    """The danger within sight of that id; without one, what this account's phone reported so."""
    rows = dangers_in(scope)
    if danger_id is None:
        rows = rows.filter(key=phone_key(key), found_by=scope.account_id)
    else:
        rows = rows.filter(pk=danger_id)
    return rows.values_list("pk", flat=True).first()


def phone_key(key: str) -> str:
    """What a danger is named by that a phone reports under a key of its own."""
    return f"phone:{key}"


def _mine(scope: Scope, today: date) -> tuple[list[dict[str, Any]], bool]:
    one = person_of(scope, scope.organisation)
    rows = _to_rectify(scope, one).order_by("due_on", "-found_at", "id")
    first = list(rows[: MOST + 1])
    found = first[:MOST]
    known, why = facts_of(found) if found else {}, _returned(found)
    said = [_said(each, known[each.pk], one, today) | why.get(each.pk, {}) for each in found]
    return said, len(first) > MOST


def _to_rectify(scope: Scope, one: Person) -> QuerySet[Danger]:
    """Assigned to this account or to whom it stands in for; of nobody by account, or of somebody
    who left or whose account is closed: anybody's of the enterprise. An authority's people write
    down for an enterprise that has nobody here."""
    rows = dangers_in(scope).filter(state__in=TO_RECTIFY).exclude(state=State.CLOSED)  # its index
    named = Q(rectifier__in=[one.id, *one.stands_in_for])
    members = Membership.objects.filter(enterprise=OuterRef("enterprise"), until=None)
    if one.firm:
        there = members.filter(account=OuterRef("rectifier"), account__is_active=True)
        return rows.filter(named | ~Exists(there))
    without = Q(enterprise__isnull=False) & ~Exists(members)
    return rows.filter(without | Q(named, enterprise=None))


def _returned(found: Sequence[Danger]) -> dict[int, dict[str, str]]:
    """What the last re-check said, by danger."""
    back = [each.pk for each in found if each.state == State.RETURNED]
    if not back:
        return {}
    steps = DangerStep.objects.filter(danger__in=back, verb="return").order_by("id")
    return {pk: {"returned": why} for pk, why in steps.values_list("danger", "reason")}


def _said(danger: Danger, known: Facts, one: Person, today: date) -> dict[str, Any]:
    return {
        "id": danger.pk, "number": danger.number, "title": danger.title, "unit": danger.unit,
        "place": danger.place, "words": danger.description, "major": danger.grade == Grade.MAJOR,
        "due_on": danger.due_on.isoformat() if danger.due_on else "", "returned": "",
        "before": known.before_photos, "after": known.after_photos, "own": known.own_find,
        "behalf": danger.enterprise_id is not None and not one.firm,
        "hindered": _hindered(known, one, today),
    }  # fmt: skip


def _hindered(known: Facts, one: Person, today: date) -> str:
    """Why it cannot be reported rectified, whatever is done on the spot; "" where it can."""
    done = replace(known, after_photos=1)
    try:
        if known.state != State.RECTIFYING:
            check("begin", done, one, today)
        check("submit", replace(done, state=State.RECTIFYING), one, today)
    except Refused as fault:
        return worded(fault)
    return ""
