"""Patrols walked and checked by other programs, by the rules of phone and page."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from tests.operations.patrols.conftest import at, task_of, walk

from anlan.operations.patrols import actions
from anlan.operations.patrols.models import Beat, PatrolTask
from anlan.operations.safety.models import Danger
from anlan.vocabulary import clock

pytestmark = pytest.mark.django_db(databases="__all__")
API = "/api/v1/patrols"


def post(one, what, body):
    return one.browser.post(f"{API}/{what}", body, content_type="application/json")


def step(one, pk, verb, /, **given):
    return post(one, f"tasks/{pk}/steps", {"verb": verb, "given": given})


def photo(one, pk):
    sink = io.BytesIO()
    Image.new("RGB", (8, 8)).save(sink, "PNG")
    sent = SimpleUploadedFile("x.png", sink.getvalue(), "image/png")
    given = {
        "photo": sent,
        "taken_at": "2026-03-02T09:05:00+08:00",
        "lon": "106.45",
        "lat": "29.58",
    }
    return one.browser.post(f"{API}/tasks/{pk}/photos", given)


def test_a_patrol_is_walked_and_confirmed(people):
    pk, grid, leader = task_of(people).pk, people["grid"], people["street_leader"]
    now = clock.now()
    begun = {"at": now.isoformat(), "key": "s1"}
    for wrong in (begun | {"at": "soon"}, begun | {"key": ""}, begun | {"key": "x" * 41}):
        assert step(grid, pk, "start", **wrong).status_code == 409, wrong
    assert step(grid, pk, "start", **begun).json() == {"id": pk, "state": "UNDERWAY"}
    assert step(grid, pk, "start", **begun).json()["state"] == "UNDERWAY"  # sent again
    assert photo(grid, pk).status_code == 200
    assert photo(grid, pk).json()["id"] == photo(grid, pk).json()["id"]
    found = {"key": "d1", "title": "护栏缺失", "place": "点2", "lon": "106.45", "lat": "29.581"}
    assert step(grid, pk, "report danger", **found | {"lon": "x"}).status_code == 409
    for _twice in range(2):
        assert step(grid, pk, "report danger", **found).status_code == 200
    assert Danger.objects.get().title == "护栏缺失"
    at(2026, 3, 2, 9, 30)
    actions.keep_track(grid.actor, pk, walk(now, 1200))
    over = {"at": clock.now().isoformat(), "key": "f1", "normal": "no"}
    assert step(grid, pk, "finish", **over | {"normal": "maybe"}).status_code == 409
    assert step(grid, pk, "finish", **over).json()["state"] == "SUBMITTED"
    assert step(leader, pk, "return").status_code == 409  # without a word
    assert step(leader, pk, "confirm").json()["state"] == "CONFIRMED"
    assert PatrolTask.objects.get(pk=pk).normal is False


def test_nobody_walks_the_patrol_of_another_and_checks_out_of_sight(people):
    pk = task_of(people).pk
    begun = {"at": clock.now().isoformat(), "key": "s1"}
    for name, status in (("other_grid", 404), ("grid2", 404), ("other_street", 404),
                         ("street_leader", 403), ("manager", 403)):  # fmt: skip
        assert step(people[name], pk, "start", **begun).status_code == status, name
    assert step(people["grid"], pk, "excuse", reason="x").status_code == 409
    assert step(people["other_street"], pk, "excuse", reason="x").status_code == 404
    for verb in ("x", "", "track"):
        assert step(people["grid"], pk, verb).status_code == 404
    assert photo(people["other_grid"], pk).status_code == 404
    assert PatrolTask.objects.get(pk=pk).state == "DUE"


def test_a_route_is_called_out_and_closed_by_who_keeps_it(people):
    beat = task_of(people).beat_id
    until, at_ = "2026-03-02T18:00:00+08:00", f"routes/{beat}"
    assert post(people["street"], f"{at_}/call", {"until": until}).status_code == 409  # no reason
    called = post(people["street"], f"{at_}/call", {"until": until, "reason": "水位上涨"})
    assert called.status_code == 200, called.content
    assert PatrolTask.objects.get(pk=called.json()["id"]).beat_id == beat
    for name, status in (("other_street", 404), ("grid", 403)):
        assert post(people[name], f"{at_}/close", {}).status_code == status, name
    assert post(people["street"], f"{at_}/close", {}).json() == {"id": beat}
    assert Beat.objects.get(pk=beat).closed_at is not None
