"""A danger that was handed to enforcement waits for somebody, and is late like everything else."""

import pytest
from tests.operations.enforcement.conftest import at, certificate
from tests.operations.enforcement.test_procedure import SITE

from anlan.operations.deadlines.actions import remind
from anlan.operations.deadlines.queries import desk
from anlan.operations.enforcement.models import Case, CaseStep
from anlan.operations.messaging.models import Delivery
from anlan.operations.people.actions import relay_events
from anlan.operations.people.models import Account
from anlan.operations.safety import actions as safety
from anlan.operations.safety.actions import Find
from anlan.operations.safety.models import Danger, DangerStep
from anlan.operations.safety.rules.loop import Person
from anlan.operations.safety.rules.states import FIND, REGULATE, Grade, Source
from anlan.vocabulary.clock import CHINA

pytestmark = pytest.mark.django_db(databases="__all__")
TITLE = "安排执法检查或退回：灭火器压力不足"


@pytest.fixture
def danger(people):
    """Found and graded by the bureau, handed to enforcement on Monday the 2nd of March."""
    doer = people["safety"].actor, Person(id=people["safety"].account.pk, bureau=True,
                                          rights=frozenset({FIND, REGULATE}))  # fmt: skip
    pk = safety.find_danger(*doer, Find(
        key="d", title="灭火器压力不足", area_code="500106004", sector="commerce", unit="便民商店",
        source=Source.INSPECTION,
    ))  # fmt: skip
    safety.grade_danger(*doer, pk, grade=Grade.GENERAL)
    Danger.objects.update(regulator="bureau")
    safety.hand_to_enforcement(*doer, pk, reason="拒不整改")
    relay_events()
    return pk


def waits(people):
    """Whose desk has something of enforcement: title, link and last day, by name."""
    return {
        name: [(item.title, item.link,
                item.due_at and f"{item.due_at.astimezone(CHINA):%m-%d}") for item in found]
        for name, one in people.items()
        if (found := [i for i in desk(one.scope) if i.kind in ("case", "danger")])
    }  # fmt: skip


def told():
    names = dict(Account.objects.values_list("display_name", "username"))
    labels = Delivery.objects.values_list("label", flat=True)
    return {names.get(label, label) for label in labels}


def test_it_waits_on_the_officers_desk_with_a_term_and_climbs_to_the_committee(people, danger):
    asked = [(TITLE, f"/dangers/{danger}", "03-09")]
    officers = ("officer", "partner", "third", "expired")
    assert waits(people) == dict.fromkeys(officers, asked), "five working days, of this unit alone"
    page = people["officer"].browser.get(f"/dangers/{danger}").content.decode()
    assert f"/cases/new?danger={danger}" in page
    assert 'value="take back from enforcement"' in page
    heard = []
    for day in (6, 9, 10, 12, 16):
        at(2026, 3, day, 9)
        remind()
        heard.append(told() - set(officers))
        Delivery.objects.all().delete()
    assert heard == [set(), set(), {"leader"}, {"leader"}, {"safety", "leader", "other_leader"}], (
        "at last who is of the committee"
    )


def test_it_follows_the_case_that_is_opened_and_comes_back_when_that_ends(people, danger):
    officer = people["officer"]
    at(2026, 3, 4, 9)
    form = {"key": "f1", "title": "拒不整改", "party": "便民商店", "party_kind": "unit",
            "area_code": "500106004", "danger": danger,
            "officers": [certificate("officer"), certificate("partner")]}  # fmt: skip
    assert officer.browser.post("/cases/new", form).status_code == 303
    relay_events()
    case = Case.objects.get()
    assert waits(people) == {"officer": [("执法检查：拒不整改", f"/cases/{case.pk}", "03-11")]}
    officer.take(case.pk, "inspect", **SITE)
    officer.take(case.pk, "find no violation")
    relay_events()
    assert Danger.objects.get().state == "GRADED"
    assert not any(TITLE in str(items) for items in waits(people).values())


def test_an_officer_sends_it_back_to_be_rectified_and_says_why(people, danger):
    officer, sent = people["officer"].browser, {"verb": "take back from enforcement"}
    told = officer.post(f"/dangers/{danger}/step", sent, follow=True).content.decode()
    assert "请写明理由。" in told
    assert Danger.objects.get().state == "TO_ENFORCEMENT"
    officer.post(f"/dangers/{danger}/step", sent | {"reason": "情节轻微，先整改"})
    relay_events()
    assert Danger.objects.get().state == "GRADED"
    step = DangerStep.objects.get(verb="take back from enforcement")
    assert (step.by_name, step.reason) == ("officer", "情节轻微，先整改")
    history = people["safety"].browser.get(f"/dangers/{danger}").content.decode()
    assert "情节轻微，先整改" in history
    assert {"officer", "safety"} <= set(waits(people)), "whoever of the bureau regulates"
    assert TITLE not in str(waits(people))


def test_the_interface_asks_for_the_reason_too(people, danger):
    officer, address = people["officer"].browser, f"/api/v1/dangers/{danger}/steps"
    sent = {"verb": "take back from enforcement", "given": {}}
    told = officer.post(address, sent, "application/json")
    assert (told.status_code, told.json()["detail"]) == (409, "请写明理由。")
    assert Danger.objects.get().state == "TO_ENFORCEMENT"
    sent["given"] = {"reason": "证据不足"}
    assert officer.post(address, sent, "application/json").json()["state"] == "GRADED"
    steps = officer.get(f"/api/v1/dangers/{danger}").json()["steps"]
    assert steps[-1]["reason"] == "证据不足"


def test_what_comes_back_stopped_as_it_went_is_not_told_as_stopped_anew(people, danger):
    officer = people["officer"]
    form = {"key": "f2", "title": "拒不整改", "party": "便民商店", "party_kind": "unit",
            "area_code": "500106004", "danger": danger,
            "officers": [certificate("officer"), certificate("partner")]}  # fmt: skip
    assert officer.browser.post("/cases/new", form).status_code == 303
    doer = people["safety"].actor, Person(id=people["safety"].account.pk, bureau=True,
                                          rights=frozenset({FIND, REGULATE}))  # fmt: skip
    safety.take_back_from_enforcement(*doer, danger, reason="另行处理")
    safety.suspend_production(*doer, danger, reason="停")
    relay_events()

    def heard():
        steps = CaseStep.objects.filter(verb="danger").order_by("id")
        return [one.said["remark"] for one in steps]

    assert heard() == ["SUSPENDED_PRODUCTION"]
    safety.hand_to_enforcement(*doer, danger, reason="拒不整改")
    safety.take_back_from_enforcement(*doer, danger, reason="另行处理")
    relay_events()
    assert Danger.objects.get().state == "SUSPENDED_PRODUCTION"
    assert heard() == ["SUSPENDED_PRODUCTION", "TO_ENFORCEMENT"]
