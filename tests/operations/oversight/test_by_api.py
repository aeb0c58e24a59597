"""Reviews and appraisals taken further by other programs, by the rules of the pages."""

import pytest
from tests.reading_back import read_back

from anlan.operations.oversight.models import Appraisal, Review, Sampled

from .conftest import archived, review_of

API = "/api/v1/oversight"
PERIOD = {"since": "2026-01-01", "until": "2026-02-28"}


def put(one, what, **said):
    return one.browser.put(f"{API}/{what}", said, content_type="application/json")


def step(one, what, verb, /, **given):
    body = {"verb": verb, "given": given}
    return one.browser.post(f"{API}/{what}/steps", body, content_type="application/json")


def test_a_review_is_opened_once_by_its_id_elsewhere_and_chance_draws_it(people, cases):
    legal, address = people["legal"], "reviews/supervision/2026-1"
    first = put(legal, address, **PERIOD, count=3, seed="00", frame=["2026-0001"])
    assert first.json()["outcome"] == "new", first.content
    pk = first.json()["id"]
    assert put(legal, address, **PERIOD, count=3).json() == {"id": pk, "outcome": "same"}
    assert put(legal, address, **PERIOD, count=4).status_code == 409
    assert put(legal, "reviews/supervision/2026-2", **PERIOD, count=3).status_code == 409
    review = Review.objects.get()
    assert (review.seed != "00", len(review.seed), len(review.frame)) == (True, 32, 8)
    read_back(f"{API}/{address}", pk, legal.browser, people["other_legal"].browser)
    assert put(people["other_legal"], address, **PERIOD, count=3).status_code == 409  # no case
    for name in ("officer", "expert", "street"):
        assert put(people[name], "reviews/x/1", **PERIOD, count=3).status_code == 403, name
    for wrong in ({"count": 3, "share": 10}, {}, {"count": 9}, {"share": 101}):
        assert put(legal, "reviews/x/1", **PERIOD | wrong).status_code == 409


def test_a_share_sent_again_is_the_same_review(people, cases):
    legal, address = people["legal"], "reviews/supervision/2026-1"
    first = put(legal, address, **PERIOD, share=50)
    assert first.json()["outcome"] == "new", first.content
    assert put(legal, address, **PERIOD, share=50).json()["outcome"] == "same"
    assert Review.objects.get().count == 4


@pytest.fixture
def drawn(people, cases):
    return Sampled.objects.filter(review=review_of(people)).earliest("place")


def read(one, pk):
    return one.browser.get(f"{API}/sampled/{pk}").json()


def test_a_drawn_case_is_read_by_two_who_had_no_part_and_its_faults_are_mended(people, drawn):
    at, deputy, third = f"sampled/{drawn.pk}", people["deputy"], people["third"]
    file = read(deputy, drawn.pk)
    able = {one["id"] for one in file["able"]}
    assert {third.id, people["legal_two"].id} <= able
    assert not able & {people[name].id for name in ("officer", "partner", "legal", "leader")}
    two = {"one": f"{third.id}", "two": f"{people['legal_two'].id}"}
    own = {"one": f"{people['officer'].id}", "two": f"{third.id}"}
    for wrong in (own, {"one": "x", "two": "y"}, {"one": two["one"], "two": two["one"]}):
        assert step(deputy, at, "name reviewers", **wrong).status_code == 409, wrong
    assert step(deputy, at, "name reviewers", **two).json()["state"] == "ASSIGNED"
    typed = [one for one in file["checklist"] if one["points"] and not one["computed"]]
    full = {f"points-{one['key']}": f"{one['points']}" for one in typed}
    less = full | {"points-filing": f"{int(full['points-filing']) - 1}", "note-filing": "缺一页"}
    assert step(people["officer"], at, "score", **full).status_code == 409
    assert step(third, at, "score", **full | {"points-filing": "999"}).status_code == 409
    assert step(third, at, "score", **less).json()["state"] == "ASSIGNED"
    assert step(third, at, "score", **less).status_code == 409  # once
    assert step(people["legal_two"], at, "score", **full).json()["state"] == "SCORED"
    assert step(people["leader"], at, "send the faults").status_code == 409  # decided the case
    assert step(deputy, at, "send the faults").json()["state"] == "MENDING"
    faults = read(people["officer"], drawn.pk)["faults"]
    assert [(one["key"], one["text"]) for one in faults] == [("filing", "缺一页")]
    fault = f"{faults[0]['id']}"
    for wrong in ({"fault": fault}, {"fault": "0", "answer": "补页"}, {"answer": "补页"}):
        assert step(people["officer"], at, "answer", **wrong).status_code == 409
    answered = step(people["officer"], at, "answer", fault=fault, answer="补页")
    assert answered.json()["state"] == "ANSWERED", answered.content
    assert step(deputy, at, "return").status_code == 409  # without a word
    assert step(deputy, at, "return", reason="仍缺").json()["state"] == "MENDING"
    assert step(people["officer"], at, "answer", fault=fault, answer="已补").status_code == 200
    assert step(deputy, at, "close").json()["state"] == "CLOSED"


def test_a_case_of_another_units_review_is_not_there(people, drawn):
    at = f"sampled/{drawn.pk}"
    for name in ("other_legal", "other_officer", "expert"):
        assert step(people[name], at, "close").status_code == 404, name
    for name in ("duty", "street"):
        assert step(people[name], at, "close").status_code == 403, name
    for verb in ("draw", "x", ""):
        assert step(people["deputy"], at, verb).status_code == 404, verb
    assert step(people["deputy"], f"sampled/{10**6}", "close").status_code == 404


def test_an_officers_year_is_graded_objected_to_once_and_answered(people):
    archived(people, "2026-0001")
    officer, leader = people["officer"], people["leader"]
    at = f"appraisals/2026/{officer.id}"
    assert step(officer, at, "grade", grade="称职", reason="x").status_code == 409
    assert step(leader, at, "uphold", reason="x").status_code == 404  # nobody graded it
    assert step(leader, at, "grade", grade="好", reason="x").status_code == 409
    assert step(leader, at, "grade", grade="称职").status_code == 409  # without the reason
    graded = step(leader, at, "grade", grade="称职", reason="质量较好")
    pk = Appraisal.objects.get().pk
    assert graded.json() == {"id": pk, "state": "GRADED"}, graded.content
    assert step(leader, at, "grade", grade="称职", reason="质量较好").status_code == 409
    assert step(people["partner"], at, "object", reason="x").status_code == 404
    assert step(officer, at, "object", reason="漏计").json()["state"] == "OBJECTED"
    assert step(leader, at, "change the grade", grade="称职", reason="x").status_code == 409
    other = next(one for one in ("优秀", "基本称职", "不称职")
                 if step(leader, at, "change the grade", grade=one, reason="属实").status_code
                 == 200)  # fmt: skip
    one = Appraisal.objects.get()
    assert (one.grade, one.state) == (other, "FINAL")
    for year, who in ((2026, 10**6), (1999, officer.id), (2027, officer.id)):
        assert step(leader, f"appraisals/{year}/{who}", "grade").status_code == 404
    assert step(people["other_legal"], at, "uphold", reason="x").status_code == 404
    assert step(people["street"], at, "uphold", reason="x").status_code == 403
