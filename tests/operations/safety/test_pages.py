"""The pages of work safety: one's own territory, sector or enterprise, and nothing else."""

import io

import pytest
from openpyxl import load_workbook
from tests.operations.safety.conftest import CODE, photograph, picture
from tests.operations.safety.test_enterprise_files import code_of
from tests.reading_back import read_back

from anlan.operations.people.models import AuditEntry
from anlan.operations.safety import actions
from anlan.operations.safety.actions import Find, hand_out_code
from anlan.operations.safety.models import Danger, Enterprise
from anlan.operations.safety.rules.states import Source, State

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def found(people, works):
    find = Find(key="k1", title="抛光间粉尘积厚", area_code="500106004", sector="industry",
                source=Source.INSPECTION, enterprise_id=works)  # fmt: skip
    return actions.find_danger(people["industry"].actor, people["industry"].person, find)


def test_another_streets_sectors_or_enterprises_records_are_not_found_anywhere(
    people, works, found
):
    photograph(people["industry"], found, "before")
    shot = Danger.objects.get(pk=found).photos.get().pk
    addresses = [f"/dangers/{found}", f"/enterprises/{works}", f"/dangers/photos/{shot}"]
    for name in ("officer", "industry", "street", "grid", "manager"):
        page = people[name].browser
        assert [page.get(address).status_code for address in addresses] == [200, 200, 200], name
        assert "抛光间粉尘积厚" in page.get("/dangers").content.decode()
    for name in ("fire", "other_street", "stranger"):
        page = people[name].browser
        assert [page.get(address).status_code for address in addresses] == [404, 404, 404], name
        listed = page.get("/dangers?q=抛光").content.decode()
        assert "抛光间粉尘积厚" not in listed
        assert page.post(f"/dangers/{found}/step", {"verb": "grade"}).status_code == 404
        exported = page.get("/dangers/export")
        rows = list(load_workbook(io.BytesIO(exported.content)).active.values)
        assert len(rows) == 2, name


def test_an_export_says_who_took_it_out_and_has_every_row_that_matches(people, found):
    body = people["street"].browser.get("/dangers/export?q=粉尘").content
    rows = list(load_workbook(io.BytesIO(body)).active.values)
    assert "street" in rows[0][0]
    assert "2026-03-02" in rows[0][0]
    assert [row[1] for row in rows[2:]] == ["抛光间粉尘积厚"]


def test_a_danger_is_registered_graded_and_assigned_in_the_browser(people, works):
    page = people["industry"].browser
    typed = {"key": "a" * 32, "title": "配电箱无门", "enterprise": str(works), "unit": "",
             "area_code": "500106004", "place": "车间", "sector": "industry",
             "source": "inspection", "description": ""}  # fmt: skip
    address = page.post("/dangers/new", typed).headers["Location"]
    assert page.post("/dangers/new", typed).headers["Location"] == address
    step = f"{address}/step"
    page.post(step, {"verb": "grade", "grade": "GENERAL"})
    page.post(step, {"verb": "assign", "rectifier": str(people["manager"].account.pk),
                     "due_on": "2026-03-10"})  # fmt: skip
    danger = Danger.objects.get(title="配电箱无门")
    assert (danger.state, danger.rectifier_name) == (State.ASSIGNED, "manager")
    shown = people["manager"].browser.get(address).content.decode()
    assert "开始整改" in shown
    assert "配电箱无门" in people["manager"].browser.get("/").content.decode()


def test_what_is_missing_is_said_beside_its_field_and_nothing_is_saved(people, works):
    answer = people["industry"].browser.post("/dangers/new", {"title": "", "sector": "nonsense"})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "请填写隐患" in shown
    assert "只能是：工贸" in shown
    assert not Danger.objects.exists()


def test_a_wrong_credit_code_or_one_twice_is_refused(people, works):
    page = people["street"].browser
    typed = {"name": "某厂", "credit_code": CODE[:-1] + "4", "area_code": "500106004",
             "address": "某路", "sector": "industry", "state": "open"}  # fmt: skip
    assert "校验位" in page.post("/enterprises/new", typed).content.decode()
    twice = page.post("/enterprises/new", {**typed, "credit_code": CODE})
    assert "已登记" in twice.content.decode()
    assert Enterprise.objects.count() == 1


def test_a_correction_keeps_what_the_file_said_before(people, works):
    typed = {"name": "鑫源五金厂", "credit_code": CODE, "area_code": "500106004001",
             "address": "井口工业园 A5", "sector": "industry", "state": "open",
             "principal": "唐勇", "sector_regulator": "industry"}  # fmt: skip
    people["street"].browser.post(f"/enterprises/{works}/correct", typed)
    one = Enterprise.objects.get(pk=works)
    assert one.address == "井口工业园 A5"
    assert one.versions.get().before["address"] == "井口工业园 A3"
    shown = people["street"].browser.get(f"/enterprises/{works}").content.decode()
    assert "地址：井口工业园 A3" in shown


def test_who_left_an_enterprise_sees_nothing_of_it_any_more(people, works, found):
    manager, street = people["manager"], people["street"]
    left = {"account": manager.account.pk}
    other = people["other_street"].browser.post(f"/enterprises/{works}/members/end", left)
    assert (other.status_code, manager.browser.get(f"/dangers/{found}").status_code) == (404, 200)
    assert "manager" in street.browser.get(f"/enterprises/{works}").content.decode()
    street.browser.post(f"/enterprises/{works}/members/end", left)
    assert manager.browser.get(f"/dangers/{found}").status_code == 404
    assert AuditEntry.objects.filter(verb="safety.end_membership").exists()


def test_phones_are_masked_until_shown_and_who_looked_is_recorded(people, works):
    page = people["street"].browser
    assert "13812342207" not in page.get(f"/enterprises/{works}").content.decode()
    assert "13812342207" in page.post(f"/enterprises/{works}/phones").content.decode()
    looked = AuditEntry.objects.get(verb="people.view_personal")
    assert (looked.actor_label, looked.subject_label) == ("street", "鑫源五金厂")


def test_a_claim_code_works_once_and_wrong_ones_end_it(people, works):
    code = hand_out_code(people["street"].actor, works)
    page = people["stranger"].browser
    for _ in range(10):
        wrong = page.post("/enterprises/claim", {"credit_code": CODE, "code": "AAAAAAAAAA"})
        assert wrong.status_code == 422
    assert page.post("/enterprises/claim", {"credit_code": CODE, "code": code}).status_code == 422


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"MZ\x90\x00" + b"\0" * 400, "这不是照片"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', "这不是照片"),
        (b"\xff\xd8\xff\xe0" + b"\0" * (20 * 1024 * 1024), "不能超过 10 MB"),
    ],
)
def test_what_is_no_photo_is_refused_with_a_reason(people, found, raw, why):
    upload = io.BytesIO(raw)
    upload.name = "photo.jpg"
    page = people["industry"].browser
    answer = page.post(
        f"/dangers/{found}/photo", {"photo": upload, "moment": "before"}, follow=True
    )
    assert why in answer.content.decode()
    assert not Danger.objects.get(pk=found).photos.exists()


def test_a_photo_is_served_as_it_came_and_not_as_anything_else(people, found):
    sent = io.BytesIO(picture())
    sent.name = "x.html"
    page = people["industry"].browser
    page.post(f"/dangers/{found}/photo", {"photo": sent, "moment": "before"})
    shot = Danger.objects.get(pk=found).photos.get()
    answer = page.get(f"/dangers/photos/{shot.pk}")
    assert answer.content == picture()
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")


def test_another_system_brings_enterprises_and_dangers_as_often_as_it_likes(people, works):
    page = people["street"].browser

    def put(address, body):
        return page.put(f"/api/v1{address}", body, content_type="application/json")

    firm = {"credit_code": CODE, "name": "鑫源五金厂", "area_code": "500106004001",
            "address": "井口工业园 A9", "sector": "industry"}  # fmt: skip
    first = put("/enterprises/yu-safe/77", firm)
    assert first.json() == {"id": works} == put("/enterprises/yu-safe/77", firm).json()
    assert Enterprise.objects.get(pk=works).address == "井口工业园 A9"
    assert Enterprise.objects.get(pk=works).versions.count() == 1
    wrong = put("/enterprises/yu-safe/78", {**firm, "credit_code": CODE[:-1] + "4"})
    assert wrong.status_code == 409
    find = {"title": "叉车无证", "area_code": "500106004", "sector": "industry",
            "credit_code": CODE}  # fmt: skip
    one = put("/dangers/yu-safe/9", find).json()
    assert one == put("/dangers/yu-safe/9", find).json()
    listed = page.get("/api/v1/dangers?q=叉车").json()
    assert (listed["count"], listed["rows"][0]["unit"]) == (1, "鑫源五金厂")
    other = people["other_street"].browser
    assert other.get("/api/v1/dangers").json()["count"] == 0
    assert other.get(f"/api/v1/dangers/{one['id']}").status_code == 404
    said = read_back("/api/v1/dangers/yu-safe/9", one["id"], page, other)
    assert (said["title"], said["unit"]) == ("叉车无证", "鑫源五金厂")
    firm_there = read_back("/api/v1/enterprises/yu-safe/77", works, page, other)
    assert (firm_there["address"], firm_there["source_id"]) == ("井口工业园 A9", "77")
    assert other.put("/api/v1/enterprises/yu-safe/77", {**firm, "area_code": "500106002"},
                     content_type="application/json").status_code == 409  # fmt: skip


def test_what_another_system_leaves_out_of_an_enterprise_or_a_danger_stays_as_it_is(people, works):
    page = people["street"].browser

    def put(address, body):
        return page.put(f"/api/v1{address}", body, content_type="application/json")

    firm = {"credit_code": CODE, "name": "鑫源五金厂", "area_code": "500106004001",
            "address": "井口工业园 A9", "sector": "industry"}  # fmt: skip
    for state in ("closed", "paused"):
        assert put("/enterprises/yu-safe/77", firm | {"state": state}).status_code == 200
        assert put("/enterprises/yu-safe/77", firm).status_code == 200
        assert Enterprise.objects.get(pk=works).state == state
    assert put("/enterprises/yu-safe/77", firm | {"state": "open"}).status_code == 200
    assert Enterprise.objects.get(pk=works).state == "open"
    new = firm | {"credit_code": code_of(1), "name": "新厂"}
    assert put("/enterprises/yu-safe/78", new).status_code == 200
    assert Enterprise.objects.get(name="新厂").state == "open"
    find = {"title": "叉车无证", "area_code": "500106004", "sector": "industry",
            "credit_code": CODE}  # fmt: skip
    pk = put("/dangers/yu-safe/9", find | {"place": "库房", "description": "两台"}).json()["id"]
    put("/dangers/yu-safe/9", find)
    one = Danger.objects.get(pk=pk)
    assert (one.place, one.description) == ("库房", "两台")
    assert list(one.steps.values_list("verb", flat=True)) == ["find"]


def test_an_enterprise_is_sought_by_name_code_or_address_within_sight_and_then_chosen(
    people, works
):
    page = people["industry"].browser
    for text in ("五金", CODE[4:12], "井口工业园"):
        here = page.get("/enterprises/pick", {"enterprise_q": text})
        assert "鑫源五金厂" in here.content.decode()
        there = people["other_street"].browser.get("/enterprises/pick", {"enterprise_q": text})
        assert "鑫源五金厂" not in there.content.decode()
    # Without scripts: the form comes back with what was found and what was typed, nothing is kept.
    typed = {"title": "配电箱无门", "enterprise_q": "五金", "enterprise_search": "yes"}
    back = page.post("/dangers/new", typed)
    assert back.status_code == 200
    assert f'value="{works}"' in back.content.decode()
    assert "配电箱无门" in back.content.decode()
    assert not Danger.objects.exists()
    # Place and sector need not be typed for one whose file says them.
    typed = {"title": "配电箱无门", "source": "inspection", "enterprise": str(works)}
    assert page.post("/dangers/new", typed).status_code == 303
    assert Danger.objects.get().area_code == "500106004001"
    hidden = people["other_street"].browser.post("/dangers/new", typed)
    assert hidden.status_code == 422


def test_a_list_taken_out_is_on_the_trail_with_its_filter_and_rows(people, found):
    people["street"].browser.get("/dangers/export?q=粉尘")
    entry = AuditEntry.objects.filter(verb="people.take_out").get()
    assert (entry.actor_label, entry.subject_id, entry.detail) == ("street", "dangers", {"rows": 1})
    assert "%E7%B2%89%E5%B0%98" in entry.subject_label


def test_the_list_of_dangers_is_sorted_by_a_click_on_its_heads(people, found):
    browser = people["street"].browser
    heads = browser.get("/dangers").content.decode()
    for key in ("number", "grade", "due_on"):
        assert f"sort={key}" in heads
    assert 'aria-sort="ascending"' in browser.get("/dangers?sort=due_on").content.decode()
