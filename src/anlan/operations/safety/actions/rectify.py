"""The enterprise's part: plan, begin, report, ask for more time."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from anlan.operations.people.actions import PLATFORM, Actor
from anlan.operations.registers.queries import clean, required
from anlan.operations.safety.actions.desk import ask_for_second_look
from anlan.operations.safety.actions.steps import Taken, step
from anlan.operations.safety.models import Danger, DangerStep
from anlan.operations.safety.queries.state import DRAW, facts
from anlan.operations.safety.queries.terms import second_looks_on
from anlan.operations.safety.rules.loop import FIVE, Person
from anlan.operations.safety.rules.sampling import drawn
from anlan.operations.safety.rules.states import State
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_


def plan_rectification(
    actor: Actor, person: Person, danger_id: int, five: Mapping[str, str]
) -> None:
    """Write the five provisions 五落实; while a major danger is worked on none may become empty."""
    with step("plan", actor, person, danger_id) as taken:
        danger = taken.danger
        danger.five = {key: clean(five.get(key, ""))[:500] for key in FIVE}
        busy = danger.state in (State.RECTIFYING, State.RETURNED) and danger.grade == "MAJOR"
        if busy and not all(danger.five.values()):
            raise Refused(N_("While it is worked on, all five provisions of it stand."))
        taken.said = {"five": danger.five}


def begin_rectification(actor: Actor, person: Person, danger_id: int) -> None:
    """Begin to work on it."""
    with step("begin", actor, person, danger_id):
        pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What is reported of a major danger, and on which day (16H 14)."""

    on: date
    situation: str
    severity: str
    plan: str


def report_to_regulator(actor: Actor, person: Person, danger_id: int, report: Report) -> None:
    """The enterprise reports a major danger to who regulates it."""
    with step("report to regulator", actor, person, danger_id) as taken:
        taken.danger.reported_on = _report(taken, report)


def report_to_congress(actor: Actor, person: Person, danger_id: int, report: Report) -> None:
    """The enterprise reports a major danger to its workers' congress (AQF 41), with evidence."""
    with step("report to congress", actor, person, danger_id) as taken:
        taken.danger.congress_on = _report(taken, report)


def _report(taken: Taken, report: Report) -> date:
    if report.on > clock.today():
        raise Refused(N_("The day of the report has not come yet.")).at("on")
    if report.on < taken.danger.found_at.astimezone(clock.CHINA).date():
        raise Refused(N_("The day of the report lies before the danger was found.")).at("on")
    taken.said = {
        "on": f"{report.on}",
        "situation": required(report.situation, N_("Say how it is and why it came so."))[:500],
        "severity": required(report.severity, N_("Say how severe and how hard it is."))[:500],
        "plan": required(report.plan, N_("Say how it will be rectified."))[:500],
    }  # fmt: skip
    return report.on


def submit_rectification(actor: Actor, person: Person, danger_id: int, *, report: str) -> None:
    """Say that it is rectified, and how."""
    with step("submit", actor, person, danger_id) as taken:
        submitted(taken, person, report)


def submitted(taken: Taken, person: Person, report: str) -> None:
    """Who says that it is rectified, how, and when it came in."""
    taken.reason = required(report, N_("Say what was done."))
    taken.danger.submitted_by_id, taken.danger.submitted_at = person.id, clock.now()


def close_own_find(actor: Actor, person: Person, danger_id: int) -> None:
    """The safety manager closes a general danger that the enterprise found itself.

    Who rectified it may where nobody else could: then lots are drawn whether its street looks
    again, by a seed that is kept with the share.
    """
    with step("close own find", actor, person, danger_id) as taken:
        danger = taken.danger
        danger.closed_at, danger.closed_on = clock.now(), clock.today()
        known = facts(danger)
        if person.id == danger.rectifier_id or person.id in known.worked:
            _draw(danger, known.street)


def _draw(danger: Danger, street: str) -> None:
    seed, share = secrets.token_hex(8), second_looks_on(clock.today())
    said = {"seed": seed, "share": share, "drawn": drawn(seed, danger.number, share)}
    DangerStep.objects.create(
        danger=danger, at=clock.now(), by_name=PLATFORM.label, verb=DRAW, before=danger.state,
        after=danger.state, said=said,
    )  # fmt: skip
    if said["drawn"]:
        ask_for_second_look(danger, street)


def ask_for_more_time(
    actor: Actor, person: Person, danger_id: int, *, until: date, controls: str, reason: str
) -> None:
    """Once, before the deadline, with what keeps people safe meanwhile."""
    with step("ask for more time", actor, person, danger_id) as taken:
        danger = taken.danger
        if danger.due_on is None or until <= danger.due_on:
            raise Refused(N_("More time ends after the deadline.")).at("until")
        danger.controls = required(controls, N_("Say what keeps people safe meanwhile."))[:500]
        taken.reason = required(reason, N_("Say why."))
        taken.said = {"until": f"{until}", "controls": danger.controls}


def ask_to_resume(actor: Actor, person: Person, danger_id: int, *, reason: str) -> None:
    """Production may go on when the regulator has looked, within ten days of the asking."""
    with step("ask to resume", actor, person, danger_id) as taken:
        taken.reason = required(reason, N_("Say what was done."))
        taken.danger.submitted_by_id = person.id
        taken.danger.resume_asked_at = clock.now()
