"""The steps of a report as forms: for its page and for other programs."""

from collections.abc import Mapping

from django.http import HttpRequest

from anlan.operations.hotline import actions
from anlan.operations.hotline.actions import Acceptance, Found, FoundSign, MoreTime
from anlan.operations.hotline.forms.asking import person
from anlan.operations.hotline.models import Tip
from anlan.operations.hotline.queries.registers import TIPS
from anlan.operations.hotline.rules.loop import REWARDED
from anlan.operations.hotline.rules.reward import Grounds
from anlan.operations.hotline.rules.states import Kind, Verdict
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import scope_of
from anlan.operations.registers.queries import Input, StepForm, day_typed, telling
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_, NP_

Given = Mapping[str, str]
_WHY = (Input("reason", NP_("tip form", "Why")),)
_TWO = (
    Input("handler_one", NP_("tip form", "First handler"), "choice", choices="handlers"),
    Input("handler_two", NP_("tip form", "Second handler"), "choice", choices="handlers"),
)
LONGEST_FIGURE = 9


def _whole(given: Given, key: str) -> int:
    text = given.get(key, "").strip() or "0"
    if not (text.isascii() and text.isdigit() and len(text) <= LONGEST_FIGURE):
        raise Refused(N_("Write a whole number.")).at(key)
    return int(text)


def _accept(request: HttpRequest, pk: int, given: Given) -> None:
    two = (_whole(given, "handler_one"), _whole(given, "handler_two"))
    sector = given.get("sector", "")
    if sector and sector not in TIPS.field("sector").choices:
        raise Refused(N_("Choose the sector.")).at("sector")
    acceptance = Acceptance(unit=given.get("unit", ""), sector=sector, handlers=two)
    actions.accept_tip(actor_of(request), person(request), pk, acceptance)


def _handlers(request: HttpRequest, pk: int, given: Given) -> None:
    two = (_whole(given, "handler_one"), _whole(given, "handler_two"))
    actions.name_handlers(actor_of(request), person(request), pk, handlers=two)


def _begin(request: HttpRequest, pk: int, given: Given) -> None:
    two = (given.get("verifier_one", ""), given.get("verifier_two", ""))
    actions.begin_verification(actor_of(request), person(request), pk, verifiers=two)


def _verify(request: HttpRequest, pk: int, given: Given) -> None:
    if given.get("verdict") not in set(Verdict):
        raise Refused(N_("Choose the verdict.")).at("verdict")
    actions.verify_tip(
        actor_of(request), scope_of(request.user), person(request), pk,
        found=Found(
            verdict=Verdict(given["verdict"]), finding=given.get("finding", ""),
            danger=given.get("danger", ""),
        ),
    )  # fmt: skip


def _verify_sign(request: HttpRequest, pk: int, given: Given) -> None:
    if given.get("verdict") not in set(Verdict):
        raise Refused(N_("Choose the verdict.")).at("verdict")
    if given.get("early") not in ("yes", "no") and given["verdict"] in REWARDED:
        raise Refused(N_("Decide whether it came before any alarm or finding.")).at("early")
    actions.verify_sign(
        actor_of(request), person(request), pk,
        found=FoundSign(
            verdict=Verdict(given["verdict"]), finding=given.get("finding", ""),
            sign=given.get("sign", ""), early=given.get("early") == "yes",
            why=given.get("why", ""), brought_out=_whole(given, "brought_out"),
            same_as=given.get("same_as", ""),
        ),
    )  # fmt: skip


def _propose_hazard(request: HttpRequest, pk: int, given: Given) -> None:
    actions.propose_hazard_reward(
        actor_of(request), person(request), pk, duty=given.get("duty", ""),
        eligible=given.get("eligible") == "yes",
    )  # fmt: skip


def _propose(request: HttpRequest, pk: int, given: Given) -> None:
    grounds = Grounds(
        fine=_whole(given, "fine"), deaths=_whole(given, "deaths"),
        serious=_whole(given, "serious"), loss=_whole(given, "loss"),
    )  # fmt: skip
    actions.propose_reward(
        actor_of(request), person(request), pk, grounds=grounds,
        basis=given.get("basis", ""), eligible=given.get("eligible") == "yes",
    )  # fmt: skip


def _more_time(request: HttpRequest, pk: int, given: Given) -> None:
    more = MoreTime(
        until=day_typed(given.get("until", "")), approver=given.get("approver", ""),
        number=given.get("number", ""),
    )  # fmt: skip
    actions.give_tip_more_time(
        actor_of(request), person(request), pk, given=more, reason=given.get("reason", "")
    )


FORMS: Mapping[str, StepForm] = {
    "accept": StepForm(NP_("tip form", "Accept"), (
        Input("unit", NP_("tip form", "Who verifies it"), "choice"),
        Input("sector", NP_("tip form", "Sector"), "choice", False),
        *_TWO,
    ), _accept),
    "reject": StepForm(
        NP_("tip form", "Do not accept"), _WHY,
        telling(person, actions.reject_tip, "reason"),
    ),
    "refer": StepForm(
        NP_("tip form", "Refer"), (Input("to", NP_("tip form", "To whom"), "text"), *_WHY),
        telling(person, actions.refer_tip, "to", "reason"),
    ),
    "merge": StepForm(NP_("tip form", "Merge"), (
        Input("into", NP_("tip form", "Into the earlier report"), "choice"),
    ), telling(person, actions.merge_tip, "into")),
    "begin": StepForm(NP_("tip form", "Begin to verify"), (
        Input("verifier_one", NP_("tip form", "Who verifies, first"), "text"),
        Input("verifier_two", NP_("tip form", "Who verifies, second"), "text"),
    ), _begin),
    "verify": StepForm(NP_("tip form", "Say what was found"), (
        Input("verdict", NP_("tip form", "Verdict"), "choice"),
        Input("finding", NP_("tip form", "What was found")),
        Input("danger", NP_("tip form", "Name of the danger, where true: the unit reads it"),
              "text", False),
    ), _verify),
    "give more time": StepForm(NP_("tip form", "Give more time"), (
        Input("until", NP_("tip form", "Until"), "day"),
        Input("approver", NP_("tip form", "Superior who approved it"), "text"),
        Input("number", NP_("tip form", "Number of the approval"), "text"),
        *_WHY,
    ), _more_time),
    "tell of more time": StepForm(NP_("tip form", "The informant is told of more time"), (
        Input("notice", NP_("tip form", "How the informant was told"), longest=300),
    ), telling(person, actions.tell_of_more_time, "notice")),
    "handle": StepForm(NP_("tip form", "Handled"), (
        Input("handling", NP_("tip form", "What was done")),
    ), telling(person, actions.handle_tip, "handling")),
    "reply": StepForm(NP_("tip form", "Replied"), (
        Input("reply", NP_("tip form", "What the informant was told")),
    ), telling(person, actions.reply_to_tip, "reply")),
    "propose reward": StepForm(NP_("tip form", "Propose a reward"), (
        Input("fine", NP_("tip form", "Fine in yuan, where no case here decided it"), "whole",
              False),
        Input("deaths", NP_("tip form", "Deaths verified"), "whole", False),
        Input("serious", NP_("tip form", "Serious injuries verified"), "whole", False),
        Input("loss", NP_("tip form", "Direct loss verified (10,000 yuan)"), "whole", False),
        Input("basis", NP_("tip form", "Decision it rests on"), "text"),
        Input("eligible", NP_("tip form", "No duty to report, and not known before"), "check"),
    ), _propose),
    "send back reward": StepForm(
        NP_("tip form", "Send the reward back"), _WHY,
        telling(person, actions.send_back_reward, "reason"),
    ),
    "withdraw reward": StepForm(
        NP_("tip form", "Withdraw the reward"), _WHY,
        telling(person, actions.withdraw_reward, "reason"),
    ),
    "approve reward": StepForm(
        NP_("tip form", "Approve the reward"), (), telling(person, actions.approve_reward)
    ),
    "notify": StepForm(
        NP_("tip form", "The informant is told"), (), telling(person, actions.notify_of_reward)
    ),
    "pay": StepForm(NP_("tip form", "Pay the reward"), (
        Input("voucher", NP_("tip form", "Number of the voucher"), "text"),
    ), telling(person, actions.pay_reward, "voucher")),
    "forfeit": StepForm(
        NP_("tip form", "Let the reward lapse"), (), telling(person, actions.forfeit_reward)
    ),
    "claim": StepForm(
        NP_("tip form", "The reward is claimed"), (), telling(person, actions.claim_reward)
    ),
    "withdraw name": StepForm(NP_("tip form", "Withdraw the informant's name"), (
        Input("reason", NP_("tip form", "How they asked for it, were recognised, and were told "
                            "that a reward is then claimed with the code alone"), longest=300),
    ), telling(person, actions.withdraw_name, "reason")),
    "name handlers": StepForm(NP_("tip form", "Name other handlers"), _TWO, _handlers),
    "close": StepForm(NP_("tip form", "Close"), (
        Input("reason", NP_("tip form", "Why no reward, where true"), "long", False),
    ), telling(person, actions.close_tip, "reason")),
}  # fmt: skip


# Of a natural hazard's sign these take the place of those above.
HAZARD_FORMS: Mapping[str, StepForm] = {
    "verify": StepForm(NP_("tip form", "Say what was found"), (
        Input("verdict", NP_("tip form", "Verdict"), "choice"),
        Input("finding", NP_("tip form", "What was found")),
        Input("sign", NP_("tip form", "What it was indeed"), "choice"),
        Input("early", NP_("tip form", "Did it come before any alarm or finding?"), "choice",
              False),
        Input("why", NP_("tip form", "Why, where the records say otherwise"), "long", False,
              longest=300),
        Input("brought_out", NP_("tip form", "People brought out in time because of it"), "whole",
              False),
        Input("same_as", NP_("tip form", "An earlier report told of the same"), "choice", False),
    ), _verify_sign),
    "propose reward": StepForm(NP_("tip form", "Propose a reward"), (
        Input("duty", NP_("tip form", "The informant's own work"), "choice"),
        Input("eligible", NP_("tip form", "Checked: first to report it, no duty to watch for it"),
              "check"),
    ), _propose_hazard),
}  # fmt: skip


# Of an anonymous report this takes the place of that above.
ANONYMOUS_FORMS: Mapping[str, StepForm] = {
    "claim": StepForm(NP_("tip form", "The reward is claimed"), (
        Input("code", NP_("tip form", "Code of the report, as the informant reads it out"), "text"),
    ), telling(person, actions.claim_reward, "code")),
}  # fmt: skip


def forms_of(tip: Tip) -> Mapping[str, StepForm]:
    """The forms of a report's steps."""
    own = HAZARD_FORMS if tip.kind == Kind.HAZARD else {}
    return {**FORMS, **own, **({} if tip.named else ANONYMOUS_FORMS)}
