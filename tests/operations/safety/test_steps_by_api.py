"""Steps of a danger as another program takes them: each verb by each role, as on the page."""

from datetime import datetime, time, timedelta

import pytest
from tests.operations.safety.conftest import PEOPLE, One, photograph
from tests.operations.safety.test_loop import DAY, WHO
from tests.step_tables import each_verb_by_each_role

from anlan.operations.people.models import AuditEntry
from anlan.operations.safety.actions import Find, find_danger
from anlan.operations.safety.forms import ANSWERABLE, FORMS
from anlan.operations.safety.models import Danger, DangerStep
from anlan.operations.safety.queries.dangers import danger_file
from anlan.operations.safety.queries.state import DRAW
from anlan.operations.safety.rules.loop import FIVE
from anlan.operations.safety.rules.states import DANGER, Source
from anlan.vocabulary import clock
from anlan.vocabulary.clock import DrillClock

pytestmark = pytest.mark.django_db(databases="__all__")
UNSEEN = {"other_street", "stranger", "fire"}


@pytest.fixture
def danger(people, works):
    street = people["street"]
    new = Find(key="k1", title="灭火器过期", enterprise_id=works, area_code="500106004",
               sector="industry", unit="鑫源五金厂", source=Source.PATROL)  # fmt: skip
    return find_danger(street.actor, street.person, new)


def step(one, danger, verb, **given):
    said = {"verb": verb, "given": given}
    return one.browser.post(f"/api/v1/dangers/{danger}/steps", said, "application/json")


def test_each_verb_by_each_role_is_taken_or_refused_as_the_rules_say(people, danger):
    before = Danger.objects.values().get(pk=danger)
    for name, one in people.items():
        file = danger_file(danger, one.scope, one.person)
        assert (file is None) == (name in UNSEEN), name
        for verb in FORMS:
            if file is not None and verb in file.verbs:
                continue  # taken below, with what its form asks for
            said = step(one, danger, verb)
            assert said.status_code == (404 if file is None else 409), (name, verb)
    assert Danger.objects.values().get(pk=danger) == before


def test_a_step_that_is_open_is_taken_and_told_and_audited(people, danger):
    said = step(people["industry"], danger, "grade", grade="GENERAL")
    assert (said.status_code, said.json()) == (200, {"id": danger, "state": "GRADED"})
    told = AuditEntry.objects.filter(subject_kind="danger", subject_id=str(danger)).latest("id")
    assert told.actor_id == people["industry"].account.pk
    wrong = step(people["industry"], danger, "assign", rectifier="", due_on="soon")
    assert wrong.status_code == 409
    assert "application/problem+json" in wrong["Content-Type"]


def test_what_is_no_verb_and_who_has_no_account_find_nothing(people, danger, client):
    assert step(people["street"], danger, "delete").status_code == 404
    assert step(people["street"], 10**9, "grade").status_code == 404
    said = client.post(f"/api/v1/dangers/{danger}/steps", {"verb": "grade"}, "application/json")
    assert said.status_code == 401


@pytest.fixture
def at_hand(people, works):
    """A danger of the works with all that a step may ask for: photos, earlier steps, lots drawn."""
    street = people["street"]
    pk = find_danger(street.actor, street.person, Find(
        key="k1", title="抛光间粉尘积厚", area_code="500106004", sector="industry",
        source=Source.INSPECTION, enterprise_id=works,
    ))  # fmt: skip
    for moment in ("before", "after", "report"):
        photograph(people["manager"], pk, moment)
    for verb, said in (("ask for more time", {"until": f"{DAY + timedelta(20)}"}),
                       ("transfer", {"to": "fire", "sector_before": "industry"}),
                       (DRAW, {"drawn": True})):  # fmt: skip
        DangerStep.objects.create(danger_id=pk, at=clock.now(), by_name="x", verb=verb,
                                  before="", after="", said=said)  # fmt: skip
    return pk


def test_each_verb_by_each_role_by_the_interface_as_the_table_names_them(people, at_hand):
    one, sources = Danger.objects.filter(pk=at_hand), {s.verb: s.sources[0] for s in DANGER.steps}
    rectifier, signer = people["grid"].account.pk, people["street"].account.pk
    five = dict.fromkeys(FIVE, "有") | {"funds": "3"}
    asked = {
        "on": f"{DAY}", "situation": "积尘", "severity": "较重", "plan": "清扫", "reason": "因",
        "until": f"{DAY + timedelta(20)}", "controls": "停用", "right": "yes", "grade": "MAJOR",
        "clause": "第十一条", "rectifier": ANSWERABLE, "due_on": f"{DAY + timedelta(9)}",
        "to": "fire", **five,
    }  # fmt: skip

    def ready(verb):
        elsewhere = verb in ("take over", "send back")
        one.update(
            state=sources[verb], grade="" if verb == "grade" else "GENERAL" if verb ==
            "raise to major" else "MAJOR", clause="第十一条", five=five, rectifier=rectifier,
            rectifier_name="x", supervisor=signer, supervisor_name="y", accepted_by=signer,
            countersigned_by=signer, reported_on=DAY, congress_on=DAY, resume_asked_at=clock.now(),
            due_on=DAY + timedelta(9), regulator="fire" if elsewhere else "industry",
            transferred_from="industry" if elsewhere else "",
        )  # fmt: skip
        return asked

    def unseen(verb):
        beyond = {"other_street", "stranger"}
        return beyond if verb in ("take over", "send back") else beyond | {"fire"}

    browsers = {name: each.browser for name, each in people.items()}
    each_verb_by_each_role(
        f"/api/v1/dangers/{at_hand}/steps", browsers, WHO, DANGER, ready=ready,
        row=lambda: one.values().get(), unseen=unseen,
    )  # fmt: skip


def test_a_report_is_not_dated_before_the_danger_was_found(people, at_hand):
    """Through the interface as on the page, of both reports."""
    Danger.objects.filter(pk=at_hand).update(state="GRADED", grade="MAJOR")
    said = {"situation": "积尘", "severity": "较重", "plan": "清扫"}
    manager = people["manager"]
    for verb in ("report to regulator", "report to congress"):
        early = step(manager, at_hand, verb, on=f"{DAY - timedelta(1)}", **said)
        assert early.status_code == 409, verb
        assert "早于隐患发现日期" in early.json()["detail"]
        assert step(manager, at_hand, verb, on=f"{DAY}", **said).status_code == 200
    page = manager.browser.post(f"/dangers/{at_hand}/step", said | {
        "verb": "report to regulator", "on": "2020-01-01"}, follow=True)  # fmt: skip
    assert "早于隐患发现日期" in page.content.decode()


def test_more_time_is_given_until_the_day_that_was_asked_for_and_not_after_it(people, at_hand):
    """The page offers it no more, the interface says why; refusing is left."""
    leader, until = people["industry_leader"], DAY + timedelta(20)
    Danger.objects.filter(pk=at_hand).update(
        state="EXTENSION_PENDING", grade="GENERAL", due_on=DAY + timedelta(5)
    )
    on_the_day = datetime.combine(until, time(9), clock.CHINA)
    clock.use(DrillClock(on_the_day))
    offered = leader.browser.get(f"/dangers/{at_hand}").content.decode()
    assert 'value="give more time"' in offered
    clock.use(DrillClock(on_the_day + timedelta(days=1)))
    offered = leader.browser.get(f"/dangers/{at_hand}").content.decode()
    assert 'value="give more time"' not in offered
    assert 'value="refuse more time"' in offered
    said = step(leader, at_hand, "give more time")
    assert said.status_code == 409
    assert "申请延期的日期已过" in said.json()["detail"]
    assert step(leader, at_hand, "refuse more time", reason="已过期").status_code == 200
    assert Danger.objects.get(pk=at_hand).due_on == DAY + timedelta(5)


def test_an_officer_who_enforces_for_another_department_grades_nothing_of_this_one(
    people, danger, monkeypatch
):
    """By the interface refused, on the page not offered; the bureau's own officer may."""
    for unit, wanted in (("fire", 409), ("bureau", 200)):
        monkeypatch.setitem(PEOPLE, f"{unit}_law", ("enforcement_officer", unit, "500106", ""))
        one = One(f"{unit}_law")
        offered = one.browser.get(f"/dangers/{danger}").content.decode()
        assert ('name="verb" value="grade"' in offered) == (wanted == 200)
        assert step(one, danger, "grade", grade="GENERAL").status_code == wanted
