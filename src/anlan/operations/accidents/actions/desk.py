"""Whose desk an accident waits on."""

from datetime import date, datetime, time

from anlan.operations.accidents.models import Accident
from anlan.operations.accidents.rules.level import BUREAU_REPORTS
from anlan.operations.accidents.rules.states import DECIDE, INVESTIGATE, REPORT, TRACK, State
from anlan.operations.deadlines.actions import NewItem, close_item, open_item
from anlan.vocabulary import clock
from anlan.vocabulary.words import N_

_WAITS = {
    State.REPORTED: (DECIDE, N_("Form the team for %(title)s"), N_("Form")),
    State.TEAM_FORMED: (INVESTIGATE, N_("Investigate %(title)s"), N_("Begin")),
    State.INVESTIGATING: (INVESTIGATE, N_("Investigate %(title)s"), N_("Submit")),
    State.REPORT_SUBMITTED: (DECIDE, N_("Decide on the report of %(title)s"), N_("Decide")),
    State.APPROVED: (DECIDE, N_("Publish the report of %(title)s"), N_("Publish")),
    State.HANDED_UP: (TRACK, N_("Take the superior's report of %(title)s"), N_("Enter")),
    State.PUBLISHED: (TRACK, N_("Follow up the measures of %(title)s"), N_("Follow up")),
    State.IMPLEMENTING: (TRACK, N_("Evaluate the measures of %(title)s"), N_("Evaluate")),
    State.EVALUATED: (DECIDE, N_("Close %(title)s"), N_("Close")),
}
_OF_THE_LEADER = (State.TEAM_FORMED, State.INVESTIGATING)


def refresh(accident: Accident) -> None:
    """Put the accident on the desk of whoever is next, and the report upwards on the bureau's."""
    _upwards(accident)
    key, waits = f"accident:{accident.pk}", _WAITS.get(State(accident.state))
    if waits is None:
        close_item(key)
        return
    right, title, action = waits
    owner = accident.leader_id if accident.state in _OF_THE_LEADER else None
    open_item(
        NewItem(
            key=key, kind="accident", title=title, action=action,
            link=f"/accidents/{accident.pk}", right=right, area_code=accident.area_code[:6],
            parameters={"title": accident.title}, due_at=_end(_due(accident)), owner_id=owner,
            chain=(right, DECIDE, DECIDE),
        )
    )  # fmt: skip


def _upwards(accident: Accident) -> None:
    key = f"accident-up:{accident.pk}"
    if accident.passed_on_at is not None:
        close_item(key)
        return
    open_item(
        NewItem(
            key=key, kind="accident", title=N_("Report %(title)s upwards"), action=N_("Report"),
            link=f"/accidents/{accident.pk}", right=REPORT, area_code=accident.area_code[:6],
            parameters={"title": accident.title},
            due_at=accident.reported_at + BUREAU_REPORTS,
        )
    )  # fmt: skip


def _due(accident: Accident) -> date | None:
    if accident.state in (State.PUBLISHED, State.IMPLEMENTING):
        return accident.evaluate_by
    return accident.due_on if accident.state in _OF_THE_LEADER else None


def _end(day: date | None) -> datetime | None:
    return None if day is None else datetime.combine(day, time(23, 59, 59), clock.CHINA)
