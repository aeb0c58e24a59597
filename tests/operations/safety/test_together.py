"""Many rows at once: each judged by the rule of one, the refused named with the reason."""

import pytest

from anlan.operations.people.models import AuditEntry
from anlan.operations.registers import queries as registers
from anlan.operations.safety.actions import Find, find_danger, grade_danger
from anlan.operations.safety.models import Danger, Enterprise
from anlan.operations.safety.rules.states import Grade, Source, State

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def three(people, works):
    """Two graded ones and one that waits to be graded, all of the industry department."""
    one = people["industry"]
    made = [
        find_danger(one.actor, one.person, Find(
            key=f"k{n}", title=f"隐患{n}", area_code="500106004", sector="industry",
            source=Source.INSPECTION, enterprise_id=works))
        for n in range(3)
    ]  # fmt: skip
    for pk in made[:2]:
        grade_danger(one.actor, one.person, pk, grade=Grade.GENERAL)
    return made


def test_the_rows_that_may_are_assigned_and_the_other_is_named_with_its_reason(people, three):
    page = people["industry"].browser
    shown = page.get("/dangers/together", {"row": three}).content.decode()
    assert "2/3" in shown
    given = {"row": ",".join(map(str, three)), "verb": "assign", "rectifier": "answerable",
             "due_on": "2026-03-20"}  # fmt: skip
    told = page.post("/dangers/together", given).content.decode()
    assert "隐患2" in told
    assert "隐患0" not in told
    assert "al-field-error" in told
    states = list(Danger.objects.order_by("pk").values_list("state", "rectifier_name"))
    assert states == [(State.ASSIGNED, "manager")] * 2 + [(State.FOUND, "")]
    assert AuditEntry.objects.filter(verb="safety.assign").count() == 2
    # All that match a filter; nothing is refused, so the list comes back.
    given = {"state": "ASSIGNED", "every": "yes", "verb": "hand to enforcement", "reason": "立案"}
    assert page.post("/dangers/together", given).headers["Location"] == "/dangers"
    assert Danger.objects.filter(state=State.TO_ENFORCEMENT).count() == 2


def test_rows_out_of_sight_are_not_touched_nor_said(people, three):
    other = people["other_street"].browser
    given = {"row": three, "verb": "transfer", "to": "fire", "reason": "不归我管"}
    assert "隐患" not in other.post("/dangers/together", given).content.decode()
    assert not Danger.objects.filter(state=State.TRANSFERRED).exists()
    assert people["industry"].browser.post(
        "/dangers/together", {"row": three, "verb": "countersign"}
    ).status_code == 404  # fmt: skip


def test_too_many_rows_are_refused_as_a_whole(people, three, monkeypatch):
    monkeypatch.setattr(registers.together, "MOST_TOGETHER", 2)
    monkeypatch.setattr(registers, "MOST_TOGETHER", 2)
    page = people["industry"].browser
    assert "隐患0" not in page.get("/dangers/together", {"row": three}).content.decode()
    given = {"row": three, "verb": "hand to enforcement", "reason": "立案"}
    assert page.post("/dangers/together", given).status_code == 404


def test_a_unit_is_named_for_many_enterprises_each_with_its_earlier_version(people, works):
    page = people["officer"].browser
    given = {"row": works, "verb": "general_regulator", "unit": "fire"}
    assert page.post("/enterprises/together", given).headers["Location"] == "/enterprises"
    one = Enterprise.objects.get(pk=works)
    assert one.general_regulator == "fire"
    assert one.versions.get().before == {"general_regulator": "bureau"}
    answer = page.post("/enterprises/together", {**given, "unit": "nobody"})
    assert "鑫源五金厂" in answer.content.decode()
