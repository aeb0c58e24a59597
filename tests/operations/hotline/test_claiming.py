"""The reward of an anonymous report is claimed with its code alone, and paid once."""

from datetime import timedelta

import pytest
from django.test import Client
from tests.operations.hotline.conftest import accepted, report
from tests.operations.hotline.test_hotline_pages import SAID, code_in, opened

from anlan.operations.hotline import actions
from anlan.operations.hotline.actions import door
from anlan.operations.hotline.actions.receive import query_code
from anlan.operations.hotline.models import DoorCount, Payment, Reward, Tip
from anlan.operations.hotline.rules.states import State
from anlan.operations.people.models import AuditEntry, OutboxEvent
from anlan.vocabulary import clock
from anlan.vocabulary.clock import DrillClock
from anlan.vocabulary.transitions import Refused

pytestmark = pytest.mark.django_db(databases="__all__")
WRONG = "AAAA BBBB CCCC"


@pytest.fixture
def anonymous(people):
    """Id and code of an anonymous report whose reward waits to be claimed."""
    client = Client()
    _page, form = opened(client)
    code = code_in(client.post("/12350", SAID | {"form": form}))
    pk = Tip.objects.get().pk
    accepted(people, pk)
    granted(people, pk)
    return pk, code


def granted(people, pk):
    Tip.objects.filter(pk=pk).update(state=State.NOTIFIED, verdict="TRUE")
    Reward.objects.create(
        tip_id=pk, amount=3000, grounds={"fine": 0}, basis="罚1", source="x",
        proposed_by_id=people["first"].account.pk, proposed_at=clock.now(),
        approved_by_id=people["chief"].account.pk, approved_at=clock.now(),
        claim_by=clock.today() + timedelta(9),
    )  # fmt: skip


def claim(one, pk, code):
    actions.claim_reward(one.actor, one.person, pk, code=code)


def test_a_reward_is_claimed_by_the_code_of_the_report_and_paid_once(people, anonymous):
    pk, code = anonymous
    finance, first = people["finance"], people["first"]
    with pytest.raises(Refused, match="its code claimed it"):
        actions.pay_reward(finance.actor, finance.person, pk, voucher="1")
    assert 'name="code"' in first.browser.get(f"/hotline/{pk}").content.decode()
    said = {"verb": "claim", "code": WRONG}
    wrong = first.browser.post(f"/hotline/{pk}/step", said, follow=True).content.decode()
    assert "请举报人重报" in wrong
    assert Reward.objects.get().claimed_at is None
    right = first.browser.post(f"/hotline/{pk}/step", said | {"code": code.lower()}, follow=True)
    assert "请举报人重报" not in right.content.decode()
    assert Reward.objects.get().claimed_at == clock.now()
    actions.pay_reward(finance.actor, finance.person, pk, voucher="1")
    with pytest.raises(Refused):
        actions.pay_reward(finance.actor, finance.person, pk, voucher="2")
    assert Payment.objects.count() == 1
    kept = str([list(model.objects.values()) for model in (Tip, AuditEntry, OutboxEvent)])
    assert code.replace(" ", "") not in kept
    assert code not in kept


def test_wrong_codes_are_counted_for_the_report_and_shut_it_for_a_day(
    people, anonymous, monkeypatch
):
    monkeypatch.setitem(door.LIMITS, "claim", (2, 86_400))
    pk, code = anonymous
    for one in ("first", "second"):
        with pytest.raises(Refused, match="not the code"):
            claim(people[one], pk, WRONG)
    with pytest.raises(Refused, match="Too many wrong codes"):
        claim(people["first"], pk, code)
    clock.use(DrillClock(clock.now() + timedelta(days=1)))
    claim(people["first"], pk, code)
    assert Reward.objects.get().claimed_at == clock.now()
    assert Client().post("/12350/follow", {"code": code}).status_code == 200


@pytest.mark.parametrize("who", ["third", "clerk", "finance", "chief"])
def test_who_may_not_claim_learns_nothing_of_a_code_and_uses_no_try(people, anonymous, who):
    pk, code = anonymous
    for given in (code, WRONG):
        with pytest.raises(Refused, match=r"role|two handlers"):
            claim(people[who], pk, given)
    assert not DoorCount.objects.filter(door="claim").exists()


def test_a_program_claims_with_the_code_too(people, anonymous):
    pk, code = anonymous
    at = f"/api/v1/hotline/tips/{pk}/steps"
    browser = people["first"].browser
    for given, status in ((WRONG, 409), ("", 409), (code, 200)):
        body = {"verb": "claim", "given": {"code": given}}
        assert browser.post(at, body, "application/json").status_code == status


def test_a_named_report_asks_for_no_code_and_one_whose_name_was_withdrawn_does(people):
    pk = report(people)
    accepted(people, pk)
    granted(people, pk)
    first = people["first"]
    assert 'name="code"' not in first.browser.get(f"/hotline/{pk}").content.decode()
    actions.withdraw_name(first.actor, first.person, pk, reason="来电，已核对")
    with pytest.raises(Refused, match="not the code"):
        claim(first, pk, "")
    claim(first, pk, query_code(Tip.objects.get(pk=pk).key))
    assert Reward.objects.get().claimed_at is not None
