"""Steps of an accident as another program takes them: each verb by each role."""

from datetime import timedelta

import pytest
from tests.operations.accidents.conftest import DAY, NOW, registered
from tests.operations.accidents.test_accidents import WHO
from tests.step_tables import each_verb_by_each_role

from anlan.operations.accidents.forms.steps import NOTES
from anlan.operations.accidents.models import Accident, Liability, Measure
from anlan.operations.accidents.rules.states import ACCIDENT, FOUR_WORDS, State, Track

pytestmark = pytest.mark.django_db(databases="__all__")
UNSEEN, BARRED = {"other_street", "fire"}, {"grid", "manager"}
GIVEN = {
    "members": "周强", "apart": "yes", "days": "5", "reason": "因", "direct": "防护缺失",
    "indirect": "培训不足", "where": "区政府网站", "to": "市政府", "evaluation": "已落实",
    **dict.fromkeys(FOUR_WORDS, "yes"),
}  # fmt: skip


@pytest.fixture
def accident(people):
    """With what was found of two tracks and settled, and a measure that is done."""
    pk = registered(people)
    for track in (Track.UNIT, Track.SUPERVISION):
        Liability.objects.create(
            accident_id=pk, track=track, subject="x", finding="x", recommendation="x", at=NOW,
            by_name="x", settled_at=NOW,
        )  # fmt: skip
    Measure.objects.create(accident_id=pk, text="x", owner="x", due_on=DAY, done_at=NOW)
    return pk


def test_each_verb_by_each_role_by_the_interface_as_the_table_names_them(people, accident):
    one, leader = Accident.objects.filter(pk=accident), people["officer"].account.pk
    sources = {step.verb: step.sources[0] for step in ACCIDENT.steps}

    def ready(verb):
        one.update(
            state=sources[verb], level=3 if verb == "hand up" else 4, leader=leader,
            submitted_by=leader, due_on=DAY + timedelta(9), direct_cause="防护缺失",
            indirect_cause="培训不足", toll_confirmed_at=NOW, penalty="罚款",
            passed_on_at=NOW, follow_ended_at=NOW,
        )  # fmt: skip
        return GIVEN | {"leader": f"{leader}"}

    assert WHO.keys() == sources.keys()
    each_verb_by_each_role(
        f"/api/v1/accidents/{accident}/steps", {n: each.browser for n, each in people.items()},
        WHO, ACCIDENT, ready=ready, row=lambda: one.values().get(),
        unseen=lambda verb: UNSEEN, barred=BARRED,
    )  # fmt: skip


def test_what_is_written_down_beside_the_steps_is_out_of_reach_of_who_does_not_see_it(
    people, accident
):
    row = Accident.objects.filter(pk=accident)
    row.update(state=State.INVESTIGATING)
    before = row.values().get()
    for name in UNSEEN | BARRED:
        for verb in NOTES:
            said = people[name].browser.post(
                f"/api/v1/accidents/{accident}/steps", {"verb": verb}, "application/json"
            )
            assert said.status_code == (403 if name in BARRED else 404), (name, verb)
    assert row.values().get() == before
    said = people["street"].browser.post(
        f"/api/v1/accidents/{10**9}/steps", {"verb": "begin"}, "application/json"
    )
    assert said.status_code == 404
