"""Two at the same moment, and what somebody hostile types: answered, never a broken page."""

import io
from datetime import date

import pytest
from django.db import IntegrityError
from django.db.models import QuerySet
from openpyxl import load_workbook
from tests.operations.safety.conftest import CODE
from tests.operations.safety.test_enterprise_files import HEAD, row, send, workbook_of
from tests.operations.safety.test_loop import found, take

from anlan.backbone.workbooks import workbook
from anlan.operations.people.actions import PLATFORM, NewOrganisation, load_organisations
from anlan.operations.registers import queries as registers
from anlan.operations.registers.queries import reading
from anlan.operations.safety import actions
from anlan.operations.safety.actions import Find, enterprise_files, enterprises, find
from anlan.operations.safety.models import ClaimCode, Danger, Enterprise, EnterpriseFile
from anlan.operations.safety.queries.registers import ENTERPRISES
from anlan.operations.safety.rules.states import Grade, Source
from anlan.vocabulary.transitions import Refused

pytestmark = pytest.mark.django_db(databases="__all__")
__all__ = ["found"]


def late_to(monkeypatch, module, name):
    """The first look of `name` sees nothing yet: the other one commits right after it."""
    true, looks = getattr(module, name), []

    def look(*args):
        looks.append(args)
        return None if len(looks) == 1 else true(*args)

    monkeypatch.setattr(module, name, look)


def test_the_same_find_sent_twice_at_the_same_moment_is_answered_as_the_first(
    people, works, monkeypatch
):
    one = people["manager"]
    mine = Find(key="phone-1", title="漏电", area_code="", sector="", source=Source.SELF_CHECK,
                enterprise_id=works)  # fmt: skip
    first = actions.find_danger(one.actor, one.person, mine)
    late_to(monkeypatch, find, "known_find")
    assert actions.find_danger(one.actor, one.person, mine) == first
    assert Danger.objects.count() == 1


def test_a_key_of_somebody_elses_find_tells_nothing_and_loses_nothing(people, works):
    one, other = people["industry"], people["officer"]
    mine = Find(key="k", title="漏电", area_code="500106004", sector="industry", unit="某店",
                source=Source.INSPECTION)  # fmt: skip
    actions.find_danger(one.actor, one.person, mine)
    with pytest.raises(Refused, match="Somebody else"):
        actions.find_danger(other.actor, other.person, mine)


def test_long_ids_of_another_system_are_not_taken_for_each_other(people, works):
    page = people["street"].browser
    body = {"title": "叉车无证", "area_code": "500106004", "sector": "industry", "unit": "某店"}
    ids = [
        page.put(f"/api/v1/dangers/s/{'9' * 64}{n}", body, content_type="application/json").json()
        for n in range(2)
    ]
    assert ids[0] != ids[1]
    firm = {"credit_code": CODE, "name": "甲", "area_code": "500106004", "address": "路",
            "sector": "industry"}  # fmt: skip
    answer = page.put(f"/api/v1/enterprises/s/{'9' * 61}", firm, content_type="application/json")
    assert answer.status_code == 409


NEW_NAME = {"统一社会信用代码": CODE, "企业名称": "新名"}
FIRM = {"name": "鑫源", "credit_code": CODE, "area_code": "500106004", "address": "某路",
        "sector": "industry", "state": "open"}  # fmt: skip


def test_the_same_credit_code_at_the_same_moment_is_one_enterprise(people, works, monkeypatch):
    monkeypatch.setattr(QuerySet, "exists", lambda rows: False)
    with pytest.raises(Refused, match="registered already"):
        actions.register_enterprise(people["street"].actor, FIRM)
    assert Enterprise.objects.count() == 1


def test_the_same_record_of_a_system_at_the_same_moment_is_answered_as_the_first(
    people, works, monkeypatch
):
    true, tried = enterprises._put, []

    def put(*args):
        tried.append(args)
        if len(tried) == 1:
            raise IntegrityError
        return true(*args)

    monkeypatch.setattr(enterprises, "_put", put)
    seen = Enterprise.objects.values("pk")
    assert actions.put_enterprise(people["street"].actor, ("s", "1"), FIRM, seen) == works


def test_a_claim_code_is_used_once_even_at_the_same_moment(people, works, monkeypatch):
    code = actions.hand_out_code(people["street"].actor, works)
    given = ClaimCode.objects.get(used_at=None)
    true = enterprises.hmac.compare_digest

    def meanwhile(*pair):
        ClaimCode.objects.filter(pk=given.pk).update(used_at=enterprises.clock.now())
        return true(*pair)

    monkeypatch.setattr(enterprises.hmac, "compare_digest", meanwhile)
    with pytest.raises(Refused, match="belong together"):
        actions.claim_enterprise(people["stranger"].actor, CODE, code)
    assert people["stranger"].browser.get(f"/enterprises/{works}").status_code == 404


def test_a_correction_over_somebody_elses_is_said_and_not_made(people, works):
    street = people["street"]
    typed = {"name": "鑫源五金厂", "credit_code": CODE, "area_code": "500106004001",
             "address": "A5", "sector": "industry", "state": "open",
             "seen": "0"}  # fmt: skip
    assert street.browser.post(f"/enterprises/{works}/correct", typed).status_code == 303
    answer = street.browser.post(f"/enterprises/{works}/correct", {**typed, "address": "B7"})
    assert (answer.status_code, "刚被他人改过" in answer.content.decode()) == (422, True)
    assert Enterprise.objects.get().address == "A5"


def test_an_import_keeps_what_was_corrected_after_its_preview(people, works):
    street = people["street"]
    address = send(street, workbook_of([row(8, **NEW_NAME)])).headers["Location"]
    Enterprise.objects.update(address="已更正", trade="3311")
    street.browser.post(f"{address}/take")
    one = Enterprise.objects.get()
    assert (one.name, one.trade) == ("新名", "3311")
    assert one.versions.get().before["address"] == "已更正"


def test_an_import_that_meets_another_at_the_same_moment_is_refused_whole(
    people, works, monkeypatch
):
    street = people["street"]
    address = send(street, workbook_of([row(1), row(8, **NEW_NAME)])).headers["Location"]
    true = enterprise_files.sort_out

    def blind(rows, sender, *, locked=False):
        found = true(rows, sender, locked=locked)
        return enterprise_files.Sorted(list(rows), [], 0, []) if locked else found

    monkeypatch.setattr(enterprise_files, "sort_out", blind)
    answer = street.browser.post(f"{address}/take", follow=True)
    assert "请重新导入" in answer.content.decode()
    assert Enterprise.objects.count() == 1


def test_a_new_file_lets_the_senders_last_one_go(people, works):
    street = people["street"]
    send(street, workbook_of([row(1)]))
    send(street, workbook_of([row(2)]))
    assert [bool(one.sealed) for one in EnterpriseFile.objects.order_by("pk")] == [False, True]


def test_a_csv_of_too_many_rows_is_refused_and_not_cut(people, works, monkeypatch):
    monkeypatch.setattr(reading, "MOST_ROWS", 3)
    lines = "\n".join([",".join(HEAD), *(",".join(map(str, row(n))) for n in range(1, 6))])
    with pytest.raises(registers.Unreadable):
        registers.read_sheet(ENTERPRISES, lines.encode(), {}, set())


def test_no_text_becomes_a_formula_of_a_workbook_or_breaks_it():
    raw = workbook("x", [["=1+1", "@a", "-2\x01", 7, None]])
    cells = next(load_workbook(io.BytesIO(raw)).active.iter_rows())
    assert [(c.value, c.data_type) for c in cells[:4]] == [
        ("=1+1", "s"), ("@a", "s"), ("-2", "s"), (7, "n"),
    ]  # fmt: skip


def test_what_nobody_types_by_accident_gives_a_page_too(people, works, found):
    page = people["industry"].browser
    assert page.get("/dangers?q=%00%01&area_code=%C2%B2").status_code == 200
    typed = {"title": "x", "area_code": "500106004", "sector": "industry", "source": "inspection",
             "unit": "y", "enterprise": "²"}  # fmt: skip
    assert page.post("/dangers/new", typed).status_code == 303
    take(people["industry"], actions.grade_danger, found, grade=Grade.GENERAL)
    step = {"verb": "assign", "rectifier": "²", "due_on": "2026-03-10"}
    assert page.post(f"/dangers/{found}/step", step).status_code == 303
    Danger.objects.update(rectifier_name="甲\x01")
    assert page.get("/dangers/export").status_code == 200


def test_departments_regulate_what_is_registered_in_their_sector(people, works):
    since = date(2019, 1, 1)
    unit = NewOrganisation("grain", "区商务委", "department", "500106", since, sector="commerce")
    load_organisations(PLATFORM, [unit])
    address = send(people["street"], workbook_of([row(1, 行业="商贸")])).headers["Location"]
    people["street"].browser.post(f"{address}/take")
    assert Enterprise.objects.get(name="第1厂").sector_regulator == "grain"
