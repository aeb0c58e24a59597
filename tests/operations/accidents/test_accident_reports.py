"""Reports upwards, who is shown what, and accidents that other systems bring in."""

import json
from datetime import timedelta
from io import BytesIO

import pytest
from docx import Document
from tests.operations.accidents.conftest import DAY, NOW, registered, take
from tests.reading_back import read_back

from anlan.operations.accidents import actions
from anlan.operations.accidents.actions import NewLiability
from anlan.operations.accidents.models import Accident, AccidentReport, AccidentStep, Liability
from anlan.operations.accidents.rules.level import Figures
from anlan.operations.accidents.rules.states import Track
from anlan.operations.deadlines.queries import desk
from anlan.operations.people.models import AuditEntry
from anlan.vocabulary import clock
from anlan.vocabulary.clock import DrillClock
from anlan.vocabulary.transitions import Refused

pytestmark = pytest.mark.django_db(databases="__all__")


def said(answer):
    """What an answer says, as a page or as JSON."""
    plain = "json" not in answer.headers["Content-Type"]
    return answer.content.decode() if plain else str(answer.json())


def test_reports_upwards_follow_one_another_until_it_is_over_and_are_papers(people):
    pk, duty = registered(people, figures=Figures(deaths=1, serious=2)), people["duty"]
    with pytest.raises(Refused, match="first report"):
        take(duty, actions.follow_up, pk, text="搜救中")
    take(duty, actions.report_up, pk, measures="已组织救援")
    item = next(i for i in desk(duty.scope) if "续报" in i.title)
    assert item.due_at == NOW + timedelta(days=1)
    take(duty, actions.follow_up, pk, text="一人|重伤")
    take(duty, actions.follow_up, pk, text="善后完毕", over=True)
    assert not [i for i in desk(duty.scope) if "续报" in i.title]
    assert list(AccidentReport.objects.values_list("number", "issue")) == [
        (1, "first"), (2, "follow up"), (3, "last")
    ]  # fmt: skip
    address = f"/accidents/{pk}/reports/2"
    made = people["street"].browser.post(address, {"form": "docx"}).content
    text = "".join(c.text for row in Document(BytesIO(made)).tables[0].rows for c in row.cells)
    assert all(word in text for word in ("鑫源五金厂", "1人", "2人", "一般"))
    assert people["other_street"].browser.post(address, {"form": "docx"}).status_code == 404
    with pytest.raises(Refused, match="still count"):
        take(duty, actions.confirm_toll, pk)
    clock.use(DrillClock(NOW + timedelta(days=31)))
    take(duty, actions.confirm_toll, pk)
    take(duty, actions.correct_figures, pk, figures=Figures(deaths=3), reason="x", as_of=DAY)
    assert Accident.objects.get(pk=pk).level == 4


def test_who_is_found_liable_is_shown_to_those_who_investigate_until_it_is_published(people):
    pk, officer = registered(people), people["officer"]
    take(people["governor"], actions.form_team, pk, leader=officer.account.pk, members="工会",
         apart=True)  # fmt: skip
    take(officer, actions.begin_investigation, pk)
    new = NewLiability(
        track=Track.TERRITORY,
        subject="街道某",
        finding="实",
        recommendation="处",
        owner="区纪委监委",
        due_on=DAY,
    )
    actions.find_liability(officer.actor, officer.person, pk, new)
    names = ("officer", "governor", "street", "industry", "fire", "manager")
    sees = {"officer", "governor"}
    for published in (None, NOW):
        Accident.objects.update(published_at=published)
        sees |= {"street", "industry"} if published else set()
        for name in names:
            answers = [people[name].browser.post(f"{door}/accidents/{pk}/liabilities")
                       for door in ("", "/api/v1")]  # fmt: skip
            seen = {(one.status_code, "街道某" in said(one)) for one in answers}
            assert seen == {(200, True) if name in sees else
                            (403 if name == "manager" else 404, False)}, name  # fmt: skip


def test_who_is_found_liable_is_shown_nowhere_without_a_trace_of_who_looked(people):
    pk, officer = registered(people), people["officer"]
    Accident.objects.update(state="PUBLISHED", published_at=NOW)
    assert officer.browser.post(f"/accidents/{pk}/liabilities").status_code == 200
    looked = AuditEntry.objects.filter(verb="people.view_personal", subject_kind="accident")
    assert not looked.exists()  # nobody was found liable: nothing was seen
    one = Liability.objects.create(
        accident_id=pk, track=Track.UNIT, subject="张伟", finding="张伟未断电", at=NOW, by_name="x",
        recommendation="给予张伟警告", owner="区纪委监委", due_on=DAY,
    )  # fmt: skip
    take(officer, actions.settle_liability, pk, liability=one.pk, result="已给予张伟警告")
    # As an older version wrote the step: what came of it was its reason.
    AccidentStep.objects.filter(verb="settle liability").update(reason="已给予张伟警告")
    for name in ("officer", "governor", "street", "industry"):
        browser = people[name].browser
        for address in (f"/accidents/{pk}", f"/api/v1/accidents/{pk}", "/accidents?view="):
            assert "张伟" not in said(browser.get(address)), (name, address)
        assert browser.get(f"/accidents/{pk}/liabilities").status_code == 405
    assert not looked.exists()
    Liability.objects.update(settled_at=None)
    page = officer.browser.get(f"/accidents/{pk}").content.decode()
    assert "张伟" not in page  # nor in what the forms offer to choose from
    assert f'value="{one.pk}"' in page
    assert "区纪委监委" in page
    for door in ("", "/api/v1"):
        shown = people["street"].browser.post(f"{door}/accidents/{pk}/liabilities")
        assert said(shown).count("张伟") == 4
    assert [(row.actor_label, row.subject_id) for row in looked] == [("street", f"{pk}")] * 2


def test_another_system_brings_an_accident_in_once_and_its_toll_in_versions(people):
    body = {"title": "触电", "unit": "某厂", "area_code": "500106004", "sector": "industry",
            "category": "industrial", "kind": "05", "deaths": 1, "loss": "12.50",
            "occurred_at": "2026-03-02T09:00:00", "known_at": "2026-03-02T09:05:00+08:00",
            "reported_at": "2026-03-02T09:30:00"}  # fmt: skip
    at = "/api/v1/accidents/reporting/9"

    def put(name, **changed):
        said = json.dumps(body | changed)
        return people[name].browser.put(at, said, content_type="application/json")

    first = put("street").json()
    assert put("street").json() == first
    assert put("street", deaths=3).json() == {"id": first["id"], "level": 3}
    body["loss"] = "99.00"
    del body["deaths"]  # left out: the three stay dead
    assert put("street").json()["level"] == 3
    body["deaths"] = 3
    assert put("street", deaths=1).status_code == 409
    assert put("other_street").status_code == 404
    assert put("street", deaths=-1).status_code == 422
    sees, blind = people["street"].browser, people["other_street"].browser
    assert read_back(at, first["id"], sees, blind)["deaths"] == 3
    file = people["industry"].browser.get(f"/api/v1/accidents/{first['id']}").json()
    assert [one["figures"]["deaths"] for one in file["tolls"]] == [1, 3, 3]
    assert people["industry"].browser.get("/api/v1/accidents").json()["count"] == 1
    assert people["fire"].browser.get(f"/api/v1/accidents/{first['id']}").status_code == 404
    assert people["grid"].browser.get("/api/v1/accidents").status_code == 403
