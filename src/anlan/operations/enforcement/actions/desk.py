"""Whose desk a case waits on: one item for what comes next, one for each duty beside it."""

from datetime import date, datetime

from anlan.operations.deadlines.actions import NewItem, close_item, open_item
from anlan.operations.deadlines.queries import COMMITTEE
from anlan.operations.enforcement.models import Case
from anlan.operations.enforcement.queries.officers import standing_on
from anlan.operations.enforcement.queries.origin import taken_up_by
from anlan.operations.enforcement.queries.state import due, due_at, next_payment, still_open
from anlan.operations.enforcement.queries.waiting import CASE_ITEM, REPLACE
from anlan.operations.enforcement.rules.loop import LEAST_OFFICERS
from anlan.operations.enforcement.rules.states import ANSWER, DECIDE, HANDLE, REVIEW, SETTLED, State
from anlan.operations.people.queries import staff
from anlan.operations.safety.queries.handed import handed_of, taken_up_until
from anlan.operations.safety.queries.persons import addressee
from anlan.vocabulary import clock
from anlan.vocabulary.words import N_

# State -> whose right it waits for, what is to be done, the verb on the button, its term.
_WAITS = {
    State.PLANNED: (HANDLE, N_("Inspect: %(title)s"), N_("Inspect"), ""),
    State.INSPECTED: (HANDLE, N_("Go on with the case %(title)s"), N_("Go on"), "filing_urgent"),
    State.NO_VIOLATION: (HANDLE, N_("Archive the case %(title)s"), N_("Archive"), ""),
    State.ORDERED: (HANDLE, N_("Go on with the case %(title)s"), N_("Go on"), "filing_urgent"),
    State.FILED: (HANDLE, N_("Investigate the case %(title)s"), N_("Investigate"), "decision"),
    State.INVESTIGATED: (HANDLE, N_("Notify the party: %(title)s"), N_("Notify"), "decision"),
    State.NOTIFIED: (REVIEW, N_("Legal review of %(title)s"), N_("Legal review"), "decision"),
    State.HEARING: (HANDLE, N_("Call the hearing: %(title)s"), N_("Call"), "decision"),
    State.LEGAL_REVIEWED: (
        DECIDE, N_("Decide the case %(title)s"), N_("Decide the case"), "decision",
    ),
    State.DECIDED: (HANDLE, N_("Serve the decision: %(title)s"), N_("Serve"), "service"),
    State.SERVED: (HANDLE, N_("Execution of %(title)s"), N_("Look"), "court"),
    State.COURT_ENFORCEMENT: (HANDLE, N_("Execution of %(title)s"), N_("Look"), "execution"),
    State.EXECUTED: (HANDLE, N_("Re-check after the case %(title)s"), N_("Re-check"), "recheck"),
    State.EXECUTION_ENDED: (
        HANDLE, N_("Re-check after the case %(title)s"), N_("Re-check"), "recheck",
    ),
    State.TRANSFERRED_CRIMINAL: (
        HANDLE, N_("With the police, to be taken back or closed: %(title)s"), N_("Look"), "",
    ),
    State.RECHECKED: (DECIDE, N_("Close the case %(title)s"), N_("Close the case"), ""),
    State.WITHDRAWN: (DECIDE, N_("Close the case %(title)s"), N_("Close the case"), ""),
}  # fmt: skip
# What runs beside the procedure, as long as its term does.
_BESIDE = {
    "evidence_hold": (HANDLE, N_("Deal with the evidence held: %(title)s"), N_("Deal with it")),
    "publicity": (HANDLE, N_("Publish the decision: %(title)s"), N_("Publish the decision")),
    "publicity_other": (
        HANDLE,
        N_("Publish the orders and measures: %(title)s"),
        N_("Publish the decision"),
    ),
    "crime_decision": (DECIDE, N_("Transfer to the police? %(title)s"), N_("Decide the case")),
    "crime_transfer": (HANDLE, N_("Transfer to the police: %(title)s"), N_("Transfer")),
}
_RECHECK = (HANDLE, N_("Re-check the order: %(title)s"), N_("Re-check"))
_ASKED = (HANDLE, N_("Re-check, as the party asked: %(title)s"), N_("Re-check"))
_ROLES = {REVIEW: "legal_reviewer", DECIDE: "bureau_leader"}
CHAIN = (DECIDE, DECIDE, COMMITTEE)


def refresh(case: Case) -> None:
    """Put the case on the desks of whoever is next, and take it off the others."""
    key, waits = f"{CASE_ITEM}{case.pk}", _WAITS.get(State(case.state))
    if waits is None:
        close_item(key)
    else:
        right, title, action, term = waits
        if case.state == State.NOTIFIED and "answer" not in case.dues and not case.waived:
            right, title, action = HANDLE, N_("Serve the notice: %(title)s"), N_("Serve")
        if case.proposed and case.state in (State.INSPECTED, State.ORDERED):
            right, title, action = DECIDE, N_("Approve the filing: %(title)s"), N_("Approve it")
        if case.state == State.HEARING and case.hearing_on is not None:
            right, title, action = REVIEW, N_("Hearing and review: %(title)s"), N_("Legal review")
        last = due(case, term) if term else None
        if case.state == State.SERVED:
            last = _execution(case)
        if case.state == State.PLANNED:
            last = _inspection(case)
        if len(_hands(case)[0]) < LEAST_OFFICERS:  # nothing else may be done (CFF 42)
            right, title, action = DECIDE, REPLACE, N_("Replace an officer")
        _open(case, key, (right, title, action), clock.end_of(last) if last else None)
    _party(case)
    recheck = _ASKED if case.recheck_asked_on else _RECHECK
    for term, beside in {**_BESIDE, "recheck": recheck}.items():
        end = None if term == "recheck" and case.state in SETTLED else due_at(case, term)
        if end is None:
            close_item(f"{key}:{term}")
        else:
            _open(case, f"{key}:{term}", beside, end)


def _party(case: Case) -> None:
    """What the enterprise itself may or must do, on its principal's desk."""
    for key, (last, title) in _duties(case).items():
        item = f"case:{case.pk}:own:{key}"
        if last is None or case.party_kind != "unit" or case.enterprise_id is None:
            close_item(item)
            continue
        open_item(
            NewItem(
                key=item, kind="case", title=title, action=N_("Look"),
                link=f"/notices?case={case.pk}", right=ANSWER, area_code=case.area_code,
                unit=case.unit, due_at=clock.end_of(last), parameters={"title": case.title},
                owner_id=addressee(case.enterprise_id), chain=(HANDLE,),
                enterprise=case.enterprise_id,
            )
        )  # fmt: skip


def _duties(case: Case) -> dict[str, tuple[date | None, str]]:
    """Last day and title of what runs for the party; None where it does not."""
    heard = N_("A penalty is intended: ask for a hearing, or state your case: %(title)s")
    answer = (
        heard if case.hearing_right else N_("A penalty is intended: state your case: %(title)s")
    )
    running = case.state == State.NOTIFIED and not case.waived
    pays = case.state == State.SERVED and still_open(case, clock.today()) > 0
    return {
        "answer": (due(case, "answer") if running else None, answer),
        "payment": (next_payment(case) if pays else None, N_("Pay the fine: %(title)s")),
        "order": (due(case, "order"), N_("Rectify as ordered: %(title)s")),
    }


def _inspection(case: Case) -> date | None:
    """Until when the case of a danger that waits for it is begun: a plan alone would keep it."""
    ids = [] if case.danger_id is None else [case.danger_id]
    if case.check_record_id is not None:
        ids += taken_up_by(case.pk)
    waiting = [one.since for one in handed_of(ids).values()]
    return taken_up_until(max(case.opened_at, min(waiting))) if waiting else None


def _execution(case: Case) -> date | None:
    """What comes next of a decision that is served: a payment, the reminder, the court; of a
    warning alone that its execution is recorded, an appeal or none (CFF 73)."""
    if "execution" in case.dues:
        return due(case, "execution")
    if case.appeals.filter(ended_on=None).exists():
        return None
    days = (next_payment(case), due(case, "reminder"), due(case, "court"))
    coming = [day for day in days if day is not None and day >= clock.today()]
    return min(coming) if coming else due(case, "court")


def _open(case: Case, key: str, worded: tuple[str, str, str], end: datetime | None) -> None:
    """Where no person is named, anybody with the right in the district is asked: by number only."""
    right, title, action = worded
    who, second = owners(case, right)
    said, detail = (case.title, case.party) if who is not None else (case.number, "")
    open_item(
        NewItem(
            key=key, kind="case", title=title, action=action, link=f"/cases/{case.pk}",
            right=right, area_code=case.area_code,
            unit=case.unit if who is not None else "", due_at=end,
            parameters={"title": said}, detail=detail, chain=CHAIN,
            owner_id=who, second_id=second,
        )
    )  # fmt: skip


def owners(case: Case, right: str) -> tuple[int | None, int | None]:
    """The person it is for, and who alone may do it while that one is away: the case's officers
    whose certificates stand today; else the unit's reviewer or leader, who never was one of them,
    and whoever stands in."""
    standing, ever = _hands(case)
    if right == HANDLE:
        first, second, *_more = [*standing, None, None]
        return first, second
    named = [one.id for one in staff(role=_ROLES[right])
             if one.organisation_code == case.unit and one.id not in ever]  # fmt: skip
    return named[0] if named else None, None


def _hands(case: Case) -> tuple[list[int], frozenset[int]]:
    """The accounts of the officers who stand today, in their order, and of all who ever were. One
    query."""
    rows = case.officers.annotate(stands=standing_on(clock.today(), "certificate__"))
    hands = list(rows.order_by("id").values_list("certificate__account", "until", "stands"))
    standing = dict.fromkeys(who for who, left, stands in hands if left is None and stands)
    return list(standing), frozenset(who for who, *_rest in hands)
