"""An informant has the data corrected or withdraws the name: emptied, and no word of it kept.

What the privacy notice of the form promises, `domain.md` 6.
"""

from datetime import timedelta

import pytest
from django.test import Client
from tests.operations.hotline.conftest import NAME, PHONE, accepted, report
from tests.operations.hotline.test_hotline_pages import SAID, code_in, opened
from tests.operations.hotline.test_intake import HANDED_ON, put

from anlan.operations.hotline import actions
from anlan.operations.hotline.actions import door
from anlan.operations.hotline.models import IdentityView, Informant, Reward, Tip, TipStep
from anlan.operations.hotline.rules.states import State
from anlan.operations.people.models import AuditEntry, OutboxEvent
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused

pytestmark = pytest.mark.django_db(databases="__all__")
RIGHT_NAME, RIGHT_PHONE = "言守密", "13700001111"
ASKED = "本人来电，报出查询码核对"


def named_report():
    """A report by the web form under a name; its code."""
    client = Client()
    _page, form = opened(client)
    sent = SAID | {"form": form, "name": NAME, "phone": PHONE, "notice": "yes"}
    return code_in(client.post("/12350", sent))


def kept():
    """Whatever is kept beside the sealed table."""
    models = (Tip, TipStep, AuditEntry, OutboxEvent, IdentityView)
    return str([list(model.objects.values()) for model in models])


def look(one, pk):
    return actions.see_informant(one.actor, one.person, pk, purpose="回访")


def test_an_informant_withdraws_the_name_with_the_code_and_the_report_goes_on(people):
    code, client = named_report(), Client()
    pk = Tip.objects.get().pk
    accepted(people, pk)
    shown = client.post("/12350/follow", {"code": code}).content.decode()
    assert "凭本查询码" in shown  # what follows for a reward is said before
    assert client.get("/12350/withdraw").status_code == 405
    done = client.post("/12350/withdraw", {"code": code})
    assert (done.status_code, "已改为匿名" in done.content.decode()) == (200, True)
    informant, tip = Informant.objects.get(), Tip.objects.get()
    assert (bytes(informant.name_sealed), bytes(informant.phone_sealed)) == (b"", b"")
    assert (tip.named, tip.state) == (False, "ACCEPTED")
    step = tip.steps.latest("id")
    assert (step.verb, step.by_id, step.said, step.reason) == (
        "withdraw name by code",
        None,
        {},
        "",
    )
    assert not any(word in kept() for word in (NAME, PHONE, code))
    with pytest.raises(Refused, match="anonymous"):
        look(people["first"], pk)
    assert "/12350/withdraw" not in client.post("/12350/follow", {"code": code}).content.decode()
    assert client.post("/12350/withdraw", {"code": code}).status_code == 200
    assert tip.steps.filter(verb="withdraw name by code").count() == 1


def test_a_wrong_code_withdraws_nothing_and_is_counted(monkeypatch):
    monkeypatch.setitem(door.LIMITS, "follow", (2, 600))
    named_report()
    tried = [Client().post("/12350/withdraw", {"code": f"AAAA{n}"}).status_code for n in range(3)]
    assert tried == [404, 404, 429]
    assert Tip.objects.get().named


def test_a_handler_withdraws_the_name_on_the_informants_word_and_says_how_it_was_asked(people):
    pk = report(people)
    accepted(people, pk)
    first = people["first"]
    for reason in ("", f"{NAME}来电", f"来电 {PHONE}"):
        with pytest.raises(Refused):
            actions.withdraw_name(first.actor, first.person, pk, reason=reason)
    actions.withdraw_name(first.actor, first.person, pk, reason=ASKED)
    step = TipStep.objects.filter(tip=pk).latest("id")
    assert (step.by_id, step.reason) == (first.account.pk, ASKED)
    assert not Tip.objects.get(pk=pk).named
    assert not any(word in kept() for word in (NAME, PHONE))
    assert bytes(Informant.objects.get().name_sealed) == b""


def test_a_handler_corrects_who_reported_and_no_version_is_kept_in_plain(people):
    pk = report(people)
    accepted(people, pk)
    second = people["second"]
    page = second.browser
    said = {"name": RIGHT_NAME, "phone": "", "reason": ASKED}
    assert page.post(f"/hotline/{pk}/informant/correct", said).status_code == 303
    seen = look(second, pk)
    assert (seen.name, seen.phone) == (RIGHT_NAME, PHONE)
    step = TipStep.objects.filter(tip=pk, verb="correct informant").get()
    assert (step.by_id, step.said, step.reason) == (second.account.pk, {"fields": ["name"]}, ASKED)
    words = kept() + page.get(f"/hotline/{pk}").content.decode()
    assert not any(word in words for word in (NAME, RIGHT_NAME, PHONE))
    assert "更正举报人信息" in page.get(f"/hotline/{pk}").content.decode()


@pytest.mark.parametrize("who", ["third", "clerk", "leader", "chief", "finance", "industry"])
def test_nobody_but_the_two_corrects_or_withdraws(people, who):
    pk = report(people)
    accepted(people, pk)
    one = people[who]
    with pytest.raises(Refused):
        actions.withdraw_name(one.actor, one.person, pk, reason=ASKED)
    with pytest.raises(Refused):
        actions.correct_informant(
            one.actor, one.person, pk, name=RIGHT_NAME, phone="", reason=ASKED
        )
    one.browser.post(f"/hotline/{pk}/informant/correct", {"name": RIGHT_NAME, "reason": ASKED})
    assert look(people["first"], pk).name == NAME


@pytest.mark.parametrize(
    ("said", "why"),
    [({"name": ""}, "says the same"), ({"name": NAME}, "says the same"), ({"reason": " "}, "how"),
     ({"reason": f"{NAME}来电"}, "names the informant"), ({"name": "鑫源五金厂"}, "names"),
     ({"reason": f"改为{RIGHT_NAME}"}, "names the informant")],
)  # fmt: skip
def test_a_correction_that_says_nothing_or_too_much_is_refused(people, said, why):
    pk = report(people)
    accepted(people, pk)
    one = people["first"]
    given = {"name": RIGHT_NAME, "phone": "", "reason": ASKED} | said
    with pytest.raises(Refused, match=why):
        actions.correct_informant(one.actor, one.person, pk, **given)
    assert look(one, pk).name == NAME


def on_its_way(people, pk, **said):
    """A reward that the first handler proposed and that waits to be claimed."""
    Tip.objects.filter(pk=pk).update(state=State.NOTIFIED, verdict="TRUE")
    Reward.objects.create(
        tip_id=pk, amount=3000, grounds={"fine": 0}, basis="罚1", source="x",
        proposed_by_id=people["first"].account.pk, proposed_at=clock.now(),
        claim_by=clock.today() + timedelta(9), **said,
    )  # fmt: skip


def test_who_proposed_a_reward_does_not_change_to_whom_it_is_paid(people):
    pk = report(people)
    accepted(people, pk)
    on_its_way(people, pk)
    given = {"name": RIGHT_NAME, "phone": RIGHT_PHONE, "reason": ASKED}
    first, second = people["first"], people["second"]
    with pytest.raises(Refused, match="proposed the reward"):
        actions.correct_informant(first.actor, first.person, pk, **given)
    assert "informant/correct" not in first.browser.get(f"/hotline/{pk}").content.decode()
    actions.correct_informant(second.actor, second.person, pk, **given)
    assert look(second, pk).phone == RIGHT_PHONE


def test_a_name_under_which_a_reward_is_claimed_is_withdrawn_once_it_is_paid(people):
    code = named_report()
    pk = Tip.objects.get().pk
    accepted(people, pk)
    on_its_way(people, pk, claimed_at=clock.now())
    answer = Client().post("/12350/withdraw", {"code": code})
    assert (answer.status_code, Tip.objects.get().named) == (409, True)
    assert "发放后方可撤回" in answer.content.decode()
    Tip.objects.update(state=State.PAID)
    assert Client().post("/12350/withdraw", {"code": code}).status_code == 200
    assert not Tip.objects.get().named


def test_what_a_platform_sends_again_brings_no_withdrawn_name_back(people):
    code = put(people["clerk"], HANDED_ON).json()["code"]
    Client().post("/12350/withdraw", {"code": code})
    assert put(people["clerk"], HANDED_ON | {"matter": "夜间无人值守"}).status_code == 200
    assert (Tip.objects.get().named, bytes(Informant.objects.get().name_sealed)) == (False, b"")
