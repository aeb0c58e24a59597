"""The steps of an accident, and what is written down beside them, as forms: for its page and for
other programs."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from django.http import HttpRequest

from anlan.operations.accidents import actions
from anlan.operations.accidents.actions import NewLiability
from anlan.operations.accidents.forms.asking import person, whole
from anlan.operations.accidents.rules.level import Figures
from anlan.operations.accidents.rules.states import (
    FOUR_WORDS,
    Mark,
    Track,
)
from anlan.operations.people.actions import actor_of
from anlan.operations.registers.queries import (
    Input,
    StepForm,
    day_typed,
    moment_typed,
    telling,
)
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_, NP_

Given = Mapping[str, str]
_WHY = Input("reason", NP_("accident form", "Why"))
_CAUSES = (
    Input("direct", NP_("accident form", "Direct cause")),
    Input("indirect", NP_("accident form", "Indirect cause")),
)
_WHERE = (Input("where", NP_("accident form", "Where it is published"), "text"),)


def _counting(action: Callable[..., object]) -> Callable[..., object]:
    def take(request: HttpRequest, pk: int, given: Given) -> object:
        return action(
            actor_of(request), person(request), pk, days=whole(given, "days"),
            reason=given.get("reason", ""),
        )  # fmt: skip

    return take


def _team(request: HttpRequest, pk: int, given: Given) -> None:
    actions.form_team(
        actor_of(request), person(request), pk, leader=whole(given, "leader"),
        members=given.get("members", ""), apart=given.get("apart") == "yes",
    )  # fmt: skip


def _close(request: HttpRequest, pk: int, given: Given) -> None:
    ticked = [key for key in FOUR_WORDS if given.get(key) == "yes"]
    actions.close_accident(actor_of(request), person(request), pk, checks=ticked)


def _figures(request: HttpRequest, pk: int, given: Given) -> None:
    figures = Figures(
        deaths=whole(given, "deaths"), missing=whole(given, "missing"),
        serious=whole(given, "serious"), poisoned=whole(given, "poisoned"),
        minor=whole(given, "minor"), loss=Decimal(whole(given, "loss")),
    )  # fmt: skip
    as_of = day_typed(given.get("as_of", "")) if given.get("as_of") else None
    actions.correct_figures(
        actor_of(request), person(request), pk, figures, reason=given.get("reason", ""),
        as_of=as_of,
    )  # fmt: skip


def _up(request: HttpRequest, pk: int, given: Given) -> None:
    at = moment_typed(given.get("at", "")) if given.get("at") else None
    actions.report_up(
        actor_of(request), person(request), pk, at=at, measures=given.get("measures", "")
    )


def _follow_up(request: HttpRequest, pk: int, given: Given) -> None:
    actions.follow_up(
        actor_of(request), person(request), pk, text=given.get("text", ""),
        over=given.get("over") == "yes",
    )  # fmt: skip


def _mark(request: HttpRequest, pk: int, given: Given) -> None:
    if given.get("mark") not in set(Mark):
        raise Refused(N_("Choose the mark.")).at("mark")
    actions.mark_reporting(
        actor_of(request), person(request), pk, Mark(given["mark"]), reason=given.get("reason", "")
    )


def _liability(request: HttpRequest, pk: int, given: Given) -> None:
    if given.get("track") not in set(Track):
        raise Refused(N_("Choose the track.")).at("track")
    new = NewLiability(
        track=Track(given["track"]), subject=given.get("subject", ""),
        finding=given.get("finding", ""), recommendation=given.get("recommendation", ""),
        owner=given.get("owner", ""), due_on=day_typed(given.get("due_on", "")),
    )  # fmt: skip
    actions.find_liability(actor_of(request), person(request), pk, new)


def _deadline(request: HttpRequest, pk: int, given: Given) -> None:
    actions.set_deadline(
        actor_of(request), person(request), pk, recommendation=whole(given, "recommendation"),
        owner=given.get("owner", ""), due_on=day_typed(given.get("due_on", "")),
    )  # fmt: skip


def _measure(request: HttpRequest, pk: int, given: Given) -> None:
    actions.write_measure(
        actor_of(request), person(request), pk, text=given.get("text", ""),
        owner=given.get("owner", ""), due_on=day_typed(given.get("due_on", "")),
    )  # fmt: skip


def _settle(request: HttpRequest, pk: int, given: Given) -> None:
    actions.settle_liability(
        actor_of(request), person(request), pk, liability=whole(given, "liability"),
        result=given.get("result", ""),
    )  # fmt: skip


def _finish(request: HttpRequest, pk: int, given: Given) -> None:
    actions.finish_measure(
        actor_of(request), person(request), pk, measure=whole(given, "measure"),
        result=given.get("result", ""),
    )  # fmt: skip


FORMS: dict[str, StepForm] = {
    "form team": StepForm(NP_("accident form", "Form the team"), (
        Input("leader", NP_("accident form", "Leader of the team"), "choice"),
        Input("members", NP_("accident form", "Members"), "text"),
        Input("apart", NP_("accident form", "None of them has an interest in the accident"),
              "check"),
    ), _team),
    "begin": StepForm(
        NP_("accident form", "Begin to investigate"), (),
        telling(person, actions.begin_investigation),
    ),
    "leave out appraisal": StepForm(NP_("accident form", "Leave out an appraisal"), (
        Input("days", NP_("accident form", "Days"), "whole"), _WHY,
    ), _counting(actions.leave_out_appraisal)),
    "give more time": StepForm(NP_("accident form", "Give more time"), (
        Input("days", NP_("accident form", "Days"), "whole"), _WHY,
    ), _counting(actions.give_accident_more_time)),
    "submit report": StepForm(NP_("accident form", "Submit the report"), (
        *_CAUSES,
    ), telling(person, actions.submit_report, "direct", "indirect")),
    "return report": StepForm(
        NP_("accident form", "Return the report"), (_WHY,),
        telling(person, actions.return_report, "reason"),
    ),
    "approve": StepForm(
        NP_("accident form", "Approve the report"), (), telling(person, actions.approve_report)
    ),
    "publish": StepForm(
        NP_("accident form", "Publish"), _WHERE, telling(person, actions.publish_report, "where")
    ),
    "hand up": StepForm(NP_("accident form", "Hand up"), (
        Input("to", NP_("accident form", "To which government"), "text"),
    ), telling(person, actions.hand_up, "to")),
    "take superior report": StepForm(
        NP_("accident form", "Take the superior's report"), (*_WHERE, *_CAUSES),
        telling(person, actions.take_superior_report, "where", "direct", "indirect"),
    ),
    "implement": StepForm(
        NP_("accident form", "Begin the measures"), (), telling(person, actions.implement_measures)
    ),
    "evaluate": StepForm(NP_("accident form", "Evaluate"), (
        Input("evaluation", NP_("accident form", "Evaluation")),
    ), telling(person, actions.evaluate_measures, "evaluation")),
    "close": StepForm(
        NP_("accident form", "Close"),
        tuple(Input(key, word, "check") for key, word in FOUR_WORDS.items()), _close,
    ),
}  # fmt: skip
NOTES: dict[str, StepForm] = {
    "report up": StepForm(NP_("accident form", "Reported upwards"), (
        Input("at", NP_("accident form", "When, if not now"), "moment", False),
        Input("measures", NP_("accident form", "Measures taken"), "long", False),
    ), _up),
    "follow up": StepForm(NP_("accident form", "Follow-up report"), (
        Input("text", NP_("accident form", "What became of it")),
        Input("over", NP_("accident form", "This is the last report"), "check", False),
    ), _follow_up),
    "confirm toll": StepForm(
        NP_("accident form", "Confirm the toll"), (), telling(person, actions.confirm_toll)
    ),
    "count apart": StepForm(
        NP_("accident form", "Count as not in production"), (_WHY,),
        telling(person, actions.count_apart, "reason"),
    ),
    "correct figures": StepForm(NP_("accident form", "Correct the toll"), (
        Input("deaths", NP_("accident", "Dead"), "whole"),
        Input("missing", NP_("accident", "Missing"), "whole", False),
        Input("serious", NP_("accident", "Seriously injured"), "whole", False),
        Input("poisoned", NP_("accident", "Acutely poisoned"), "whole", False),
        Input("minor", NP_("accident", "Slightly injured"), "whole", False),
        Input("loss", NP_("accident", "Direct loss (10,000 yuan)"), "whole", False),
        Input("as_of", NP_("accident form", "As of which day, if not today"), "day", False), _WHY,
    ), _figures),
    "record penalty": StepForm(NP_("accident form", "Record the penalty"), (
        Input("penalty", NP_("accident form", "What was imposed, by which decision"),
              longest=300),
    ), telling(person, actions.record_penalty, "penalty")),
    "mark": StepForm(NP_("accident form", "Mark the reporting"), (
        Input("mark", NP_("accident form", "Mark"), "choice"), _WHY,
    ), _mark),
    "find liability": StepForm(NP_("accident form", "Write down a liability"), (
        Input("track", NP_("accident form", "Track"), "choice"),
        Input("subject", NP_("accident form", "Who"), "text"),
        Input("finding", NP_("accident form", "What was found")),
        Input("recommendation", NP_("accident form", "What is recommended")),
        Input("owner", NP_("accident form", "Whose"), "text"),
        Input("due_on", NP_("accident form", "Deadline"), "day"),
    ), _liability),
    "set deadline": StepForm(NP_("accident form", "Give a recommendation a deadline"), (
        Input("recommendation", NP_("accident form", "Recommendation"), "choice"),
        Input("owner", NP_("accident form", "Whose"), "text"),
        Input("due_on", NP_("accident form", "Deadline"), "day"),
    ), _deadline),
    "settle liability": StepForm(NP_("accident form", "What came of a recommendation"), (
        Input("liability", NP_("accident form", "Recommendation"), "choice"),
        Input("result", NP_("accident form", "What came of it")),
    ), _settle),
    "write measure": StepForm(NP_("accident form", "Write down a measure"), (
        Input("text", NP_("accident form", "Measure")),
        Input("owner", NP_("accident form", "Whose"), "text"),
        Input("due_on", NP_("accident form", "Deadline"), "day"),
    ), _measure),
    "finish measure": StepForm(NP_("accident form", "Finish a measure"), (
        Input("measure", NP_("accident form", "Measure"), "choice"),
        Input("result", NP_("accident form", "What came of it")),
    ), _finish),
}  # fmt: skip
