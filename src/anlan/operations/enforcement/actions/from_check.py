"""A case that is opened from a check by checklist: once for each party, with the dangers that the
check found and that are handed to it."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext as _

from anlan.operations.checks.queries.visits import Visit, dangers_found
from anlan.operations.enforcement.actions.desk import refresh
from anlan.operations.enforcement.actions.party import masked, party_of
from anlan.operations.enforcement.models import Case, CaseDanger
from anlan.operations.enforcement.queries.origin import running
from anlan.operations.enforcement.rules.states import ENDED, STATE_WORDS, TAKING_UP, State
from anlan.operations.people.actions import PLATFORM, Actor, act
from anlan.operations.people.queries import Scope
from anlan.operations.safety.actions import CaseNews, hand_to_enforcement, tell_of_case
from anlan.operations.safety.queries.handed import Handed, handed
from anlan.operations.safety.queries.persons import person_of
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_


def check_visit(
    visit: Visit, unit: str, kind: str, party: Mapping[str, str], taken_up: Collection[int]
) -> None:
    """Whether the unit may open a case of the check against this party, and take up these of its
    dangers; raises `Refused`."""
    if not visit.prosecutable:
        raise Refused(N_("Only an authority's inspection that found something opens a case."))
    if set(taken_up) - visit.dangers:
        raise Refused(N_("This check did not find the danger."))
    rows = Case.objects.filter(unit=unit, check_record=visit.id, party_kind=kind)
    if kind != "person":
        rows = rows.filter(party=masked(party.get("name", "").strip(), kind)[:120])
    number = next((one.number for one in rows.exclude(state__in=ENDED).order_by("pk")
                   if kind != "person" or _same_person(party_of(one), party)), None)  # fmt: skip
    if number is not None:
        raise Refused(
            N_("Your unit has a case of this check against this party already: %(number)s."),
            number=number,
        )


def _same_person(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """By the number of both; where either has none, by the name."""
    (name, number), (others_name, others_number) = (
        (said.get("name", "").strip(), said.get("id_number", "").strip().upper())
        for said in (one, other)
    )
    return number == others_number if number and others_number else name == others_name


def take_up(case: Case, doer: tuple[Actor, Scope], ids: Collection[int]) -> None:
    """Hand these dangers to the case; one that waits for enforcement already is its own as it is.
    Raises `Refused` where one may not be handed over as it is now. The caller's transaction."""
    actor, sight = doer
    person = person_of(sight, sight.organisation)
    for pk in sorted(set(ids)):
        CaseDanger.objects.create(case=case, danger_id=pk)
        if handed(pk) is None:
            reason = _("Taken up by enforcement case %(number)s.") % {"number": case.number}
            hand_to_enforcement(actor, person, pk, reason=reason)


def join_case(danger_id: int, danger: Handed, unit: str) -> None:
    """Let the case of the check that found it, of the unit that is asked ("" any), take up a danger
    that is handed over later, as long as the party was not notified of what it is punished for.
    The caller's transaction."""
    if danger.enterprise_id is None or running(danger_id).exists():
        return
    rows = Case.objects.filter(
        enterprise=danger.enterprise_id, check_record__isnull=False, state__in=TAKING_UP
    )
    if unit:
        rows = rows.filter(unit=unit)
    for case in rows.order_by("-opened_at"):
        if danger_id in dangers_found(case.check_record_id or 0):
            _join(case, danger_id)
            return


def _join(case: Case, danger_id: int) -> None:
    with act("enforcement.take_up", PLATFORM) as this:
        CaseDanger.objects.create(case=case, danger_id=danger_id)
        tell_of_case(danger_id, CaseNews(
            case_id=case.pk, number=case.number, state=STATE_WORDS[State(case.state)][1],
            ended=False,
        ))  # fmt: skip
        refresh(case)
        this.on("case", case.pk, str(case))
        this.detail = {"danger": danger_id}
