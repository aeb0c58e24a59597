"""The pages of enforcement: one's own unit's cases, refusals, personal data with a trace."""

from urllib.parse import quote

import pytest
from django.test import Client
from tests.operations.enforcement.conftest import PARTY, at, certificate, new_case, row
from tests.operations.enforcement.test_procedure import SITE, decided

from anlan.operations.deadlines.queries import desk
from anlan.operations.enforcement.actions import correct_paper
from anlan.operations.enforcement.actions.desk import refresh
from anlan.operations.enforcement.models import Case, Paper, PaperFile
from anlan.operations.people.actions import relay_events, unseal_text
from anlan.operations.people.models import Account, AuditEntry, OutboxEvent
from anlan.operations.people.queries import scope_of
from anlan.operations.safety import actions as safety
from anlan.operations.safety.actions import Find, find_danger
from anlan.operations.safety.models import Danger
from anlan.operations.safety.rules.loop import Person
from anlan.operations.safety.rules.states import FIND, REGULATE, Grade, Source
from anlan.vocabulary.transitions import Refused

pytestmark = pytest.mark.django_db(databases="__all__")


def test_another_units_case_is_not_there_in_any_way(people, case):
    people["officer"].take(case, "inspect", **SITE)
    paper = Paper.objects.get(case=case).pk
    for name in ("other_officer", "other_leader"):
        browser = people[name].browser
        assert "除尘系统停用" not in browser.get("/cases?view=").content.decode()
        assert browser.get(f"/cases/{case}").status_code == 404
        assert browser.post(f"/cases/{case}/step", {"verb": "file"}).status_code == 404
        assert browser.post(f"/cases/{case}/party").status_code == 404
        assert browser.post(f"/cases/papers/{paper}/file", {"form": "pdf"}).status_code == 404
        assert browser.get(f"/cases/papers/{paper}/correct").status_code == 404
        assert browser.get(f"/api/v1/cases/{case}").status_code == 404
        assert browser.get("/api/v1/cases").json()["count"] == 0
        assert "除尘系统停用" not in str([item.title for item in desk(people[name].scope)])
    assert people["safety"].browser.get(f"/cases/{case}").status_code == 403


def test_a_button_stands_for_every_step_that_may_be_taken_and_a_refusal_says_why(people, case):
    browser = people["officer"].browser
    page = browser.get(f"/cases/{case}").content.decode()
    assert 'value="inspect"' in page
    assert 'value="file"' not in page
    lacking = {"verb": "inspect", **SITE, "place": ""}
    answer = browser.post(f"/cases/{case}/step", lacking, follow=True)
    assert "地点" in answer.content.decode()
    browser.post(f"/cases/{case}/step", {"verb": "inspect", **SITE})
    assert Case.objects.get(pk=case).state == "INSPECTED"
    said = browser.post(f"/api/v1/cases/{case}/steps", {"verb": "file"}, "application/json")
    assert said.status_code == 409


def test_the_party_and_every_paper_leave_a_trace_of_who_looked(people, case):
    browser = people["officer"].browser
    browser.post(f"/cases/{case}/step", {"verb": "inspect", **SITE})
    assert PARTY["phone"] not in browser.get(f"/cases/{case}").content.decode()
    assert PARTY["phone"] in browser.post(f"/cases/{case}/party").content.decode()
    paper = Paper.objects.get(case=case)
    assert browser.post(f"/cases/papers/{paper.pk}/file", {"form": "pdf"}).status_code == 200
    seen = AuditEntry.objects.filter(verb="people.view_personal", subject_kind="case")
    assert seen.count() == 2
    assert PARTY["address"].encode() not in bytes(Case.objects.get(pk=case).party_sealed)
    PaperFile.objects.filter(paper=paper).update(sha256="0" * 64)
    assert browser.post(f"/cases/papers/{paper.pk}/file", {"form": "pdf"}).status_code == 303


def test_a_correction_is_a_new_version_and_the_old_paper_stays(people, case):
    people["officer"].take(case, "inspect", **SITE)
    old = Paper.objects.get(case=case)
    with pytest.raises(Refused, match="role"):
        correct_paper(people["leader"].doer, old.pk, {"finding": "更正"}, "笔误")
    answer = people["officer"].browser.post(
        f"/cases/papers/{old.pk}/correct", {"finding": "除尘系统 2 套停用", "why": "笔误"}
    )
    assert answer.status_code == 303
    new = Paper.objects.get(replaces=old)
    assert (new.number, new.version, new.said["finding"]) == (old.number, 2, "除尘系统 2 套停用")
    with pytest.raises(RuntimeError):
        old.save()
    with pytest.raises(Refused, match="corrected already"):
        correct_paper(people["officer"].doer, old.pk, {"finding": "再改"}, "笔误")


def test_a_persons_penalty_is_published_without_personal_data_until_its_term_ends(people):
    party = {"name": "张建国", "id_number": "500106198001010017", "address": "金蓉正街 20 号"}
    case = new_case(people, kind="person", party=party)
    officer = people["officer"]
    officer.take(case, "inspect", **SITE | {"present": "张建国", "finding": "张建国燃放"})
    officer.take(case, "fine on the spot", facts="张建国燃放烟花", row=row("AQ-YH-P"), amount="150",
                 statement="张建国无异议")  # fmt: skip
    officer.take(case, "serve", how="direct", on="2026-03-02", receiver="张建国", place="现场",
                 recording="AV", recorder="R-7", length="3:20")  # fmt: skip
    assert "张某某" not in Client().get("/penalties").content.decode()
    officer.take(case, "publish")
    page = Client().get("/penalties").content.decode()
    assert "张某某" in page
    assert not any(secret in page for secret in party.values())
    listed = officer.browser.get(f"/cases?q={quote('张某某')}").content.decode()
    assert "张建国" not in listed
    at(2027, 3, 4, 9)
    assert "张某某" not in Client().get("/penalties").content.decode()


def test_it_waits_on_the_desk_of_whoever_is_next_and_says_what_moved(people, case):
    def waits():
        return {n for n, one in people.items() for i in desk(one.scope)
                if i.key == f"case:{case}"}  # fmt: skip

    assert waits() == {"officer"}
    decided(people, case)
    keys = {item.key for item in desk(people["officer"].scope)}
    assert keys == {f"case:{case}", *(f"case:{case}:{beside}" for beside in
                                      ("publicity", "publicity_other", "recheck"))}  # fmt: skip
    moves = OutboxEvent.objects.filter(name="enforcement.case_moved").order_by("id")
    assert moves.last().payload.count('"decide"') == 1


@pytest.mark.parametrize("address", ["/cases", "/cases/{case}", "/cases/discretion"])
def test_a_page_asks_few_questions(people, case, address, django_assert_max_num_queries):
    decided(people, case)
    browser = people["officer"].browser
    browser.get(address.format(case=case))
    with django_assert_max_num_queries(26):
        assert browser.get(address.format(case=case)).status_code == 200


def test_a_case_comes_out_of_the_form_with_two_officers_and_twice_is_once(people):
    form = {"key": "f1", "title": "未培训上岗", "party": "冷链仓储", "party_kind": "unit",
            "area_code": "500106004", "officers": [certificate("officer")]}  # fmt: skip
    browser = people["officer"].browser
    assert browser.post("/cases/new", form).status_code == 422
    form["officers"].append(certificate("partner"))
    first = browser.post("/cases/new", form)
    assert first.status_code == 303
    assert browser.post("/cases/new", form)["Location"] == first["Location"]
    assert Case.objects.count() == 1
    assert Case.objects.get().enterprise_id is None
    values = {"name": "冷链仓储", "credit_code": PARTY["id_number"], "area_code": "500106004",
              "address": "B 区", "sector": "industry", "state": "open"}  # fmt: skip
    firm = safety.register_enterprise(people["safety"].actor, values)
    browser.post("/cases/new", form | {"key": "f2", "id_number": PARTY["id_number"]})
    assert Case.objects.get(key="f2").enterprise_id == firm  # known by its credit code


def test_an_officer_plans_an_inspection_from_a_danger(people):
    person = Person(id=people["safety"].account.pk, rights=frozenset({FIND}), bureau=True)
    danger = find_danger(people["safety"].actor, person, Find(
        key="d", title="灭火器压力不足", area_code="500106004", sector="commerce", unit="便民商店",
        source=Source.INSPECTION,
    ))  # fmt: skip
    browser = people["officer"].browser
    address = f"/cases/new?danger={danger}"
    assert address in browser.get(f"/dangers/{danger}").content.decode()
    form = browser.get(address).content.decode()
    assert "灭火器压力不足" in form
    assert "便民商店" in form
    other = people["leader"].browser.get(f"/dangers/{danger}")
    assert address not in other.content.decode()


def test_a_subject_does_not_name_the_person_and_an_odd_id_is_no_error(people):
    form = {"key": "p", "title": "张建国燃放烟花", "party": "张建国", "party_kind": "person",
            "area_code": "500106004",
            "officers": [certificate("officer"), certificate("partner")]}  # fmt: skip
    browser = people["officer"].browser
    assert "不得出现" in browser.post("/cases/new", form).content.decode()
    odd = {"officers": ["²", "9" * 5000], "danger": "²"}
    assert browser.post("/cases/new", form | odd).status_code == 422
    assert browser.get(f"/cases/new?danger=²&enterprise={'9' * 5000}").status_code == 200


def test_where_no_reviewer_is_named_the_desk_of_others_gives_the_number_only(people, case):
    Account.objects.filter(username="legal").update(is_active=False)
    Account.objects.filter(username="other_officer").update(role="legal_reviewer")
    people["officer"].take(case, "inspect", **SITE)
    Case.objects.filter(pk=case).update(state="NOTIFIED", waived=True)
    refresh(Case.objects.get(pk=case))
    other = scope_of(Account.objects.get(username="other_officer"))
    assert not [i for i in desk(other) if "除尘" in i.title or "鑫源" in i.detail]


def test_a_correction_keeps_the_days_and_the_officers_of_its_paper(people, case):
    people["officer"].take(case, "inspect", **SITE)
    people["leader"].take(case, "replace an officer", leaves=str(certificate("partner")),
                          comes=str(certificate("third")), reason="回避")  # fmt: skip
    old = Paper.objects.get(case=case, kind="site_record")
    fresh = correct_paper(people["officer"].doer, old.pk, {"finding": "更\x0b正"}, "笔误")
    words = unseal_text(Paper.objects.get(pk=fresh).words_sealed)
    assert "证2" in words
    assert "证3" not in words
    assert "更正" in words


def test_a_danger_hears_of_its_case_and_the_case_of_its_danger(people):
    doer = people["safety"].actor, Person(id=people["safety"].account.pk, bureau=True,
                                          rights=frozenset({FIND, REGULATE}))  # fmt: skip
    danger = safety.find_danger(*doer, Find(
        key="d", title="灭火器压力不足", area_code="500106004", sector="commerce", unit="便民商店",
        source=Source.INSPECTION,
    ))  # fmt: skip
    safety.grade_danger(*doer, danger, grade=Grade.GENERAL)
    safety.hand_to_enforcement(*doer, danger, reason="拒不整改")
    form = {"key": "f1", "title": "拒不整改", "party": "便民商店", "party_kind": "unit",
            "area_code": "500106004", "danger": danger,
            "officers": [certificate("officer"), certificate("partner")]}  # fmt: skip
    officer = people["officer"]
    assert officer.browser.post("/cases/new", form).status_code == 303
    case = Case.objects.get()
    officer.take(case.pk, "inspect", **SITE)
    relay_events()
    page = people["safety"].browser.get(f"/dangers/{danger}").content.decode()
    assert f"{case.number} <small" in page  # the bureau's safety officer sees no cases: no link
    assert f"/cases/{case.pk}" in officer.browser.get(f"/dangers/{danger}").content.decode()
    officer.take(case.pk, "find no violation")
    relay_events()
    (item,) = [one for one in desk(people["safety"].scope) if one.key == f"danger:{danger}"]
    assert "交办" in item.title
    safety.hand_to_enforcement(*doer, danger, reason="再次拒不整改")
    relay_events()
    assert "移交" in officer.browser.get(f"/cases/{case.pk}").content.decode()


def test_a_danger_comes_back_when_none_of_its_cases_runs_any_more(people):
    doer = people["safety"].actor, Person(id=people["safety"].account.pk, bureau=True,
                                          rights=frozenset({FIND, REGULATE}))  # fmt: skip
    danger = safety.find_danger(*doer, Find(
        key="d", title="灭火器压力不足", area_code="500106004", sector="commerce", unit="便民商店",
        source=Source.INSPECTION,
    ))  # fmt: skip
    safety.grade_danger(*doer, danger, grade=Grade.GENERAL)
    safety.hand_to_enforcement(*doer, danger, reason="拒不整改")
    officer = people["officer"]
    form = {"title": "拒不整改", "party": "便民商店", "party_kind": "unit",
            "area_code": "500106004", "danger": danger,
            "officers": [certificate("officer"), certificate("partner")]}  # fmt: skip
    for key in ("f1", "f2"):
        assert officer.browser.post("/cases/new", form | {"key": key}).status_code == 303
    states = []
    for case in Case.objects.order_by("pk"):
        officer.take(case.pk, "inspect", **SITE)
        officer.take(case.pk, "find no violation")
        relay_events()
        states.append(Danger.objects.get(pk=danger).state)
    assert states == ["TO_ENFORCEMENT", "GRADED"]
