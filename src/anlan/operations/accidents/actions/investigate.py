"""The investigation: team, term, report, approval, publication, measures, evaluation, closing."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from anlan.operations.accidents.actions.desk import (
    ask_for_measure,
    ask_for_result,
    measure_key,
    recommendation_key,
)
from anlan.operations.accidents.actions.steps import note, step
from anlan.operations.accidents.models import Accident, Liability, Measure
from anlan.operations.accidents.queries.state import able_leaders
from anlan.operations.accidents.rules.loop import (
    EVALUATE_DAYS,
    MORE_DAYS,
    Person,
    uninvolved,
)
from anlan.operations.accidents.rules.states import (
    FOUR_WORDS,
    INVESTIGATE,
    OF_THE_SUPERIOR,
    TRACK,
    TRACKED,
    State,
    Track,
)
from anlan.operations.deadlines.actions import close_item
from anlan.operations.deadlines.queries import Unit, after
from anlan.operations.people.actions import Actor
from anlan.operations.registers.queries import required
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

MOST_APPRAISAL = 365


def form_team(
    actor: Actor, person: Person, accident_id: int, *, leader: int, members: str, apart: bool
) -> None:
    """The government appoints the team.

    `apart`: it was checked that nobody of the team has an interest in the accident [493 23]. A
    team that turns out to have is formed anew; the term stays.
    """
    with step("form team", actor, person, accident_id) as taken:
        able = able_leaders(taken.accident.area_code)
        if leader not in able:
            raise Refused(N_("Choose who leads the team.")).at("leader")
        if not apart:
            raise Refused(N_("Check that nobody of the team has an interest in the accident.")).at(
                "apart"
            )
        accident = taken.accident
        accident.members = required(members, N_("Name the members of the team."))[:300]
        uninvolved([accident.unit], accident.members)
        for one in accident.liabilities.all():
            uninvolved([able[leader], *_named(accident.members)], one.subject)
        accident.leader_id, accident.leader_name = leader, able[leader]
        taken.said = {"leader": accident.leader_name, "due_on": f"{accident.due_on}"}


def begin_investigation(actor: Actor, person: Person, accident_id: int) -> None:
    with step("begin", actor, person, accident_id):
        pass


def leave_out_appraisal(
    actor: Actor, person: Person, accident_id: int, *, days: int, reason: str
) -> None:
    """The days of a technical appraisal do not count [493 27]."""
    with step("leave out appraisal", actor, person, accident_id) as taken:
        if not 0 < days <= MOST_APPRAISAL:
            raise Refused(N_("Write how many days the appraisal took.")).at("days")
        taken.reason = required(reason, N_("Say why."))
        _later(taken.accident, days)
        taken.accident.left_out_days += days
        taken.said = {"days": days, "due_on": f"{taken.accident.due_on}"}


def give_accident_more_time(
    actor: Actor, person: Person, accident_id: int, *, days: int, reason: str
) -> None:
    """Up to 60 days more, once [493 29]."""
    with step("give more time", actor, person, accident_id) as taken:
        if not 0 < days <= MORE_DAYS:
            raise Refused(N_("At most %(most)d days more."), most=MORE_DAYS).at("days")
        taken.reason = required(reason, N_("Say why."))
        _later(taken.accident, days)
        taken.accident.extended_to = taken.accident.due_on
        taken.said = {"due_on": f"{taken.accident.due_on}"}


def submit_report(
    actor: Actor, person: Person, accident_id: int, *, direct: str, indirect: str
) -> None:
    """The team leader hands the report in; both tracks 一案双查 stand in it."""
    with step("submit report", actor, person, accident_id) as taken:
        taken.accident.direct_cause = required(direct, N_("Write the direct cause."))[:1000]
        taken.accident.indirect_cause = required(indirect, N_("Write the indirect cause."))[:1000]
        taken.accident.submitted_by_id = person.id
        taken.accident.submitted_at = clock.now()


def return_report(actor: Actor, person: Person, accident_id: int, *, reason: str) -> None:
    with step("return report", actor, person, accident_id) as taken:
        taken.reason = required(reason, N_("Say what is wrong with it."))


def approve_report(actor: Actor, person: Person, accident_id: int) -> None:
    """The government replies to the report; measures are evaluated within a year [AQF 86]."""
    with step("approve", actor, person, accident_id) as taken:
        _approved(taken.accident)


def publish_report(actor: Actor, person: Person, accident_id: int, *, where: str) -> None:
    with step("publish", actor, person, accident_id) as taken:
        taken.accident.published_where = required(where, N_("Say where it is published."))[:200]
        taken.accident.published_at = clock.now()


def hand_up(actor: Actor, person: Person, accident_id: int, *, to: str) -> None:
    """From considerable upwards a superior government investigates [493 19, 20]."""
    with step("hand up", actor, person, accident_id) as taken:
        taken.said = {"to": required(to, N_("Say to whom it is reported."))[:120]}


def take_superior_report(
    actor: Actor, person: Person, accident_id: int, *, where: str, direct: str, indirect: str
) -> None:
    """The superior's report was approved and published; its measures are followed up here."""
    with step("take superior report", actor, person, accident_id) as taken:
        taken.accident.direct_cause = required(direct, N_("Write the direct cause."))[:1000]
        taken.accident.indirect_cause = required(indirect, N_("Write the indirect cause."))[:1000]
        taken.accident.published_where = required(where, N_("Say where it is published."))[:200]
        taken.accident.published_at = clock.now()
        _approved(taken.accident)


def implement_measures(actor: Actor, person: Person, accident_id: int) -> None:
    with step("implement", actor, person, accident_id):
        pass


def evaluate_measures(actor: Actor, person: Person, accident_id: int, *, evaluation: str) -> None:
    with step("evaluate", actor, person, accident_id) as taken:
        taken.accident.evaluation = required(evaluation, N_("Write the evaluation."))[:1000]
        taken.reason = taken.accident.evaluation


def close_accident(
    actor: Actor, person: Person, accident_id: int, *, checks: Collection[str]
) -> None:
    """四不放过: closed when all four are ticked."""
    with step("close", actor, person, accident_id) as taken:
        if set(FOUR_WORDS) - set(checks):
            raise Refused(N_("All four must be so before it is closed."))
        taken.accident.closed_at = clock.now()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLiability:
    """`owner` carries out what is recommended until `due_on`."""

    track: Track
    subject: str
    finding: str
    recommendation: str
    owner: str
    due_on: date


def find_liability(actor: Actor, person: Person, accident_id: int, new: NewLiability) -> None:
    """Who is liable on one of the tracks, what is recommended, whose that is and until when.

    A deadline that a superior's report has set may have passed before it is entered here.
    """
    with note("find liability", INVESTIGATE, actor, person, accident_id) as taken:
        accident = taken.accident
        above = accident.steps.filter(verb="hand up").exists()
        if accident.state not in (OF_THE_SUPERIOR if above else (State.INVESTIGATING,)):
            raise Refused(N_("Liabilities are found while it is investigated."))
        uninvolved([accident.leader_name, *_named(accident.members)], "" if above else new.subject)
        if not above and new.due_on < clock.today():
            raise Refused(N_("The deadline has passed already.")).at("due_on")
        one = Liability.objects.create(
            accident=taken.accident, track=new.track,
            subject=required(new.subject, N_("Say who."))[:120],
            finding=required(new.finding, N_("Say what is established."))[:500],
            recommendation=required(new.recommendation, N_("Say what is recommended."))[:500],
            owner=required(new.owner, N_("Say whose it is."))[:120], due_on=new.due_on,
            at=clock.now(), by_name=actor.label,
        )  # fmt: skip
        taken.said = {"track": new.track, "owner": one.owner, "due_on": f"{one.due_on}"}
        ask_for_result(accident, one)


def set_deadline(
    actor: Actor, person: Person, accident_id: int, *, recommendation: int, owner: str, due_on: date
) -> None:
    """Give a recommendation from before both were asked for an owner and a deadline.

    One that a superior's report has set may have passed before it is entered here.
    """
    with note("set deadline", INVESTIGATE, actor, person, accident_id) as taken:
        lacking = taken.accident.liabilities.filter(settled_at=None, due_on=None)
        one = lacking.filter(pk=recommendation).first()
        if one is None:
            raise Refused(N_("There is no such recommendation without a deadline.")).at(
                "recommendation"
            )
        above = taken.accident.steps.filter(verb="hand up").exists()
        if not above and due_on < clock.today():
            raise Refused(N_("The deadline has passed already.")).at("due_on")
        one.owner, one.due_on = required(owner, N_("Say whose it is."))[:120], due_on
        one.save(update_fields=["owner", "due_on"])
        taken.said = {"recommendation": one.pk, "owner": one.owner, "due_on": f"{one.due_on}"}
        ask_for_result(taken.accident, one)


def settle_liability(
    actor: Actor, person: Person, accident_id: int, *, liability: int, result: str
) -> None:
    """What came of a recommendation; all of them have come to something before it is closed."""
    with note("settle liability", TRACK, actor, person, accident_id) as taken:
        one = taken.accident.liabilities.filter(pk=liability, settled_at=None).first()
        if one is None:
            raise Refused(N_("There is no such recommendation to settle.")).at("liability")
        one.result, one.settled_at = required(result, N_("Say what came of it."))[:500], clock.now()
        one.save()
        close_item(recommendation_key(one))
        taken.said = {"liability": one.pk}  # what came of it may name people: shown on record


def write_measure(
    actor: Actor, person: Person, accident_id: int, *, text: str, owner: str, due_on: date
) -> int:
    """A measure with owner and deadline; its id."""
    with note("write measure", TRACK, actor, person, accident_id) as taken:
        if taken.accident.state not in TRACKED:
            raise Refused(N_("Measures are written down from the investigation on."))
        if due_on < clock.today():
            raise Refused(N_("The deadline has passed already.")).at("due_on")
        one = Measure.objects.create(
            accident=taken.accident, text=required(text, N_("Write the measure."))[:500],
            owner=required(owner, N_("Say whose it is."))[:120], due_on=due_on,
        )  # fmt: skip
        taken.said = {"owner": one.owner, "due_on": f"{due_on}"}
        ask_for_measure(taken.accident, one)
    return one.pk


def finish_measure(
    actor: Actor, person: Person, accident_id: int, *, measure: int, result: str
) -> None:
    with note("finish measure", TRACK, actor, person, accident_id) as taken:
        one = taken.accident.measures.filter(pk=measure, done_at=None).first()
        if one is None:
            raise Refused(N_("There is no such measure to finish.")).at("measure")
        one.result, one.done_at = required(result, N_("Say what came of it."))[:500], clock.now()
        one.save()
        close_item(measure_key(one))
        taken.reason = one.result


def _named(members: str) -> list[str]:
    """The names of a team, as they were written with any mark between."""
    return [one for one in re.split(r"[\s、,，;；/()（）]+", members) if one]


def _later(accident: Accident, days: int) -> None:
    if accident.due_on is not None:
        accident.due_on += timedelta(days)


def _approved(accident: Accident) -> None:
    accident.approved_at = clock.now()
    accident.evaluate_by = after(clock.today(), EVALUATE_DAYS, Unit.CALENDAR)
