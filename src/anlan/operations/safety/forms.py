"""The steps of a danger as forms, for its page and for other programs; what a phone sends of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from anlan.operations.people.actions import Actor
from anlan.operations.registers.queries import (
    KEY,
    Input,
    Malformed,
    StepForm,
    body_of,
    day_typed,
    key_of,
    moments,
    printable,
    sent_place,
    whole_id,
)
from anlan.operations.safety import actions
from anlan.operations.safety.actions import (
    Assignment,
    Find,
    Rectified,
    Source,
    Taking,
    read_taking,
)
from anlan.operations.safety.queries.persons import (
    answerable,
    rectifiers,
    regulators,
    supervisors,
)
from anlan.operations.safety.queries.phone import phone_key
from anlan.operations.safety.queries.photographs import sent_bytes
from anlan.operations.safety.rules.enterprises import SECTOR_WORDS
from anlan.operations.safety.rules.loop import FIVE, LOOK_AGAIN, Person
from anlan.operations.safety.rules.pictures import MOMENT_WORDS, REPORT
from anlan.operations.safety.rules.states import Grade
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_, NP_, Term

FIVE_WORDS: Mapping[str, Term] = {
    "responsibility": NP_("five provisions", "Responsibility"),
    "measures": NP_("five provisions", "Measures"),
    "funds": NP_("five provisions", "Funds (10,000 yuan)"),
    "time": NP_("five provisions", "Time"),
    "contingency": NP_("five provisions", "Contingency plan"),
}


RIGHT_WORDS: Mapping[str, Term] = {
    "yes": NP_("second look", "Rectified"),
    "no": NP_("second look", "Not rectified: register it as a danger"),
}
ANSWERABLE = "answerable"  # instead of an account: who answers for safety in the enterprise
_WHY = NP_("danger form", "Why")


def _long(key: str, word: Term, *, required: bool = True) -> Input:
    return Input(key, word, required=required, longest=500)


def _why(word: Term = _WHY) -> tuple[Input, ...]:
    return (_long("reason", word),)


def _reasoned(action: Callable[..., object], name: str = "reason") -> Callable[..., object]:
    def take(actor: Actor, one: Person, pk: int, given: Mapping[str, str]) -> object:
        return action(actor, one, pk, **{name: given.get("reason", "")})

    return take


def _plain(action: Callable[[Actor, Person, int], object]) -> Callable[..., object]:
    def take(actor: Actor, one: Person, pk: int, _given: Mapping[str, str]) -> object:
        return action(actor, one, pk)

    return take


def _own(take: Callable[..., object]) -> Callable[..., object]:
    """A step that an enterprise takes with its own find; an authority's has a verb of its own."""

    def own(actor: Actor, one: Person, pk: int, given: Mapping[str, str]) -> object:
        if not one.firm:
            raise Refused(N_("The enterprise takes this step with what it found itself."))
        return take(actor, one, pk, given)

    return own


def _grade(actor: Actor, one: Person, pk: int, given: Mapping[str, str]) -> None:
    if given.get("grade") not in set(Grade):
        raise Refused(N_("Choose the grade."))
    actions.grade_danger(
        actor, one, pk, grade=Grade(given["grade"]), clause=given.get("clause", "")
    )


def _assign(actor: Actor, one: Person, pk: int, given: Mapping[str, str]) -> None:
    known, name = _rectifier(pk, given.get("rectifier", ""))
    by, by_name = (None, "") if one.firm else _supervisor(actor, one, given.get("supervisor", ""))
    assignment = Assignment(
        rectifier=known, rectifier_name=name, supervisor=by, supervisor_name=by_name,
        due_on=day_typed(given.get("due_on", "")),
    )  # fmt: skip
    actions.assign_danger(actor, one, pk, assignment)


def _supervisor(actor: Actor, one: Person, chosen: str) -> tuple[int | None, str]:
    """Who was chosen of one's own unit; oneself where nobody was."""
    if not chosen:
        return one.id, actor.label
    who, known = supervisors(one.organisation), key_of(chosen)
    if known is None or known not in who:
        raise Refused(N_("Choose who of your unit supervises it."))
    return known, who[known]


def _rectifier(pk: int, chosen: str) -> tuple[int | None, str]:
    if chosen == ANSWERABLE:
        return answerable(pk)
    who, known = rectifiers(pk), key_of(chosen)
    if who and known not in who:
        raise Refused(N_("Choose who rectifies it."))
    return (known, who[known]) if known is not None and known in who else (None, chosen)


def _more_time(actor: Actor, one: Person, pk: int, given: Mapping[str, str]) -> None:
    actions.ask_for_more_time(
        actor, one, pk, until=day_typed(given.get("until", "")), controls=given.get("controls", ""),
        reason=given.get("reason", ""),
    )  # fmt: skip


def _transfer(actor: Actor, one: Person, pk: int, given: Mapping[str, str]) -> None:
    to = given.get("to", "")
    if to not in regulators():
        raise Refused(N_("Choose another unit."))
    sector = given.get("sector", "")
    actions.transfer_danger(
        actor, one, pk, to=to, sector=sector if sector in SECTOR_WORDS else "",
        reason=given.get("reason", ""),
    )  # fmt: skip


def _reporting(
    action: Callable[[Actor, Person, int, actions.Report], object],
) -> Callable[..., object]:
    def take(actor: Actor, one: Person, pk: int, given: Mapping[str, str]) -> object:
        report = actions.Report(
            on=day_typed(given.get("on", "")), situation=given.get("situation", ""),
            severity=given.get("severity", ""), plan=given.get("plan", ""),
        )  # fmt: skip
        return action(actor, one, pk, report)

    return take


def _look_again(actor: Actor, one: Person, pk: int, given: Mapping[str, str]) -> None:
    if given.get("right") not in RIGHT_WORDS:
        raise Refused(N_("Say whether it is rectified."))
    actions.look_again(
        actor, one, pk, right=given["right"] == "yes", finding=given.get("reason", "")
    )


def _plan(actor: Actor, one: Person, pk: int, given: Mapping[str, str]) -> None:
    actions.plan_rectification(actor, one, pk, {key: given.get(key, "") for key in FIVE})


_WHO_AND_WHEN = (
    Input("rectifier", NP_("danger form", "Who rectifies it"), "named"),
    Input("due_on", NP_("danger form", "Deadline"), "day"),
)
_ASSIGN = StepForm(NP_("danger form", "Assign"), (
    *_WHO_AND_WHEN,
    Input("supervisor", NP_("danger form", "Who supervises it, if not you"), "choice", False),
), _assign)  # fmt: skip
_ASSIGN_OWN = StepForm(NP_("danger form", "Assign"), _WHO_AND_WHEN, _own(_assign))
_GRADE = StepForm(NP_("danger form", "Grade"), (
    Input("grade", NP_("danger form", "Grade"), "choice"),
    Input("clause", NP_("danger form", "Clause of the criteria (major dangers)"), "text", False),
), _grade)  # fmt: skip
_GRADE_OWN = StepForm(_GRADE.button, _GRADE.inputs, _own(_grade))
_FOUND = _why(NP_("danger form", "What the re-check found"))
_REPORT = (
    Input("on", NP_("danger form", "Day of the report"), "day"),
    _long("situation", NP_("danger form", "How it is, and why it came so")),
    _long("severity", NP_("danger form", "How severe, and how hard to rectify")),
    _long("plan", NP_("danger form", "How it will be rectified")),
)
FORMS: Mapping[str, StepForm] = {
    "grade": _GRADE,
    "grade own find": _GRADE_OWN,
    "assign": _ASSIGN,
    "assign own find": _ASSIGN_OWN,
    "begin": StepForm(NP_("danger form", "Begin"), (), _plain(actions.begin_rectification)),
    "report to regulator": StepForm(
        NP_("danger form", "Report to the regulator"), _REPORT,
        _reporting(actions.report_to_regulator),
    ),
    "report to congress": StepForm(
        NP_("danger form", "Report to the workers' congress"), _REPORT,
        _reporting(actions.report_to_congress),
    ),
    "submit": StepForm(
        NP_("danger form", "Report it rectified"), _why(NP_("danger form", "What was done")),
        _reasoned(actions.submit_rectification, "report"),
    ),
    "accept": StepForm(
        NP_("danger form", "Accept"), _FOUND, _reasoned(actions.accept_danger, "finding")
    ),
    "close own find": StepForm(
        NP_("danger form", "Close"), (), _plain(actions.close_own_find)
    ),
    "countersign": StepForm(
        NP_("danger form", "Countersign"), (), _plain(actions.countersign_danger)
    ),
    "close": StepForm(NP_("danger form", "Close"), (), _plain(actions.close_danger)),
    "give more time": StepForm(
        NP_("danger form", "Give more time"), (), _plain(actions.give_more_time)
    ),
    "take over": StepForm(NP_("danger form", "Take over"), (), _plain(actions.take_over_danger)),
    "resume production": StepForm(
        NP_("danger form", "Let production resume"), _FOUND,
        _reasoned(actions.resume_production, "finding"),
    ),
    "plan": StepForm(
        NP_("danger form", "Write the plan"),
        tuple(_long(key, FIVE_WORDS[key], required=False) for key in FIVE), _plan,
    ),
    "ask for more time": StepForm(NP_("danger form", "Ask for more time"), (
        Input("until", NP_("danger form", "Until"), "day"),
        _long("controls", NP_("danger form", "What keeps people safe meanwhile")), *_why(),
    ), _more_time),
    "ask to resume": StepForm(
        NP_("danger form", "Ask to resume"), _why(NP_("danger form", "What was done")),
        _reasoned(actions.ask_to_resume),
    ),
    "return": StepForm(
        NP_("danger form", "Return it"), _why(NP_("danger form", "What is not right yet")),
        _reasoned(actions.return_danger),
    ),
    "raise to major": StepForm(
        NP_("danger form", "Raise to major"),
        (Input("reason", NP_("danger form", "Clause of the criteria (major dangers)"), "text"),),
        _reasoned(actions.raise_to_major, "clause"),
    ),
    "lower to general": StepForm(
        NP_("danger form", "Lower to general"), _why(), _reasoned(actions.lower_to_general),
    ),
    "refuse more time": StepForm(
        NP_("danger form", "Refuse more time"), _why(), _reasoned(actions.refuse_more_time),
    ),
    "transfer": StepForm(NP_("danger form", "Transfer"), (
        Input("to", NP_("danger form", "To the unit"), "choice", choices="regulator"),
        Input("sector", NP_("danger form", "Sector"), "choice", False), *_why(),
    ), _transfer),
    "send back": StepForm(
        NP_("danger form", "Send back"), _why(), _reasoned(actions.send_back_danger),
    ),
    "hand to enforcement": StepForm(
        NP_("danger form", "Hand to enforcement"), _why(), _reasoned(actions.hand_to_enforcement),
    ),
    "take back from enforcement": StepForm(
        NP_("danger form", "Back to rectification"), _why(),
        _reasoned(actions.take_back_from_enforcement),
    ),
    "suspend production": StepForm(
        NP_("danger form", "Stop production"), _why(), _reasoned(actions.suspend_production),
    ),
    "keep suspended": StepForm(
        NP_("danger form", "Keep production stopped"),
        _why(NP_("danger form", "What is not right yet")), _reasoned(actions.keep_suspended),
    ),
    LOOK_AGAIN: StepForm(NP_("danger form", "Look again"), (
        Input("right", NP_("danger form", "Is it rectified?"), "choice", choices="right"), *_FOUND,
    ), _look_again),
}  # fmt: skip


def read_find(raw: bytes) -> tuple[Find, datetime]:
    """A danger as a phone reports it, JSON, and when its list was taken; raises `Malformed`.

    Raises `Refused` when it says to be found before its list was taken along: backdated.
    """
    given = body_of(raw)
    found_at, list_at = moments(given)
    grade = given.get("grade", "")
    if grade not in ("", *Grade):
        raise Malformed("no such grade")
    title, where = " ".join(_words(given, "title", 120).split()), sent_place(given)
    find = Find(
        key=phone_key(given["key"]), title=title, area_code="", sector="",
        source=Source.SELF_CHECK, enterprise_id=whole_id(given.get("enterprise")),
        place=_words(given, "place", 200), description=_words(given, "words", 1000),
        found_at=found_at, suggested=Grade(grade) if grade else None,
        lon=where["lon"], lat=where["lat"],
    )  # fmt: skip
    return find, list_at


def read_rectified(raw: bytes) -> tuple[int, Rectified]:
    """A rectification as a phone reports it, JSON: of which danger, and how; raises `Malformed`,
    `Refused` likewise."""
    given = body_of(raw)
    done_at, list_at = moments(given)
    said = Rectified(
        key=given["key"], report=_words(given, "report", 500), done_at=done_at, list_at=list_at
    )
    return whole_id(given.get("danger")), said


def _words(given: Mapping[str, Any], key: str, longest: int) -> str:
    """What somebody wrote; no phone of ours sends more than its form takes."""
    text = printable(given.get(key, "")).strip()
    if len(text) > longest:
        raise Malformed("too long")
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class SentPhoto:
    """A photo as a phone sends it: of the danger of that id, else of the one reported by `key`."""

    key: str
    danger_id: int | None
    moment: str
    raw: bytes
    taking: Taking


def read_photo(given: Mapping[str, str], file: Any) -> SentPhoto:
    """The picture, of what, when and where; raises `Malformed`, `Refused`."""
    key, moment, named = given.get("key", ""), given.get("code", ""), given.get("danger")
    danger_id = key_of(named) if named else None
    if not KEY.fullmatch(key) or moment not in MOMENT_WORDS or moment == REPORT:
        raise Malformed("a photo of nothing")
    if named and danger_id is None:
        raise Malformed("no number")
    raw = sent_bytes(file, N_("Choose a photo."))
    taken = {name: given[name] for name in ("taken_at", "lon", "lat") if name in given}
    return SentPhoto(
        key=key, danger_id=danger_id, moment=moment, raw=raw, taking=read_taking(taken)
    )
