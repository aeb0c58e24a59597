"""What an enterprise owes and has nobody for waits with its street and its sector's department."""

from dataclasses import replace
from datetime import datetime

import pytest
from django.utils.translation import override
from tests.operations.safety.test_loop import assign, found, take

from anlan.operations.deadlines.actions import NewItem, open_item, remind
from anlan.operations.deadlines.queries import desk
from anlan.operations.messaging.models import Delivery
from anlan.operations.people.actions import PLATFORM, close_account
from anlan.operations.people.models import Account
from anlan.operations.safety import actions
from anlan.operations.safety.actions.enterprises import end_membership
from anlan.operations.safety.models import Membership
from anlan.operations.safety.rules.states import Grade
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA, DrillClock

pytestmark = pytest.mark.django_db(databases="__all__")
__all__ = ["found"]
REGULATORS = {"industry", "street"}


def on_desks(people):
    return {name for name, one in people.items() if desk(one.scope)}


def duty(works, right, **changed):
    """Something that the enterprise's own people owe, until 20 March."""
    return replace(NewItem(
        key="duty", kind="posts.certificate", title="Renew the certificate of %(name)s",
        action="Renew", link="/posts/1", right=right, area_code="500106004001", sector="industry",
        parameters={"name": "李某"}, detail="鑫源五金厂", enterprise=works,
        due_at=datetime(2026, 3, 20, 23, 59, tzinfo=CHINA),
        chain=("safety.regulate", "safety.countersign", "safety.supervise"),
    ), **changed)  # fmt: skip


@pytest.mark.parametrize("right", ["posts.keep", "statistics.sign", "risks.confirm"])
def test_what_only_its_own_people_may_do_waits_with_its_regulators_while_nobody_is_there(
    people, works, right
):
    """Its safety manager keeps the posts, and neither signs nor confirms for the principal."""
    open_item(duty(works, right))
    assert on_desks(people) == ({"manager"} if right == "posts.keep" else REGULATORS)
    end_membership(people["street"].actor, works, people["manager"].account.pk)
    assert on_desks(people) == REGULATORS
    Account.objects.filter(pk=people["stranger"].account.pk).update(role="principal")
    Membership.objects.create(
        enterprise_id=works, account=people["stranger"].account, since=clock.now()
    )
    clock.use(DrillClock(clock.now()))
    assert on_desks({k: v for k, v in people.items() if k != "stranger"}) == set()


def test_it_says_that_the_enterprise_has_nobody_and_is_not_theirs_to_do(people, works):
    open_item(duty(works, "statistics.sign", title="Renew it", action="Sign it"))
    with override("en"):
        (item,) = desk(people["street"].scope)
    assert item.detail == (
        "鑫源五金厂 · The enterprise has nobody with an account who may do it: "
        "have it name somebody."
    )
    assert item.action == "Look into it"
    page = people["street"].browser.get("/").content.decode()
    assert "该企业没有可以办理此事的账号" in page


def test_a_danger_of_an_enterprise_with_nobody_who_rectifies_waits_with_who_regulates_it(
    people, works, found
):
    take(people["industry"], actions.grade_danger, found, grade=Grade.GENERAL)
    assign(people, found)
    assert on_desks(people) == {"manager"}
    people["stranger"].account.role = "post_staff"
    people["stranger"].account.save()
    Membership.objects.create(
        enterprise_id=works, account=people["stranger"].account, since=clock.now()
    )
    close_account(PLATFORM, people["manager"].account.pk)
    open_ = {name: one for name, one in people.items() if name != "manager"}
    assert on_desks(open_) == {"industry"}
    clock.use(DrillClock(datetime(2026, 3, 17, 9, tzinfo=CHINA)))
    remind()
    assert list(Delivery.objects.values_list("label", flat=True)) == ["industry"]


def test_who_had_it_before_keeps_it_and_another_unit_hears_nothing(people, works):
    """One unit's alone where one is named, as a fine is of the unit that decided it."""
    end_membership(people["street"].actor, works, people["manager"].account.pk)
    open_item(duty(works, "enforcement.answer", unit="bureau"))
    assert on_desks(people) == {"officer"}
    open_item(duty(works, "credit.answer", area_code="500106", sector=""))
    assert on_desks(people) == {"officer", "industry", "fire"}
