"""An accident as the rules see it, and who takes a step."""

from datetime import date, timedelta

from anlan.operations.accidents.models import Accident
from anlan.operations.accidents.rules.loop import REPLY_DAYS, Person
from anlan.operations.accidents.rules.loop import Accident as Facts
from anlan.operations.accidents.rules.states import INVESTIGATE, State
from anlan.operations.people.queries import Scope, acts_for_district, holding
from anlan.vocabulary import clock


def facts(accident: Accident) -> Facts:
    """What the rules ask of the record. Two queries."""
    done = list(accident.measures.values_list("done_at", flat=True))
    found = list(accident.liabilities.values_list("track", "settled_at"))
    return Facts(
        state=accident.state, level=accident.level, leader=accident.leader_id,
        submitted_by=accident.submitted_by_id, extended=accident.extended_to is not None,
        due_on=accident.due_on, tracks=frozenset(track for track, _at in found),
        causes=bool(accident.direct_cause and accident.indirect_cause),
        measures=len(done), measures_open=done.count(None),
        liabilities_open=sum(at is None for _track, at in found),
        reports_open=accident.follow_ended_at is None,
        toll_open=accident.toll_confirmed_at is None,
    )  # fmt: skip


def due(accident: Accident) -> date | None:
    """The last day of what the accident waits for now; None where no term runs here.

    The investigation's term runs from the accident on, team or none. Nobody has to investigate
    what did not happen in production; it is kept, and counted apart.
    """
    match accident.state:
        case State.TEAM_FORMED | State.INVESTIGATING:
            return accident.due_on
        case State.REPORTED if accident.in_production:
            return accident.due_on
        case State.REPORT_SUBMITTED if accident.submitted_at is not None:
            return accident.submitted_at.astimezone(clock.CHINA).date() + timedelta(REPLY_DAYS)
        case State.PUBLISHED | State.IMPLEMENTING:
            return accident.evaluate_by
    return None


def person_of(scope: Scope) -> Person:
    return Person(
        id=scope.account_id, rights=scope.rights, bureau=acts_for_district(scope)
    )  # fmt: skip


def able_leaders(area_code: str) -> dict[int, str]:
    """Who may lead a team; names by account id."""
    return {one.id: one.name for one in holding(INVESTIGATE, area_code[:6])}
