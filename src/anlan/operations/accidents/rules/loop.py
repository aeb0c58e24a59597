"""What a step of an investigation may and may not, `domain.md` 3.9: pure, asked before each."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date

from anlan.operations.accidents.rules.states import ACCIDENT, Track
from anlan.vocabulary.transitions import NoSuchStep, Refused, Step, allowed
from anlan.vocabulary.words import N_

LEAST_NAME = 2
DISTRICT = 4  # the level that the district investigates
BOTH = frozenset({Track.UNIT, Track.SUPERVISION})
TERM_DAYS, MORE_DAYS, REPLY_DAYS, EVALUATE_DAYS = 60, 60, 15, 365


@dataclass(frozen=True, slots=True, kw_only=True)
class Accident:
    """What the rules ask of an accident. Persons are account ids; `measures_open`: not done yet.

    `liabilities_open`: found, and nothing came of what was recommended yet; `reports_open`: the
    last report upwards was not made; `toll_open`: the toll is not confirmed.
    """

    state: str
    level: int = DISTRICT
    leader: int | None = None
    submitted_by: int | None = None
    extended: bool = False
    due_on: date | None = None
    tracks: frozenset[str] = frozenset()
    causes: bool = False
    measures: int = 0
    measures_open: int = 0
    liabilities_open: int = 0
    reports_open: bool = False
    toll_open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who takes the step; `bureau`: they act for the whole district."""

    id: int | None
    rights: frozenset[str]
    bureau: bool = False


def check(verb: str, accident: Accident, person: Person, day: date) -> Step:
    """The step, when it may be taken now; raises `Refused` with the reason."""
    try:
        step = ACCIDENT.step(verb, accident.state)
    except NoSuchStep:
        raise Refused(N_("This cannot be done while the accident is as it is now.")) from None
    if step.right not in person.rights:
        raise Refused(N_("Your role may not take this step."))
    for rule in _RULES.get(verb, ()):
        rule(accident, person, day)
    return step


def verbs(accident: Accident, person: Person, day: date) -> tuple[str, ...]:
    """What this person may do with the accident now."""
    return allowed(ACCIDENT.verbs(accident.state), lambda verb: check(verb, accident, person, day))


def uninvolved(names: Collection[str], subject: str) -> None:
    """Nobody investigates where they or their unit are part of it [493 art. 23]; else `Refused`."""
    for name in names:
        if len(name) >= LEAST_NAME and name in subject:
            raise Refused(N_("%(name)s is part of it and may not investigate."), name=name)


def _districts(accident: Accident, _person: Person, _day: date) -> None:
    if accident.level < DISTRICT:
        raise Refused(N_("From considerable upwards a superior government investigates."))


def _superiors(accident: Accident, _person: Person, _day: date) -> None:
    if accident.level == DISTRICT:
        raise Refused(N_("An ordinary accident is investigated by the district."))


def _leads(accident: Accident, person: Person, _day: date) -> None:
    if person.id is None or person.id != accident.leader:
        raise Refused(N_("Only the leader of the team may take this step."))


def _first_in_time(accident: Accident, _person: Person, day: date) -> None:
    if accident.extended:
        raise Refused(N_("More time is given once."))
    if accident.due_on is None or day > accident.due_on:
        raise Refused(N_("More time is given before the deadline has passed."))


def _both_tracks(accident: Accident, _person: Person, _day: date) -> None:
    if not accident.tracks >= BOTH:
        raise Refused(N_("The report says both: the unit's liability and that of supervision."))


def _caused(accident: Accident, _person: Person, _day: date) -> None:
    if not accident.causes:
        raise Refused(N_("The report names the direct and the indirect cause."))


def _not_submitter(accident: Accident, person: Person, _day: date) -> None:
    if person.id is None or person.id in (accident.submitted_by, accident.leader):
        raise Refused(N_("Who submitted the report does not approve it."))


def _measured(accident: Accident, _person: Person, _day: date) -> None:
    if not accident.measures:
        raise Refused(N_("Write down at least one measure."))


def _done(accident: Accident, _person: Person, _day: date) -> None:
    if accident.measures_open:
        raise Refused(N_("Some measures are not done yet."))


def _settled(accident: Accident, _person: Person, _day: date) -> None:
    if accident.liabilities_open:
        raise Refused(N_("What came of some recommendations is not written down yet."))


def _reported(accident: Accident, _person: Person, _day: date) -> None:
    if accident.reports_open:
        raise Refused(N_("The last report upwards has not been made yet."))


def _confirmed(accident: Accident, _person: Person, _day: date) -> None:
    if accident.toll_open:
        raise Refused(N_("The toll has not been confirmed yet."))


Rule = Callable[[Accident, Person, date], None]
_RULES: Mapping[str, tuple[Rule, ...]] = {
    "form team": (_districts,),
    "begin": (_districts, _leads),
    "leave out appraisal": (_leads,),
    "give more time": (_first_in_time,),
    "submit report": (_districts, _leads, _both_tracks),
    "approve": (_districts, _not_submitter, _both_tracks, _caused),
    "publish": (_districts,),
    "hand up": (_superiors,),
    "implement": (_measured, _both_tracks, _caused),
    "evaluate": (_measured, _done, _both_tracks),
    "close": (_both_tracks, _settled, _reported, _confirmed),
}
