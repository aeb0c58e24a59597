"""The pages of risk control: one's own sight and nothing else; forms, plans, files, the API."""

import io

import pytest
from openpyxl import Workbook, load_workbook
from tests.operations.risks.conftest import CODE, RATED, rater
from tests.operations.safety.conftest import picture
from tests.reading_back import read_back

from anlan.operations.risks import actions
from anlan.operations.risks.layers import LAYERS
from anlan.operations.risks.models import MajorHazard, RiskPoint, SitePlan
from anlan.operations.safety.models import Enterprise

pytestmark = pytest.mark.django_db(databases="__all__")
FORM = {key: value for key, value in RATED.items() if key not in ("accidents", "causes")}


@pytest.fixture
def risk(people, works, principal):
    values = RATED | {"lon": 106.45, "lat": 29.6}
    pk = actions.identify_risk(*rater(people["manager"]), works, values)
    actions.confirm_risk(*principal.rater, pk)
    return pk


def upload(raw, name):
    sent = io.BytesIO(raw)
    sent.name = name
    return sent


def test_another_streets_sectors_or_enterprises_risks_are_not_found_anywhere(
    people, works, risk, staff
):
    people["manager"].browser.post(
        f"/enterprises/{works}/risks/plan", {"plan": upload(picture(), "p.jpg"), "name": "一层"}
    )
    plan = SitePlan.objects.get().pk
    addresses = [f"/risks/{risk}", f"/risks/{risk}/card", f"/enterprises/{works}/risks",
                 f"/enterprises/{works}/risks/board", f"/risks/plans/{plan}"]  # fmt: skip
    for name in ("officer", "industry", "street", "manager"):
        page = people[name].browser
        assert [page.get(one).status_code for one in addresses] == [200] * 5, name
        assert "冲压机" in page.get("/risks").content.decode()
    assert staff.browser.get(addresses[0]).status_code == 200
    for name in ("fire", "other_street", "stranger"):
        page = people[name].browser
        assert [page.get(one).status_code for one in addresses] == [404] * 5, name
        assert page.post(f"/risks/{risk}/step", {"verb": "retire"}).status_code == 404
        assert "冲压机" not in page.get("/risks?q=冲压").content.decode()
        rows = list(load_workbook(io.BytesIO(page.get("/risks/export").content)).active.values)
        assert len(rows) == 2, name
        assert page.get("/api/v1/risks").json()["count"] == 0
        assert page.get(f"/api/v1/risks/{risk}").status_code == 404
    (layer,) = LAYERS
    assert len(layer.features(people["street"].scope)["features"]) == 1
    assert layer.features(people["other_street"].scope)["features"] == []


def test_a_risk_point_is_rated_confirmed_and_placed_in_the_browser(people, works, principal):
    page = people["manager"].browser
    assert page.get("/risks/new").status_code == 200
    wrong = page.post("/risks/new", FORM | {"l": "", "enterprise": works})
    assert wrong.status_code == 422
    assert "请填写L 发生可能性" in wrong.content.decode()
    made = page.post("/risks/new", FORM | {"accident": ["03", "01"], "enterprise": works})
    address = made.headers["Location"]
    assert "确认" not in [f["button"] for f in page.get(address).context["forms"]]
    assert "确认" in [f["button"] for f in principal.browser.get(address).context["forms"]]
    principal.browser.post(f"{address}/step", {"verb": "confirm"})
    assert Enterprise.objects.get(pk=works).level == 2
    page.post(f"/enterprises/{works}/risks/plan",
              {"plan": upload(picture(), "p.jpg"), "name": "一层"})  # fmt: skip
    at = {"plan": SitePlan.objects.get().pk, "x": "0.25", "y": "0.5"}
    page.post(f"{address}/place", at)
    risk = RiskPoint.objects.get()
    assert (risk.x, risk.y, risk.accidents, risk.version) == (0.25, 0.5, ["01", "03"], 1)
    assert "left:25.00%" in page.get(f"/enterprises/{works}/risks").content.decode()


def test_an_import_neither_lowers_what_is_red_at_once_nor_wipes_controls(people, works, principal):
    manager = people["manager"]
    pk = actions.identify_risk(*rater(manager), works, RATED | {"causes": ["law"]})
    head = [c.value for c in load_workbook(io.BytesIO(
        manager.browser.get("/risks/import/template").content)).active[1]]  # fmt: skip
    row = {"统一社会信用代码": CODE, "风险点": "冲压机", "类别": "设备设施", "所在部位": "A1",
           "危险有害因素": "手在模具区", "事故类型（GB 6441）": "机械伤害", "评估方法": "lec",
           "L 发生可能性": "1", "E 暴露频繁程度": "6", "C 后果严重程度": "7",
           "管控层级": "公司（厂）级", "责任人": "周强"}  # fmt: skip
    assert set(row) <= set(head), head
    book = Workbook()
    book.active.append(head)
    book.active.append([row.get(word) for word in head])
    sink = io.BytesIO()
    book.save(sink)
    sent = manager.browser.post("/risks/import", {"file": upload(sink.getvalue(), "r.xlsx")})
    address = sent.headers["Location"]
    assert manager.browser.get(address).context["look"].changed == 1, sent.content
    manager.browser.post(f"{address}/take")
    risk = RiskPoint.objects.get(pk=pk)
    assert (risk.version, risk.level, risk.causes) == (2, 1, ["law"])
    assert risk.controls == {"engineering": "光电保护", "emergency": "急停"}


def test_a_mass_that_is_no_number_grades_nothing(people, works, principal):
    form = {"name": "罐区", "kind": "storage", "exposed": "40", "number": "", "filed_on": "",
            "substance": ["lpg"]}  # fmt: skip
    for mass in ("nan", "inf", "1e300", "-1"):
        answer = people["manager"].browser.post(
            f"/enterprises/{works}/major-hazard", form | {"tonnes": [mass]}
        )
        assert answer.status_code == 422, mass
    assert not MajorHazard.objects.exists()


@pytest.mark.parametrize(
    "raw", [b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', b"MZ" + b"\0" * 99]
)
def test_what_is_no_picture_is_no_plan(people, works, principal, raw):
    page = people["manager"].browser
    address = f"/enterprises/{works}/risks/plan"
    answer = page.post(address, {"plan": upload(raw, "p.png"), "name": "一层"}, follow=True)
    assert "这不是照片" in answer.content.decode()
    assert not SitePlan.objects.exists()


def test_a_file_of_risk_points_takes_the_good_rows_and_names_the_bad_cells(
    people, works, principal
):
    page = people["manager"].browser
    book = Workbook()
    empty = load_workbook(io.BytesIO(page.get("/risks/import/template").content))
    head = [cell.value for cell in empty.active[1]]
    book.active.append(head)
    good = {"统一社会信用代码": CODE, "风险点": "行车", "类别": "作业活动",
            "危险有害因素": "吊物坠落",
            "事故类型（GB 6441）": "起重伤害、物体打击", "评估方法": "matrix", "矩阵：可能性": 2,
            "矩阵：严重性": 4, "管控层级": "部门（车间）级", "责任人": "周强"}  # fmt: skip
    for row in (good, good | {"风险点": "叉车", "矩阵：严重性": 9},
                good | {"风险点": "电梯", "事故类型（GB 6441）": "摔跤"},
                good | {"风险点": "别家", "统一社会信用代码": "91500106MA5U00001U"}):  # fmt: skip
        book.active.append([row.get(word) for word in head])
    sink = io.BytesIO()
    book.save(sink)
    for same in (0, 1):
        sent = page.post("/risks/import", {"file": upload(sink.getvalue(), "r.xlsx")})
        address = sent.headers["Location"]
        look = page.get(address).context["look"]
        assert (look.new, look.same, look.wrong) == (1 - same, same, 3)
        assert RiskPoint.objects.count() == same
        page.post(f"{address}/take")
        assert people["stranger"].browser.get(address).status_code == 404
    assert [fault[0] for fault in look.faults] == [3, 4, 5]
    risk = RiskPoint.objects.get()
    assert (risk.level, risk.version, risk.accidents) == (3, 1, ["01", "04"])


def test_another_system_brings_risk_points_only_of_enterprises_that_have_nobody_here(
    people, works, principal
):
    body = {**FORM, "credit_code": CODE, "accidents": ["03"]}
    address = "/api/v1/risks/park/1"
    mine = people["manager"].browser
    first = mine.put(address, body, content_type="application/json").json()
    assert first == mine.put(address, body, content_type="application/json").json()
    assert RiskPoint.objects.get().version == 1
    mine.put(address, body | {"causes": ["law"]}, content_type="application/json")
    assert RiskPoint.objects.get().causes == ["law"]
    mine.put(address, body, content_type="application/json")  # says nothing of what is red at once
    assert RiskPoint.objects.get().causes == ["law"]
    street = people["street"].browser
    assert (
        street.put(address, {**body, "e": "3"}, content_type="application/json").status_code == 409
    )
    other = people["other_street"].browser
    assert other.put(address, body, content_type="application/json").status_code == 404
    assert read_back(address, first["id"], street, other)["hazards"] == FORM["hazards"]


def test_a_major_hazard_is_computed_and_makes_the_enterprise_red(people, works, principal):
    page = people["manager"].browser
    address = f"/enterprises/{works}/major-hazard"
    form = {"name": "罐区", "kind": "storage", "exposed": "40", "number": "", "filed_on": "",
            "substance": ["lpg", ""], "tonnes": ["100", ""]}  # fmt: skip
    assert page.post(address, form | {"tonnes": ["many", ""]}).status_code == 422
    shown = page.post(address, form, follow=True).content.decode()
    assert "重大危险源 4 级" in shown
    assert Enterprise.objects.get(pk=works).level == 1
    page.post(address, form | {"tonnes": ["20", ""]})
    assert Enterprise.objects.get(pk=works).level is None
    assert MajorHazard.objects.count() == 2
    assert people["fire"].browser.get(address).status_code == 404
    assert people["street"].browser.get(address).status_code == 303
    assert people["leader"].browser.get(address).status_code == 403


def test_a_rating_is_confirmed_by_the_interface_by_the_principal_alone(people, works, principal):
    risk = actions.identify_risk(*rater(people["manager"]), works, RATED)

    def step(one, verb, **given):
        return one.browser.post(f"/api/v1/risks/{risk}/steps", {"verb": verb, "given": given},
                                "application/json")  # fmt: skip

    assert step(people["other_street"], "confirm").status_code == 404
    assert step(people["manager"], "confirm").status_code == 409
    assert step(principal, "fly").status_code == 404
    assert step(principal, "confirm").json() == {"id": risk, "state": "CONTROLLED"}
    assert step(people["street"], "order a review", cause="x", reason="y").status_code == 409
    said = step(people["street"], "order a review", cause="accident", reason="邻厂事故")
    assert said.json()["state"] == "REVIEW_DUE"
