"""Major hazard sources that another system brings in: graded here, once, in versions."""

import pytest
from tests.operations.risks.conftest import CODE
from tests.reading_back import read_back

from anlan.operations.people.models import OutboxEvent
from anlan.operations.risks.events import HazardKept
from anlan.operations.risks.models import MajorHazard
from anlan.operations.safety.models import Enterprise

pytestmark = pytest.mark.django_db(databases="__all__")
AT = "/api/v1/major-hazards/park/MH-7"
# GB 18218-2018: LPG has Q = 50 t and beta = 1.5; 40 people within 500 m give alpha = 1.2. So
# S = 100/50 = 2 and R = 1.2 * 1.5 * 2 = 3.6, class 4.
UNIT = {"credit_code": CODE, "name": "罐区", "kind": "storage", "held": [["lpg", 100]],
        "exposed": 40}  # fmt: skip


def put(one, body, at=AT):
    return one.browser.put(at, body, content_type="application/json")


def test_a_unit_is_graded_here_and_kept_once_a_source_and_id(people, works, principal):
    said = [put(people["manager"], UNIT).json() for _ in range(2)]
    assert [one["outcome"] for one in said] == ["new", "same"]
    (row,) = people["manager"].browser.get("/api/v1/major-hazards").json()["rows"]
    assert (row["id"], row["s"], row["r"], row["level"]) == (said[0]["id"], 2.0, 3.6, 4)
    assert (row["source"], row["source_id"]) == ("park", "MH-7")
    assert read_back(AT, row["id"], people["street"].browser, people["stranger"].browser) == row
    assert Enterprise.objects.get(pk=works).level == 1
    assert OutboxEvent.objects.filter(name=HazardKept.name).count() == 1


def test_what_says_something_else_is_a_new_version_also_under_another_name(
    people, works, principal
):
    first = put(people["manager"], UNIT).json()["id"]
    for change in ({"held": [["lpg", 20]]}, {"name": "一号罐区"}, {"number": "BA渝-1"}):
        assert put(people["manager"], UNIT | change).json()["outcome"] == "changed"
        one = MajorHazard.objects.get(replaced_at=None)
        assert (one.source_id, one.pk != first) == ("MH-7", True)
    assert MajorHazard.objects.count() == 4


def test_a_unit_that_a_person_computed_is_taken_over_by_its_name(people, works, principal):
    page = people["manager"].browser
    form = {"name": "罐区", "kind": "storage", "exposed": "40", "number": "", "filed_on": "",
            "substance": ["lpg"], "tonnes": ["20"]}  # fmt: skip
    page.post(f"/enterprises/{works}/major-hazard", form)
    assert put(people["manager"], UNIT).json()["outcome"] == "changed"
    page.post(f"/enterprises/{works}/major-hazard", form)
    one = MajorHazard.objects.get(replaced_at=None)
    assert (one.source_id, one.held) == ("MH-7", [["lpg", 20.0]])


@pytest.mark.parametrize(
    ("change", "status"),
    [({"held": []}, 409), ({"held": [["gold", 1]]}, 409), ({"held": [["lpg", -1]]}, 409),
     ({"held": [["lpg", "many"]]}, 422), ({"exposed": -1}, 409), ({"kind": "x"}, 409),
     ({"name": ""}, 409), ({"credit_code": "91500106MA5U00001U"}, 404)],
)  # fmt: skip
def test_a_unit_that_cannot_be_graded_is_refused_with_a_reason(
    people, works, principal, change, status
):
    answer = put(people["manager"], UNIT | change)
    assert (answer.status_code, MajorHazard.objects.count()) == (status, 0)
    assert answer["Content-Type"] == "application/problem+json"
    assert put(people["manager"], UNIT, "/api/v1/major-hazards/park/a b").status_code == 409


def test_only_who_may_compute_it_brings_it(people, works, principal):
    assert put(people["street"], UNIT).status_code == 409  # the enterprise has people of its own
    assert put(people["leader"], UNIT).status_code == 409
    for name in ("fire", "other_street", "stranger"):
        assert put(people[name], UNIT).status_code == 404
    assert not MajorHazard.objects.exists()
