"""A listing whose basis falls is taken back, before its entry and after it."""

from datetime import timedelta

import pytest
from django.test import Client
from tests.operations.credit.test_listings import (
    NOW,
    PEOPLE,
    notice,
    owned,
    people,  # noqa: F401
    take,
    works,  # noqa: F401
)

from anlan.operations.credit.models import Listing
from anlan.operations.credit.queries import punished
from anlan.operations.credit.rules.states import State
from anlan.operations.deadlines.actions import run_due_timers
from anlan.operations.deadlines.queries import desk
from anlan.operations.people.actions import relay_events
from anlan.operations.people.queries import scope_of
from anlan.vocabulary import clock
from anlan.vocabulary.clock import DrillClock
from anlan.vocabulary.transitions import Refused

pytestmark = pytest.mark.django_db(databases="__all__")


def browser_of(account):
    client = Client()
    client.force_login(account)
    return client


def test_a_notice_whose_basis_falls_is_withdrawn_with_the_reason_and_another_may_be_given(
    people,  # noqa: F811
    works,  # noqa: F811
):
    pk, leader = notice(people, works), browser_of(people["leader"])
    with pytest.raises(Refused, match="Say why"):
        take(people["leader"], pk, "withdraw notice", " ")
    step = {"verb": "withdraw notice", "reason": "处罚决定已被撤销"}
    assert "撤回告知" in leader.get(f"/credit/{pk}").content.decode()
    assert leader.post(f"/credit/{pk}/step", step).status_code == 303
    assert Listing.objects.get().state == State.WITHDRAWN
    assert "处罚决定已被撤销" in leader.get(f"/credit/{pk}").content.decode()
    assert not [one for name in PEOPLE for one in desk(scope_of(people[name]))
                if one.key.startswith(f"listing:{pk}")]  # fmt: skip
    Listing.objects.filter(pk=notice(people, works)).update(proposed_by=people["leader"])
    with pytest.raises(Refused, match="proposed"):
        take(people["leader"], Listing.objects.latest("id").pk, "withdraw notice")


@pytest.mark.parametrize("asked", [False, True])
def test_a_listing_whose_basis_falls_is_revoked_before_any_repair_and_its_term_ends_nothing(
    people,  # noqa: F811
    works,  # noqa: F811
    asked,
):
    pk = notice(people, works, months=36)
    clock.use(DrillClock(NOW + timedelta(days=30)))
    take(people["leader"], pk, "enter")
    if asked:
        clock.use(DrillClock(NOW + timedelta(days=400)))
        take(people["principal"], pk, "ask repair")
    api = browser_of(people["leader"])
    said = {"verb": "revoke listing", "given": {}}
    at = f"/api/v1/credit/listings/{pk}"
    assert "revoke listing" in api.get(at).json()["verbs"]
    assert api.post(f"{at}/steps", said, "application/json").status_code == 409  # no reason
    assert [one.pk for one in punished(scope_of(people["leader"]))] == [pk]
    said["given"] = {"reason": "事故调查报告已更正"}
    assert api.post(f"{at}/steps", said, "application/json").json()["state"] == "WITHDRAWN"
    assert not punished(scope_of(people["leader"]))
    one = Listing.objects.get()
    assert (one.removed_at, one.decide_by) == (clock.now(), None)
    assert one.steps.latest("id").reason == "事故调查报告已更正"
    clock.use(DrillClock(NOW + timedelta(days=1300)))
    run_due_timers()
    relay_events()
    assert Listing.objects.get().state == State.WITHDRAWN
    assert not owned(people["principal"])
    clock.use(DrillClock(NOW + timedelta(days=31)))
    notice(people, works)  # the enterprise is free of it
