"""An accident as the rules see it, and who takes a step."""

from anlan.operations.accidents.models import Accident
from anlan.operations.accidents.rules.loop import Accident as Facts
from anlan.operations.accidents.rules.loop import Person
from anlan.operations.accidents.rules.states import INVESTIGATE
from anlan.operations.people.queries import Scope, holding


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
    )  # fmt: skip


def person_of(scope: Scope) -> Person:
    return Person(
        id=scope.account_id, rights=scope.rights, bureau=scope.reach == "district"
    )  # fmt: skip


def able_leaders(area_code: str) -> dict[int, str]:
    """Who may lead a team; names by account id."""
    return {one.id: one.name for one in holding(INVESTIGATE, area_code[:6])}
