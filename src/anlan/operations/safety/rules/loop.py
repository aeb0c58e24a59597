"""What a step of a danger's loop may and may not, `domain.md` 3.1: pure, asked before every step.

No one approves own work. A MAJOR danger is not worked on before its five provisions 五落实 and both
responsible persons stand; an authority's finding is closed by a re-check alone.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from anlan.operations.safety.rules.states import (
    COUNTERSIGN,
    DANGER,
    RECTIFY,
    REGULATE,
    Grade,
    Source,
    State,
)
from anlan.vocabulary.transitions import NoSuchStep, Refused, Step, allowed
from anlan.vocabulary.words import N_

OF_THE_RECEIVER = ("take over", "send back")
LOOK_AGAIN = "look again"
FIVE = ("responsibility", "measures", "funds", "time", "contingency")


@dataclass(frozen=True, slots=True, kw_only=True)
class Danger:
    """What the rules ask of a danger. Persons are account ids; `five` are the provisions filled.

    `both_named`: rectifier and supervisor stand; `claimed`: the enterprise has accounts; `worked`:
    whoever began it or reported it rectified, ever; `reported`: to regulator and workers' congress.
    `alone`: one person of the enterprise may rectify and close. `street`: who looks again at what
    was `drawn` out of the own finds that somebody closed alone. Photos after the work count
    where taken and sent since it was returned last. `kept_again`: the cycle that was missed was
    kept since. `asked_until`: the day until which more time was asked for last.
    """

    state: str
    grade: str
    source: str
    enterprise_id: int | None = None
    rectifier: int | None = None
    both_named: bool = False
    claimed: bool = True
    alone: bool = False
    drawn: bool = False
    kept_again: bool = False
    street: str = ""
    worked: frozenset[int] = frozenset()
    accepted_by: int | None = None
    countersigned: bool = False
    five: frozenset[str] = frozenset()
    reported: bool = False
    before_photos: int = 0
    after_photos: int = 0
    report_photos: int = 0
    extended: bool = False
    asked_until: date | None = None
    due_on: date | None = None
    resume_asked: bool = False
    listed: bool = False
    regulator: str = ""

    @property
    def own_find(self) -> bool:
        return self.source == Source.SELF_CHECK

    @property
    def missed_cycle(self) -> bool:
        return self.source == Source.CYCLE

    @property
    def major(self) -> bool:
        return self.grade == Grade.MAJOR


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who takes the step: the account, its rights, its enterprises and its organisation.

    `bureau`: of the unit that leads work safety in the whole district, so every danger is its own.
    `firm`: speaks for enterprises, not for an authority. `stands_in_for`: whose desks it has today.
    """

    id: int | None
    rights: frozenset[str]
    enterprises: frozenset[int] = frozenset()
    organisation: str = ""
    bureau: bool = False
    firm: bool = False
    stands_in_for: frozenset[int] = frozenset()


def check(verb: str, danger: Danger, person: Person, day: date) -> Step:
    """The step, when it may be taken now; raises `Refused` with the reason."""
    try:
        step = DANGER.step(verb, danger.state)
    except NoSuchStep:
        raise Refused(N_("This cannot be done while the danger is as it is now.")) from None
    if step.right not in person.rights:
        raise Refused(N_("Your role may not take this step."))
    if step.right == RECTIFY and not _theirs(danger, person):
        raise Refused(N_("Only who has the danger may take this step."))
    if step.right in (REGULATE, COUNTERSIGN) and verb not in (*OF_THE_RECEIVER, LOOK_AGAIN):
        _regulator(danger, person, day)
    for rule in _RULES.get(verb, ()):
        rule(danger, person, day)
    return step


def lacking(danger: Danger, person: Person, day: date) -> tuple[str, ...]:
    """What keeps the step that leads on from one whose turn it is; nothing for anybody else."""
    found: dict[str, None] = {}
    for verb in _LEADS_ON.get(danger.state, ()):
        step = DANGER.step(verb, danger.state)
        if not _may_ever(step, danger, person, day):
            continue
        for rule in _RULES[verb]:
            try:
                rule(danger, person, day)
            except Refused as fault:
                if rule in _OTHER_KIND:
                    break
                found[fault.message] = None
    return tuple(found)


def _may_ever(step: Step, danger: Danger, person: Person, day: date) -> bool:
    if step.right not in person.rights:
        return False
    if step.right == RECTIFY:
        return _theirs(danger, person)
    return bool(allowed([step.verb], lambda _verb: _regulator(danger, person, day)))


def verbs(danger: Danger, person: Person, day: date) -> tuple[str, ...]:
    """What this person may do with the danger now."""
    return allowed(DANGER.verbs(danger.state), lambda verb: check(verb, danger, person, day))


def _theirs(danger: Danger, person: Person) -> bool:
    """The enterprise's people; where it has none here yet, an authority writes down for it.

    Where there is no enterprise at all: who it was assigned to.
    """
    if danger.enterprise_id is not None:
        return danger.enterprise_id in person.enterprises or not (danger.claimed or person.firm)
    return danger.rectifier is not None and danger.rectifier in (person.id, *person.stands_in_for)


def _regulator(danger: Danger, person: Person, _day: date) -> None:
    if not person.bureau and danger.regulator not in ("", person.organisation):
        raise Refused(N_("Only the unit that regulates it may take this step."))


def _own(danger: Danger, _person: Person, _day: date) -> None:
    if not danger.own_find:
        raise Refused(N_("An authority found it: an authority grades, re-checks and closes it."))


def _general(danger: Danger, _person: Person, _day: date) -> None:
    if danger.major:
        raise Refused(N_("A major danger is closed by the regulator's re-check."))


def _not_major(danger: Danger, _person: Person, _day: date) -> None:
    if danger.major:
        raise Refused(N_("It is major already."))


def _is_major(danger: Danger, _person: Person, _day: date) -> None:
    if not danger.major:
        raise Refused(N_("It is a general danger."))


def _planned(danger: Danger, _person: Person, _day: date) -> None:
    if not danger.major:
        return
    if set(FIVE) - danger.five:
        raise Refused(N_("Of a major danger all five provisions must stand before work begins."))
    if not danger.both_named:
        raise Refused(N_("A major danger needs both responsible persons before work begins."))


def _reported(danger: Danger, _person: Person, _day: date) -> None:
    if danger.major and not danger.reported:
        raise Refused(
            N_("A major danger is reported to the regulator and to the workers' congress first.")
        )


def _report_shown(danger: Danger, _person: Person, _day: date) -> None:
    if not danger.report_photos:
        raise Refused(N_("Add the minutes as evidence of the report: a photo or a document."))


def _kept_again(danger: Danger, _person: Person, _day: date) -> None:
    if danger.missed_cycle and not danger.kept_again:
        raise Refused(N_("Keep the cycle first: make the next self-check of it in time."))


def _shown(danger: Danger, _person: Person, _day: date) -> None:
    if not danger.after_photos and not danger.missed_cycle:
        raise Refused(N_("Add a photo of how it is now."))


def _both_shown(danger: Danger, _person: Person, _day: date) -> None:
    if not danger.before_photos or not danger.after_photos:
        raise Refused(N_("An own find is closed with a photo before and a photo after."))


def _not_rectifier(danger: Danger, person: Person, _day: date) -> None:
    if person.id is None or person.id == danger.rectifier or person.id in danger.worked:
        raise Refused(N_("Who rectified it does not re-check it."))


def _another_closes(danger: Danger, person: Person, _day: date) -> None:
    if not danger.alone and (person.id == danger.rectifier or person.id in danger.worked):
        raise Refused(N_("Who rectified it does not close it: another of the enterprise does."))


def _drawn(danger: Danger, person: Person, _day: date) -> None:
    if not danger.drawn:
        raise Refused(N_("It was not drawn for a second look."))
    if not person.bureau and person.organisation != danger.street:
        raise Refused(N_("The enterprise's street looks again at what was drawn."))


def _signed(danger: Danger, _person: Person, _day: date) -> None:
    if danger.major and not danger.countersigned:
        raise Refused(N_("A major danger is closed after the leader's countersignature."))


def _not_listed(danger: Danger, _person: Person, _day: date) -> None:
    if danger.listed:
        raise Refused(N_("It is under listed supervision: its issuer ends that first."))


def _not_accepter(danger: Danger, person: Person, _day: date) -> None:
    if person.id is None or person.id == danger.accepted_by:
        raise Refused(N_("Who accepted it does not countersign it."))


def _first_in_time(danger: Danger, _person: Person, day: date) -> None:
    if danger.extended:
        raise Refused(N_("More time is given once."))
    if danger.due_on is None or day > danger.due_on:
        raise Refused(N_("More time is asked for before the deadline has passed."))


def _still_ahead(danger: Danger, _person: Person, day: date) -> None:
    if danger.asked_until is not None and danger.asked_until < day:
        raise Refused(N_("The day that was asked for has passed: refuse more time."))


def _asked_to_resume(danger: Danger, _person: Person, _day: date) -> None:
    if not danger.resume_asked:
        raise Refused(N_("The enterprise has not asked to resume."))


def _receiver_or_bureau(danger: Danger, person: Person, day: date) -> None:
    if not person.bureau:
        _receiver(danger, person, day)


def _receiver(danger: Danger, person: Person, _day: date) -> None:
    if person.organisation != danger.regulator:
        raise Refused(N_("Only the unit that it was transferred to may take this step."))


Rule = Callable[[Danger, Person, date], None]
_RULES: Mapping[str, tuple[Rule, ...]] = {
    "grade own find": (_own,),
    "assign own find": (_own, _general),
    "raise to major": (_not_major,),
    "lower to general": (_is_major, _not_listed),
    "begin": (_planned,),
    "report to regulator": (_is_major,),
    "report to congress": (_is_major, _report_shown),
    "submit": (_planned, _kept_again, _shown, _reported),
    "return": (_not_rectifier,),
    "accept": (_not_rectifier, _planned, _reported, _kept_again),
    "close own find": (_own, _general, _both_shown, _not_listed, _another_closes),
    LOOK_AGAIN: (_drawn,),
    "countersign": (_is_major, _not_accepter),
    "close": (_not_rectifier, _signed, _not_listed, _kept_again),
    "ask for more time": (_first_in_time, _planned),
    "give more time": (_planned, _still_ahead),
    "refuse more time": (_planned,),
    "take over": (_receiver,),
    "send back": (_receiver_or_bureau,),
    "resume production": (_asked_to_resume, _not_rectifier, _planned, _reported, _shown),
    "keep suspended": (_asked_to_resume,),
}
# The steps that lead a danger on, and the rules that say it is not of the kind the step is for.
_LEADS_ON: Mapping[str, tuple[str, ...]] = {
    State.ASSIGNED: ("begin",), State.RETURNED: ("begin",),
    State.RECTIFYING: ("report to congress", "submit"),
    State.SUBMITTED: ("close own find", "accept"), State.ACCEPTED: ("close",),
    State.SUSPENDED_PRODUCTION: ("resume production",),
}  # fmt: skip
_OTHER_KIND = (_own, _general, _is_major)
