"""The discretion table from the system that keeps it: rows come as dated versions, none goes."""

from datetime import date

import pytest
from tests.operations.enforcement.conftest import at
from tests.operations.enforcement.test_discretion import HEAD, sent
from tests.operations.enforcement.test_procedure import investigated

from anlan.operations.enforcement.models import Case, DiscretionRow

pytestmark = pytest.mark.django_db(databases="__all__")
LIST = "/api/v1/enforcement/discretion"
AT = f"{LIST}/table/R-7"
ROW = {"code": "AQ-300-1", "violation": "未按规定演练", "law": "第八十一条", "basis": "第九十七条",
       "circumstances": "首次", "party": "unit", "least": 10000, "most": 30000, "law_most": 50000,
       "others": "stop,警告", "valid_from": "2026-04-01",
       "document": "渝应急〔2026〕9号"}  # fmt: skip


def put(one, at=AT, **more):
    return one.browser.put(at, ROW | more, content_type="application/json")


def versions(code):
    rows = DiscretionRow.objects.filter(code=code).order_by("valid_from")
    return list(rows.values_list("valid_from", "valid_to", "most"))


def test_a_row_comes_once_by_its_id_there_and_is_read_back(people):
    said = [put(people["leader"]).json() for _ in range(2)]
    one = DiscretionRow.objects.get(code="AQ-300-1")
    assert said == [{"id": one.pk, "outcome": "new"}, {"id": one.pk, "outcome": "same"}]
    row = people["other_officer"].browser.get(AT).json()  # the table is the whole district's
    assert people["officer"].browser.get(f"{AT}0").status_code == 404
    assert people["safety"].browser.get(AT).status_code == 403
    assert row == ROW | {
        "id": one.pk, "least": "10000.00", "most": "30000.00", "law_most": "50000.00",
        "others": "warning,stop", "valid_to": None, "source": "table", "source_id": "R-7",
    }  # fmt: skip
    assert people["legal"].browser.get(f"{LIST}/{one.pk}").json() == row
    assert "未按规定演练" in people["officer"].browser.get("/cases/discretion?all").content.decode()
    at(2026, 4, 9, 9)  # a day on which nothing could come to hold from April 1
    assert put(people["leader"]).json()["outcome"] == "same"
    assert put(people["leader"], most=40000).status_code == 409


def test_other_words_are_the_next_version_and_a_case_keeps_its_own(people, case):
    investigated(people, case)
    old = DiscretionRow.objects.get(code="AQ-099-2")
    known = {"code": "AQ-099-2", "others": ""}
    said = put(people["leader"], **known).json()
    assert said["outcome"] == "changed"
    assert versions("AQ-099-2")[0][:2] == (old.valid_from, date(2026, 3, 31))
    assert versions("AQ-099-2")[1] == (date(2026, 4, 1), None, 30000)
    assert Case.objects.get(pk=case).row == old
    browser = people["officer"].browser
    assert browser.get(AT).json()["id"] == said["id"]
    assert browser.get(f"{LIST}/{old.pk}").json()["valid_to"] == "2026-03-31"
    found = {
        tail: [one["valid_from"] for one in browser.get(f"{LIST}?q=AQ-099-2{tail}").json()["rows"]]
        for tail in ("", "&on=2026-04-01", "&every=true")
    }  # fmt: skip
    since = f"{old.valid_from}"
    assert found == {"": [since], "&on=2026-04-01": ["2026-04-01"],
                     "&every=true": ["2026-04-01", since]}  # fmt: skip


def test_the_file_of_the_page_brings_the_next_version_under_the_same_id(people):
    put(people["leader"])
    line = "AQ-300-1,未按规定演练,第八十一条,第九十七条,首次,单位,10000,35000,50000"
    table = f"{HEAD},可并处的其他处罚种类\n{line},警告、责令停产停业"
    answer = sent(people["leader"].browser, raw=table.encode(), since="2026-05-01")
    people["leader"].browser.post(answer["Location"] + "/take")
    assert len(versions("AQ-300-1")) == 2
    assert people["officer"].browser.get(AT).json()["most"] == "35000.00"


@pytest.mark.parametrize(
    ("change", "status"),
    [({"valid_from": "2026-03-01"}, 409), ({"valid_from": "soon"}, 422), ({"document": ""}, 422),
     ({"document": " "}, 409), ({"least": 40000}, 409), ({"law_most": 20000}, 409),
     ({"least": 0, "most": 0, "law_most": 0, "others": ""}, 409), ({"least": -1}, 409),
     ({"others": "whip"}, 409), ({"party": "ship"}, 422), ({"code": "A" * 31}, 409),
     ({"violation": ""}, 409), ({"law": "法" * 301}, 409), ({"document": "文" * 201}, 422)],
)  # fmt: skip
def test_a_row_that_cannot_be_is_refused_and_nothing_is_changed(people, change, status):
    before = list(DiscretionRow.objects.order_by("pk").values())
    assert put(people["leader"], **change).status_code == status
    assert put(people["leader"], f"{LIST}/table/a b").status_code == 409
    assert list(DiscretionRow.objects.order_by("pk").values()) == before


def test_an_id_names_one_row_and_a_row_has_one_id(people):
    put(people["leader"])
    assert put(people["leader"], code="AQ-300-2").status_code == 409
    assert put(people["leader"], f"{LIST}/table/R-8").status_code == 409
    assert put(people["leader"], f"{LIST}/other/R-7", most=20000).status_code == 409
    assert len(versions("AQ-300-1")) == 1
    assert versions("AQ-300-2") == []


def test_only_a_leader_brings_rows_and_who_sees_no_cases_sees_no_row(people):
    for name in ("officer", "legal", "safety", "other_officer"):
        assert put(people[name]).status_code == 403, name
    assert people["safety"].browser.get(LIST).status_code == 403
    assert people["officer"].browser.get(f"{LIST}/{10**6}").status_code == 404
    assert versions("AQ-300-1") == []
