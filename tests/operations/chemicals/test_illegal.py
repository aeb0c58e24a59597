"""Illegal activities with chemicals: who marks a danger, who sees it, whose state is shown."""

import pytest
from tests.operations.chemicals.conftest import ago
from tests.operations.chemicals.test_lines import CHLORINE, GAS, kept
from tests.reading_back import read_back

from anlan.operations.chemicals import actions
from anlan.operations.chemicals.actions import HOLDING, PIPELINE, Mark
from anlan.operations.chemicals.models import IllegalActivity
from anlan.operations.chemicals.queries.beside import chain_of
from anlan.operations.chemicals.queries.illegal import activities_in
from anlan.operations.people.models import OutboxEvent
from anlan.operations.safety import actions as safety
from anlan.operations.safety.actions import CaseNews, Find, Grade, Source
from anlan.operations.safety.models import Danger
from anlan.vocabulary.transitions import Refused

pytestmark = pytest.mark.django_db(databases="__all__")
KEEPS = {"officer", "industry", "street"}
SEES = KEEPS | {"leader", "industry_leader", "street_leader"}
LIST = "/chemicals/illegal"
SAID = {"activity": "storage", "substance": "稀释剂", "units": "区公安分局"}


def found(one, firm=None, key="d1", **said):
    find = {"title": "无证存放稀释剂", "area_code": "500106004001", "sector": "industry",
            "unit": "承租人", "source": Source.PATROL} | said  # fmt: skip
    return safety.find_danger(one.actor, one.person, Find(key=key, enterprise_id=firm, **find))


def marked(one, danger, **said):
    actions.mark_danger(one.actor, one.scope, danger, Mark(**SAID | said))


@pytest.fixture
def everybody(people, principal, staff):
    return dict(people.items()) | {"principal": principal, "staff": staff}


def test_every_verb_for_every_role(everybody, works):
    street = everybody["street"]
    for name, one in everybody.items():
        fresh = found(street, works, key=f"fresh-{name}")
        page = f"{LIST}/{fresh}"
        assert (one.browser.post(page, SAID).status_code == 303) is (name in KEEPS), name
        assert IllegalActivity.objects.filter(danger=fresh).exists() is (name in KEEPS), name
        kept_one = found(street, works, key=f"kept-{name}")
        marked(street, kept_one)
        page = f"{LIST}/{kept_one}"
        form = SAID | {"activity": "sale", "seen": 1, "reason": "现场核实"}
        assert (one.browser.post(page, form).status_code == 303) is (name in KEEPS), name
        row = IllegalActivity.objects.get(danger=kept_one)
        assert (row.activity == "sale") is (name in KEEPS), name
        one.browser.post(f"{page}/withdraw", {"reason": "不属打非"})
        row.refresh_from_db()
        assert (row.withdrawn_at is not None) is (name in KEEPS), name
        new = {"key": f"new-{name}", "title": f"线索 {name}", "unit": "不明", "source": "patrol",
               "area_code": "500106004", "sector": "industry", **SAID}  # fmt: skip
        sent = one.browser.post(f"{LIST}/new", new).status_code
        can = name in KEEPS | {"fire"}  # a department enters what it found of another sector too
        assert (sent == 303) is can, (name, sent)
        assert Danger.objects.filter(key=f"new-{name}").exists() is can, name


def test_each_role_withdraws_a_mark_by_the_interface_as_on_its_page(everybody, works):
    street = everybody["street"]
    for name, one in everybody.items():
        danger = found(street, works, key=f"api-{name}")
        marked(street, danger)
        at = f"/api/v1/chemicals/illegal/{danger}/withdraw"
        empty = one.browser.post(at, {}, content_type="application/json").status_code
        said = one.browser.post(at, {"reason": "不属打非"}, content_type="application/json")
        expected = (409, 200) if name in KEEPS else (403, 403) if name in SEES else None
        if expected is None:
            assert {empty, said.status_code} <= {403, 404}, name
        else:
            assert (empty, said.status_code) == expected, name
        row = IllegalActivity.objects.get(danger=danger)
        assert (row.withdrawn_at is not None) is (name in KEEPS), name
        if name in KEEPS:
            again = one.browser.post(at, {"reason": "x"}, content_type="application/json")
            assert again.status_code == 409


def test_another_streets_is_not_found_and_no_enterprise_sees_any(everybody, works):
    danger = found(everybody["street"], works)
    marked(everybody["street"], danger)
    for name, one in everybody.items():
        answer = one.browser.get(f"{LIST}?view=stands")
        shown = answer.status_code == 200 and "无证存放稀释剂" in answer.content.decode()
        assert shown is (name in SEES), name
        assert activities_in(one.scope).exists() is (name in SEES), name
    for name in ("other_street", "fire", "manager", "principal"):
        one = everybody[name]
        for path in (f"{LIST}/{danger}", f"{LIST}/{danger}/withdraw"):
            assert one.browser.post(path, SAID).status_code == 404, (name, path)
        with pytest.raises(Refused):
            marked(one, danger)
    own = everybody["manager"].browser
    assert own.get(LIST).status_code == 403
    assert "打非" not in own.get(f"/dangers/{danger}").content.decode()
    assert own.get("/api/v1/chemicals/illegal").json()["rows"] == []
    assert "非法储存" in everybody["street"].browser.get(f"/dangers/{danger}").content.decode()


def test_the_state_shown_is_the_dangers_and_its_cases(people, works):
    officer = people["officer"]
    danger = found(officer, works, source=Source.INSPECTION)
    marked(officer, danger)

    def row():
        return officer.browser.get("/api/v1/chemicals/illegal").json()["rows"][0]

    assert (row()["danger_state"], row()["case_number"]) == ("FOUND", None)
    doer = officer.actor, officer.person
    safety.grade_danger(*doer, danger, grade=Grade.GENERAL)
    safety.hand_to_enforcement(*doer, danger, reason="涉嫌未经许可储存")
    assert row()["danger_state"] == "TO_ENFORCEMENT"
    for state in ("Filed", "With the police"):
        news = CaseNews(case_id=7, number="沙应急立〔2026〕7 号", state=state, ended=False)
        safety.tell_of_case(danger, news)
    assert (row()["case_number"], row()["case_state"]) == (
        "沙应急立〔2026〕7 号",
        "With the police",
    )
    for view, n in (("police", 1), ("enforced", 1), ("open", 1), ("withdrawn", 0)):
        answer = officer.browser.get(f"/api/v1/chemicals/illegal?view={view}").json()
        assert answer["count"] == n, view
    page = officer.browser.get(f"{LIST}?view=police").content.decode()
    assert "已移送公安" in page
    assert "沙应急立〔2026〕7 号" in page


def test_a_mark_says_what_it_said_before_and_no_step_is_taken_twice(people, works):
    street = people["street"]
    danger = found(street, works)
    who = street.actor, street.scope, danger
    with pytest.raises(Refused):
        actions.withdraw_mark(*who, reason="错")
    assert not IllegalActivity.objects.exists()
    marked(street, danger)
    with pytest.raises(Refused):
        marked(street, danger)
    later = Mark(**SAID | {"substance": "甲苯"})
    for reason, seen in ((" ", 1), ("检测", 0)):
        with pytest.raises(Refused):
            actions.correct_mark(*who, later, reason=reason, seen=seen)
    actions.correct_mark(*who, later, reason="检测", seen=1)
    actions.withdraw_mark(*who, reason="有许可")
    with pytest.raises(Refused):
        actions.correct_mark(*who, later, reason="晚了")
    marked(street, danger)
    one = IllegalActivity.objects.get()
    assert [row["verb"] for row in one.history] == ["mark", "correct", "withdraw", "mark"]
    assert one.history[0]["said"]["substance"] == "稀释剂"
    assert one.withdrawn_at is None
    told = OutboxEvent.objects.filter(name="chemicals.activity_moved").count()
    assert told == 4


def test_the_form_makes_danger_and_mark_once_however_often_it_is_sent(people, works):
    browser = people["street"].browser
    form = {"key": "same", "enterprise": works, "title": "超许可储存甲苯", "source": "inspection",
            **SAID}  # fmt: skip
    for _twice in range(2):
        sent = browser.post(f"{LIST}/new", form)
        assert sent.status_code == 303
    danger = Danger.objects.get()
    assert sent.url == f"/dangers/{danger.pk}"
    assert (danger.enterprise_id, danger.sector) == (works, "industry")
    assert IllegalActivity.objects.get().danger_id == danger.pk
    for wrong in (
        {"activity": "x"},
        {"title": ""},
        {"source": "hotline"},
        {"source": "self_check"},
    ):
        assert browser.post(f"{LIST}/new", form | {"key": "k"} | wrong).status_code == 422, wrong
    assert Danger.objects.count() == 1


def test_the_interface_marks_the_danger_of_the_same_id_however_often(people, works):
    api, street = "/api/v1", people["street"].browser
    body = {"title": "无证加油", "area_code": "500106004", "sector": "industry", "unit": "车主",
            "found_as": "patrol"}  # fmt: skip
    page = f"{api}/chemicals/illegal/grid/77"
    said = SAID | {"activity": "sale"}
    assert street.put(page, said, "application/json").status_code == 404
    sent = street.put(f"{api}/dangers/grid/77", body, "application/json")
    assert sent.status_code == 200, sent.content
    outcomes = [
        street.put(page, one, "application/json").json()["outcome"]
        for one in (said, said, said | {"substance": "柴油"}, said | {"substance": "柴油"})
    ]
    assert outcomes == ["new", "same", "changed", "same"]
    sent = street.put(page, {"activity": said["activity"]}, "application/json")
    assert sent.json()["outcome"] == "same"
    assert IllegalActivity.objects.get().substance == "柴油"
    blind, danger = people["other_street"].browser, IllegalActivity.objects.get().danger_id
    assert read_back(page, danger, street, blind)["activity"] == "sale"
    assert street.put(page, said | {"activity": "x"}, "application/json").status_code == 409
    for name in ("other_street", "fire", "manager"):
        answer = people[name].browser.put(page, said, "application/json")
        assert answer.status_code == 404, name


def test_a_page_counts_what_its_list_shows(people, works):
    street = people["street"]
    for n in range(3):
        danger = found(street, works, key=f"k{n}")
        if n:
            marked(street, danger)
    page = f"/enterprises/{works}/statistics"
    answer = street.browser.get(page)
    section = next(one for one in answer.context["sections"] if one.key == "illegal")
    assert [(one.key, one.value) for one in section.figures] == [
        ("found", 2), ("open", 2), ("police", 0),
    ]  # fmt: skip
    assert "无证存放稀释剂" in street.browser.get(section.figures[0].link).content.decode()


def test_an_enterprises_page_says_what_it_keeps(people, works, django_assert_num_queries):
    manager = people["manager"]
    kept(manager, HOLDING, works, CHLORINE | {"licence_until": ago(3)})
    kept(manager, HOLDING, works, CHLORINE | {"substance": "氯化铁", "un": "", "cas": ""})
    kept(manager, PIPELINE, works, GAS | {"inspected_on": ago(30)})
    scope = manager.scope
    with django_assert_num_queries(1):
        chain, pipes = chain_of(scope, works).lines
    assert (chain.small, pipes.small) == ("2 种物质", "1 条管道")
    assert chain.late
    assert not pipes.late
    assert pipes.mark
    assert chain_of(people["stranger"].scope, works) is None
    page = manager.browser.get(f"/enterprises/{works}").content.decode()
    assert f"/chemicals/pipelines?enterprise={works}" in page
