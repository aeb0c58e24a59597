"""Whose desk an accident waits on."""

from dataclasses import replace
from datetime import date, datetime

from anlan.operations.accidents.models import Accident, Liability, Measure
from anlan.operations.accidents.queries.state import due
from anlan.operations.accidents.queries.waiting import (
    ACCIDENT_ITEM,
    MEASURE_ITEM,
    RECOMMENDATION_ITEM,
    TOLL_ITEM,
    UP_ITEM,
)
from anlan.operations.accidents.rules.level import counts_until, follow_up_every, upwards_within
from anlan.operations.accidents.rules.loop import DISTRICT
from anlan.operations.accidents.rules.states import (
    ACCIDENT,
    DECIDE,
    INVESTIGATE,
    LEAD,
    TRACK,
    State,
)
from anlan.operations.deadlines.actions import NewItem, close_item, open_item
from anlan.operations.deadlines.queries import COMMITTEE
from anlan.vocabulary import clock
from anlan.vocabulary.words import N_

_WAITS = {
    State.REPORTED: (DECIDE, N_("Form the team for %(title)s"), N_("Form")),
    State.TEAM_FORMED: (INVESTIGATE, N_("Investigate %(title)s"), N_("Begin")),
    State.INVESTIGATING: (INVESTIGATE, N_("Investigate %(title)s"), N_("Submit")),
    State.REPORT_SUBMITTED: (
        DECIDE,
        N_("Decide on the report of %(title)s"),
        N_("Approve the report"),
    ),
    State.APPROVED: (DECIDE, N_("Publish the report of %(title)s"), N_("Publish the report")),
    State.HANDED_UP: (TRACK, N_("Take the superior's report of %(title)s"), N_("Enter")),
    State.PUBLISHED: (TRACK, N_("Follow up the measures of %(title)s"), N_("Follow up")),
    State.IMPLEMENTING: (TRACK, N_("Evaluate the measures of %(title)s"), N_("Evaluate")),
    State.EVALUATED: (DECIDE, N_("Close %(title)s"), N_("Close the accident")),
}
# Reports upwards are made day and night, by whoever keeps the log of the duty room.
DUTY_ROOM = "duty.log"
CHAIN = (LEAD, LEAD, COMMITTEE)
_OF_THE_LEADER = (State.TEAM_FORMED, State.INVESTIGATING)


def refresh(accident: Accident) -> None:
    """Put the accident on the desk of whoever is next, and the reports upwards on the bureau's."""
    _upwards(accident)
    _toll(accident)
    key, waits = f"{ACCIDENT_ITEM}{accident.pk}", _WAITS.get(State(accident.state))
    if waits is None:
        close_item(key)
        return
    right, title, action = waits
    owner = accident.leader_id if accident.state in _OF_THE_LEADER else None
    if accident.level < DISTRICT and "hand up" in ACCIDENT.verbs(accident.state):
        # Nobody goes on with it here, whoever leads the team [493 19, 20].
        right, owner = DECIDE, None
        title, action = N_("Hand %(title)s up to the superior government"), N_("Hand up")
    open_item(
        NewItem(
            key=key, kind="accident", title=title, action=action,
            link=f"/accidents/{accident.pk}", right=right, area_code=accident.area_code[:6],
            parameters={"title": accident.title}, due_at=_end(due(accident)), owner_id=owner,
            chain=CHAIN,
        )
    )  # fmt: skip


def _upwards(accident: Accident) -> None:
    """The first report within its hours, then a follow-up every day until it is over."""
    key = f"{UP_ITEM}{accident.pk}"
    if accident.follow_ended_at is not None or accident.closed_at is not None:
        close_item(key)
        return
    due_at, title = (
        accident.reported_at + upwards_within(accident.level),
        N_("Report %(title)s upwards"),
    )
    if accident.passed_on_at is not None:
        newest = accident.reports.order_by("-number").values_list("at", flat=True).first()
        due_at = (newest or accident.passed_on_at) + follow_up_every(accident.level)
        title = N_("Write the follow-up report of %(title)s")
    item = _of_the_bureau(accident, key, title, N_("Report it upward"), due_at)
    open_item(replace(item, right=DUTY_ROOM))


def _toll(accident: Accident) -> None:
    """Changes of the toll count for 30 or 7 days; then it is confirmed."""
    key = f"{TOLL_ITEM}{accident.pk}"
    if accident.toll_confirmed_at is not None or accident.closed_at is not None:
        close_item(key)
        return
    until = counts_until(accident.category, accident.occurred_at)
    title = N_("Confirm the toll of %(title)s: changes count no longer")
    open_item(_of_the_bureau(accident, key, title, N_("Verify the toll"), until))


def _of_the_bureau(
    accident: Accident, key: str, title: str, action: str, due_at: datetime | None
) -> NewItem:
    return NewItem(
        key=key, kind="accident", title=title, action=action, link=f"/accidents/{accident.pk}",
        right=TRACK, area_code=accident.area_code[:6], parameters={"title": accident.title},
        due_at=due_at, chain=CHAIN,
    )  # fmt: skip


def measure_key(measure: Measure) -> str:
    return f"{MEASURE_ITEM}{measure.pk}"


def ask_for_measure(accident: Accident, measure: Measure) -> None:
    """A measure with its deadline, for who follows it up."""
    title = N_("See that the measure after %(title)s is done: %(measure)s")
    end = clock.end_of(measure.due_on)
    item = _of_the_bureau(accident, measure_key(measure), title, N_("Follow up"), end)
    said = {"title": accident.title, "measure": f"{measure.owner} {measure.text[:40]}"}
    open_item(replace(item, parameters=said))


def recommendation_key(one: Liability) -> str:
    return f"{RECOMMENDATION_ITEM}{one.pk}"


def ask_for_result(accident: Accident, one: Liability) -> None:
    """A recommendation with its deadline, for who follows it up; one without, for who gives it one.
    Desks and messages go further than the file: whom and what it is about stands in the file alone.
    """
    title = N_("See what came of the recommendation after %(title)s: %(owner)s")
    item = _of_the_bureau(
        accident, recommendation_key(one), title, N_("Follow up"), _end(one.due_on)
    )
    item = replace(item, parameters={"title": accident.title, "owner": one.owner})
    if one.due_on is None:
        title = N_("Say whose a recommendation after %(title)s is, and until when")
        item = replace(item, title=title, action=N_("Say so"), right=INVESTIGATE)
    open_item(item)


def _end(day: date | None) -> datetime | None:
    return None if day is None else clock.end_of(day)
