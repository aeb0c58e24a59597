"""Steps of a danger as another program takes them: each verb by each role, as on the page."""

import pytest

from anlan.operations.people.models import AuditEntry
from anlan.operations.safety.actions import Find, find_danger
from anlan.operations.safety.forms import FORMS
from anlan.operations.safety.models import Danger
from anlan.operations.safety.queries.dangers import danger_file
from anlan.operations.safety.rules.states import Source

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
