"""Steps of a report to 12350 as another program takes them: each verb by each role."""

from datetime import timedelta

import pytest
from tests.operations.hotline.conftest import report
from tests.operations.hotline.test_tip_loop import DAY, WHO
from tests.step_tables import each_verb_by_each_role

from anlan.operations.hotline.models import Reward, Tip
from anlan.operations.hotline.rules.states import TIP
from anlan.vocabulary import clock

pytestmark = pytest.mark.django_db(databases="__all__")
# The sums of a reward that is on its way; from when on finance sees the report.
ON_ITS_WAY = {"send back reward", "approve reward", "notify", "claim", "pay", "forfeit",
              "withdraw reward"}  # fmt: skip
APPROVED = ON_ITS_WAY - {"send back reward", "approve reward"}
UNDECIDED = {"accept", "reject", "refer", "merge"}
BARRED = {"duty", "boss", "grid", "manager"}


def test_each_verb_by_each_role_by_the_interface_as_the_table_names_them(people):
    earlier, pk = report(people, "call-0"), report(people)
    one, account = Tip.objects.filter(pk=pk), {n: p.account.pk for n, p in people.items()}
    sources = {step.verb: step.sources[0] for step in TIP.steps}
    asked = {
        "unit": "industry", "sector": "industry", "reason": "因", "to": "市应急局",
        "into": Tip.objects.get(pk=earlier).number, "verifier_one": "李科",
        "verifier_two": "王勇", "verdict": "TRUE",
        "finding": "现场属实", "danger": "粉尘积厚", "until": f"{DAY + timedelta(20)}",
        "approver": "市局", "number": "1 号", "notice": "电话告知", "handling": "已责令整改",
        "reply": "已告知", "basis": "处罚决定书", "eligible": "yes", "voucher": "V1",
        "handler_one": f"{account['third']}", "handler_two": f"{account['second']}",
    }  # fmt: skip

    def ready(verb):
        one.update(
            state=sources[verb], unit="" if verb in UNDECIDED else "industry",
            handler_one=account["first"], handler_two=account["second"], verdict="TRUE",
            due_on=DAY + timedelta(9),
            extended_to=DAY + timedelta(9) if verb == "tell of more time" else None,
        )  # fmt: skip
        if verb in ON_ITS_WAY:
            Reward.objects.create(
                tip_id=pk, amount=3000, grounds={"fine": 0}, basis="处罚决定书", source="x",
                proposed_by_id=account["third"], proposed_at=clock.now(),
                approved_by_id=account["duty"] if verb in APPROVED else None,
                approved_at=clock.now() if verb in APPROVED else None,
                claim_by=DAY - timedelta(1) if verb == "forfeit" else DAY + timedelta(9),
                claimed_at=clock.now() if verb == "pay" else None,
            )  # fmt: skip
        return asked

    def unseen(verb):
        never = {"fire", "street", "other_street"}
        early = {"industry"} if verb in UNDECIDED else set()
        return never | early | (set() if verb in APPROVED else {"finance"})

    who = WHO | {"withdraw reward": ""}  # nobody does while the decision that it rests on stands
    assert WHO.keys() == sources.keys()
    each_verb_by_each_role(
        f"/api/v1/hotline/tips/{pk}/steps", {n: p.browser for n, p in people.items()}, who, TIP,
        ready=ready, row=lambda: one.values().get(), unseen=unseen, barred=BARRED,
    )  # fmt: skip
