"""Post staff out of a file: looked at first, whole rows, sealed; posts for other programs."""

import io

import pytest
from openpyxl import Workbook, load_workbook
from tests.operations.risks.conftest import CODE

from anlan.operations.people.models import AuditEntry, OutboxEvent
from anlan.operations.posts import actions
from anlan.operations.posts.models import Certificate, Post, Worker
from anlan.operations.posts.queries.files import post_file
from anlan.operations.posts.queries.people_file import PEOPLE
from anlan.operations.registers.queries import head_of

pytestmark = pytest.mark.django_db(databases="__all__")
ROW = {"统一社会信用代码": CODE, "岗位": "冲压岗", "持证人": "周强", "证书类别": "电工作业",
       "证书编号": "T500106198805121126", "有效期至": "2027-06-30"}  # fmt: skip


def book(*rows):
    made, head = Workbook(), head_of(PEOPLE)
    made.active.append(head)
    for row in rows:
        assert set(row) <= set(head), head
        made.active.append([row.get(word) for word in head])
    sink = io.BytesIO()
    made.save(sink)
    return upload(sink.getvalue())


def upload(raw, name="p.xlsx"):
    sent = io.BytesIO(raw)
    sent.name = name
    return sent


def test_a_file_of_post_staff_is_looked_at_then_taken_whole(people, works):
    page = people["manager"].browser
    head = load_workbook(io.BytesIO(page.get("/posts/import/template").content)).active[1]
    assert [cell.value for cell in head] == head_of(PEOPLE)
    rows = [ROW, ROW | {"持证人": "刘芳", "证书类别": "", "证书编号": "", "有效期至": ""},
            ROW | {"持证人": "何洁", "有效期至": ""}, ROW | {"证书类别": "驾驶"},
            ROW | {"统一社会信用代码": "91500106MA5U00001U"}]  # fmt: skip
    address = page.post("/posts/import", {"file": book(*rows)}).headers["Location"]
    look = page.get(address).context["look"]
    assert (look.new, look.changed, look.same, look.wrong) == (2, 0, 0, 3)
    assert [fault[0] for fault in look.faults] == [4, 5, 6]
    assert not Post.objects.exists()
    for name in ("stranger", "principal"):
        if name in people:
            assert people[name].browser.get(address).status_code == 404
    for _ in range(2):
        page.post(f"{address}/take")
    assert (Post.objects.count(), Worker.objects.count()) == (1, 2)
    kept = Certificate.objects.get()
    assert b"T5001061988" not in bytes(kept.number_sealed)
    assert (kept.shown, kept.worker.shown) == ("T500***********1126", "周*")
    again = page.post("/posts/import", {"file": book(ROW)}).headers["Location"]
    assert page.get(again).context["look"].same == 1
    later = page.post("/posts/import", {"file": book(ROW | {"有效期至": "2029-06-30"})})
    page.post(f"{later.headers['Location']}/take")
    assert Certificate.objects.count() == 2
    assert Certificate.objects.get(replaced_at=None).expires_on.year == 2029


@pytest.mark.parametrize(
    "raw", [b"MZ" + b"\0" * 200, b"<svg><script>1</script></svg>", b"", b"x" * (5 * 1024**2 + 1)]
)
def test_what_is_no_table_is_refused_with_a_reason(people, works, raw):
    answer = people["manager"].browser.post("/posts/import", {"file": upload(raw)})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()


def test_only_the_enterprise_keeps_its_posts(people, works):
    for name in ("street", "officer", "industry", "grid"):
        assert people[name].browser.get("/posts/import").status_code == 403


def test_who_left_is_reminded_of_nothing_and_counts_nowhere(people, works):
    manager = people["manager"]
    post = actions.open_post(manager.actor, works, {"name": "门卫"})
    worker = actions.add_worker(manager.actor, post, "刘芳")
    values = {"kind": "electrician", "number": "12345678", "issued_on": "2026-03-03"}
    page = manager.browser
    late = page.post(f"/posts/{post}/workers/{worker}/certificate",
                     values | {"expires_on": "2028-01-01"}, follow=True)  # fmt: skip
    assert "尚未生效" in late.content.decode()
    page.post(f"/posts/{post}/workers/{worker}/certificate",
              values | {"issued_on": "", "expires_on": "2028-01-01"})  # fmt: skip
    assert Certificate.objects.get().shown == "******78"
    assert page.get("/certificates").context["page"].count == 1
    page.post(f"/posts/{post}/close")
    assert page.get("/certificates").context["page"].count == 0
    assert post_file(post, manager.scope) is None


def test_programs_see_what_lies_in_their_sight_masked(people, works, staff):
    manager = people["manager"]
    page = manager.browser
    address = page.post("/posts/import", {"file": book(ROW)}).headers["Location"]
    page.post(f"{address}/take")
    post = Post.objects.get().pk
    for name, seen in (("street", 1), ("officer", 1), ("industry", 1), ("manager", 1),
                       ("fire", 0), ("other_street", 0), ("stranger", 0)):  # fmt: skip
        browser = people[name].browser
        assert browser.get("/api/v1/posts").json()["count"] == seen, name
        assert browser.get(f"/api/v1/posts/{post}").status_code == (200 if seen else 404)
        rows = browser.get("/api/v1/certificates").json()["rows"]
        assert [one["holder"] for one in rows] == ["周*"] * seen
        assert browser.get("/api/v1/meetings").json()["rows"] == []
    kept = Certificate.objects.get().pk
    assert staff.browser.post(f"/certificates/{kept}/show").status_code == 404


@pytest.mark.parametrize("name", ["²", "9" * 40, "-1", "x"])
def test_a_number_that_is_none_breaks_no_page(people, works, name):
    page = people["manager"].browser
    post = actions.open_post(people["manager"].actor, works, {"name": "门卫"})
    sent = {"name": "甲乙", "account": name, "risk": name, "present": name}
    for path in ("workers", "change", "meet"):
        assert page.post(f"/posts/{post}/{path}", sent).status_code in (303, 422), path


SENT = {"credit_code": CODE, "post": "冲压岗", "name": "周强", "kind": "electrician",
        "number": "T500106198805121126", "expires_on": "2027-06-30"}  # fmt: skip
AT = "/api/v1/certificates/hr/C-1"


def put(one, body, at=AT):
    return one.browser.put(at, body, content_type="application/json")


def test_an_enterprises_own_system_keeps_a_certificate_once_by_its_id(people, works):
    said = [put(people["manager"], SENT).json() for _ in range(2)]
    assert [one["outcome"] for one in said] == ["new", "same"]
    kept = Certificate.objects.get()
    assert (kept.pk, kept.source, kept.source_id) == (said[0]["id"], "hr", "C-1")
    assert (kept.shown, kept.worker.shown) == ("T500***********1126", "周*")
    told = str(list(AuditEntry.objects.values())) + str(list(OutboxEvent.objects.values()))
    assert "posts.certificate_moved" in told  # the webhook
    assert not any(word in told for word in ("周强", SENT["number"]))
    later = put(people["manager"], SENT | {"expires_on": "2029-06-30"}).json()
    assert later["outcome"] == "changed"
    assert Certificate.objects.get(replaced_at=None).pk == later["id"] != kept.pk
    row = people["street"].browser.get("/api/v1/certificates").json()["rows"]
    assert [(one["expires_on"], one["source_id"]) for one in row] == [("2029-06-30", "C-1")]


def test_a_certificate_whose_holder_or_kind_was_corrected_stands_in_place_of_the_first(
    people, works
):
    put(people["manager"], SENT)
    for change in ({"name": "周强生"}, {"kind": "welder"}):
        assert put(people["manager"], SENT | change).json()["outcome"] in ("new", "changed")
        assert Certificate.objects.filter(replaced_at=None).count() == 1
    kept = Certificate.objects.get(replaced_at=None)
    assert (kept.kind, kept.worker.shown) == ("welder", "周*")


@pytest.mark.parametrize(
    ("change", "status"),
    [({"kind": "driver"}, 409), ({"number": ""}, 409), ({"expires_on": "2020-13-01"}, 422),
     ({"issued_on": "2030-01-01"}, 409), ({"credit_code": "91500106MA5U00001U"}, 404),
     ({"name": ""}, 409)],
)  # fmt: skip
def test_a_certificate_that_cannot_be_is_refused_with_a_reason(people, works, change, status):
    answer = put(people["manager"], SENT | change)
    assert answer.status_code == status
    assert (Certificate.objects.count(), Post.objects.count()) == (0, 0)
    assert put(people["manager"], SENT, "/api/v1/certificates/hr/a b").status_code == 409


def test_nobody_but_the_enterprise_brings_its_certificates(people, works):
    for name in ("street", "officer", "industry", "grid", "fire"):
        assert put(people[name], SENT).status_code == 403
    assert put(people["stranger"], SENT).status_code == 404
    assert not Certificate.objects.exists()
