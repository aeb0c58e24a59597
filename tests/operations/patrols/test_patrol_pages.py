"""Pages, phone and interface of the patrols: what they show, to whom, and once."""

import io
import json
from datetime import timedelta

import pytest
from PIL import Image
from tests.operations.patrols.conftest import new_beat, north, post_of, spots, task_of, walk
from tests.operations.patrols.test_patrol_loop import start, walked

from anlan.operations.patrols import actions
from anlan.operations.patrols.models import Beat, Fix, PatrolPhoto, PatrolTask
from anlan.terrain.crs import cgcs2000_to_gcj02
from anlan.vocabulary import clock

pytestmark = pytest.mark.django_db(databases="__all__")
PAGES = ("/patrols", "/patrols/tasks", "/patrols/routes", "/patrols/counts")


def send(one, task, verb, key, **said):
    body = {"key": key * 32, "task": task.pk, "verb": verb, "at": clock.now().isoformat()}
    body |= said.pop("broken", {}) | said
    return one.browser.post("/fieldwork/patrols", json.dumps(body), content_type="application/json")


def fixes_of(positions):
    return [[one.at.isoformat(), one.lon, one.lat, one.accuracy_m] for one in positions]


@pytest.mark.parametrize("page", PAGES)
def test_pages_open_for_whom_it_concerns_in_both_languages(people, page):
    walked(people)
    for name in ("grid", "street", "water", "duty", "bureau_leader"):
        for language in ("zh-hans", "en"):
            answer = people[name].browser.get(page, headers={"accept-language": language})
            assert answer.status_code == 200, (name, page)
    assert people["manager"].browser.get(page).status_code == 403


def test_who_sees_a_patrol_and_for_whom_it_is_not_there(people):
    task = walked(people)
    seen = {
        name for name, one in people.items()
        if one.browser.get(f"/patrols/tasks/{task.pk}").status_code == 200
    }  # fmt: skip
    assert seen == {"grid", "street", "street_leader", "water", "water_leader", "safety",
                    "section", "duty", "duty_leader", "bureau_leader"}  # fmt: skip
    for name in ("other_street", "other_grid", "grid2", "forest"):
        browser = people[name].browser
        assert browser.get(f"/patrols/tasks/{task.pk}").status_code == 404
        assert browser.get(f"/patrols/routes/{task.beat_id}").status_code == 404
        assert browser.post(f"/patrols/tasks/{task.pk}/track").status_code == 404
        assert browser.get(f"/patrols/tasks/{task.pk}/map/points").status_code == 404
        for page in PAGES:
            assert task.name not in browser.get(page).content.decode()


def test_a_file_shows_what_was_reached_and_the_track_only_when_asked_for(people):
    task = walked(people, 600)
    leader = people["street_leader"].browser
    plain = leader.get(f"/patrols/tasks/{task.pk}").content.decode()
    assert "未到达" in plain
    assert '"way"' not in plain.replace("&quot;", '"')
    drawn = leader.post(f"/patrols/tasks/{task.pk}/track").content.decode()
    assert '"way"' in drawn.replace("&quot;", '"')
    points = leader.get(f"/patrols/tasks/{task.pk}/map/points").json()["features"]
    assert [one["properties"]["tone"] for one in points] == ["done"] * 3 + ["wait"] * 2
    assert leader.get(f"/patrols/tasks/{task.pk}/map/nothing").status_code == 404


def test_the_supervisor_takes_steps_on_the_page_and_the_walker_finds_none_there(people):
    task = walked(people)
    address = f"/patrols/tasks/{task.pk}"
    assert b'name="verb"' not in people["grid"].browser.get(address).content
    refused = people["duty"].browser.post(f"{address}/step", {"verb": "confirm"}, follow=True)
    assert "岗位不能" in refused.content.decode()
    people["street_leader"].browser.post(f"{address}/step", {"verb": "confirm", "words": ""})
    task.refresh_from_db()
    assert task.state == "CONFIRMED"


def form(people, **changed):
    return {
        "key": "k1", "name": "清水溪巡查线", "form": "water", "hazard": "waterlogging",
        "area_code": "500106004", "unit": "500106004", "supervisor": people["street_leader"].id,
        "patroller": people["grid"].id, "deputy": "", "means": "foot", "rhythm": "days",
        "every": "2", "months.3": "on", "months.4": "on", "since": "08:30", "until": "",
        "begins_on": "2026-03-02", "task": "涵洞",
        "points": "溪口，106.45，29.58\n涵洞, 106.451, 29.581, 80",
        "line": "106.45,29.58\n106.451,29.581",
    } | changed  # fmt: skip


def test_a_route_is_entered_once_changed_and_closed(people):
    street = people["street"].browser
    for _twice in range(2):
        assert street.post("/patrols/routes/new", form(people)).status_code == 303
    beat = Beat.objects.get()
    assert beat.points[0] == {"name": "溪口", "lon": 106.45, "lat": 29.58, "radius_m": 50}
    assert (beat.points[1]["radius_m"], beat.months, beat.every) == (80, ["3", "4"], 2)
    assert PatrolTask.objects.filter(beat=beat).count() == 1
    page = street.get(f"/patrols/routes/{beat.pk}/change").content.decode()
    assert "涵洞, 106.451, 29.581, 80" in page
    street.post(f"/patrols/routes/{beat.pk}/change", form(people, name="清水溪线"))
    street.post(f"/patrols/routes/{beat.pk}/close")
    beat.refresh_from_db()
    assert beat.name == "清水溪线"
    assert beat.closed_at == clock.now()
    assert street.get(f"/patrols/routes/{beat.pk}/change").status_code == 404


def test_what_is_wrong_with_points_and_line_stands_beside_them(people):
    said = form(people, points="溪口", line="106.45")
    answer = people["street"].browser.post("/patrols/routes/new", said)
    assert answer.status_code == 422
    assert answer.context["entered"].errors.keys() == {"points", "line"}


def test_positions_of_a_web_map_are_converted_at_the_edge(people):
    east, north_ = cgcs2000_to_gcj02(106.45, 29.58)
    said = form(people, points=f"溪口,{east},{north_}", line="", datum="gcj02")
    people["street"].browser.post("/patrols/routes/new", said)
    (kept,) = Beat.objects.get().points
    assert (kept["lon"], kept["lat"]) == (106.45, 29.58)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"points": "溪口"}, "不是点位"),
        ({"points": "溪口,106.45,200"}, "经度"),
        ({"form": "point"}, "一个位置"),
        ({"since": "25:99"}, "时刻"),
        ({"line": "106.45,29.58"}, "个位置"),
        ({"area_code": "500106002"}, "辖区"),
    ],
)
def test_a_route_that_is_none_is_refused_with_its_reason(people, changed, said):
    answer = people["street"].browser.post("/patrols/routes/new", form(people, **changed))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Beat.objects.exists()


def test_supervisor_and_walker_are_two_of_the_unit(people):
    street = people["street"]
    for changed in (
        {"supervisor": street.id, "patroller": street.id},
        {"supervisor": people["grid"].id}, {"patroller": people["other_grid"].id},
        {"unit": "500106002"},
    ):  # fmt: skip
        answer = street.browser.post("/patrols/routes/new", form(people, **changed))
        assert answer.status_code == 422, changed
    assert not Beat.objects.exists()


def test_a_phone_starts_sends_and_ends_a_patrol_and_everything_twice_is_once(people):
    task, grid, begin = task_of(people), people["grid"], clock.now()
    pack = grid.browser.get("/fieldwork/pack").json()
    (taken,) = pack["patrols"]
    assert (taken["id"], len(taken["points"]), taken["interval_s"]) == (task.pk, 5, 30)
    positions = walk(begin, 1200)
    clock.current().move_to(positions[-1].at)
    moment = begin.isoformat()
    for _twice in range(2):
        assert send(grid, task, "start", "1", at=moment).status_code == 200
    batch = fixes_of(positions)
    for _twice in range(2):
        assert send(grid, task, "track", "2", fixes=batch[:30]).status_code == 200
    for _twice in range(2):
        answer = send(grid, task, "finish", "3", fixes=batch[30:], normal=True, remark="好")
        assert answer.json()["said"] == ""
    task.refresh_from_db()
    assert (task.state, task.share, task.remark) == ("SUBMITTED", 100, "好")
    assert Fix.objects.count() == len(batch)
    assert grid.browser.get("/fieldwork/pack").json()["patrols"] == []


def test_a_phone_is_told_that_it_is_not_complete(people):
    task, grid = task_of(people), people["grid"]
    send(grid, task, "start", "1")
    answer = send(grid, task, "finish", "2", normal=True)
    assert "到点率 0%" in answer.json()["said"]


def test_a_phone_that_speaks_gcj02_is_converted(people):
    task, grid = task_of(people), people["grid"]
    send(grid, task, "start", "1")
    east, north_ = (float(one) for one in cgcs2000_to_gcj02(*north(0)))
    fixes = [[clock.now().isoformat(), east, north_, 5]]
    send(grid, task, "track", "2", fixes=fixes, datum="gcj02")
    kept = Fix.objects.get()
    assert (kept.lon, kept.lat) == pytest.approx(north(0), abs=1e-7)


@pytest.mark.parametrize(
    "broken",
    [{"verb": "fly"}, {"task": "1"}, {"at": "now"}, {"fixes": [[1, 2]]}, {"datum": "bd09"},
     {"fixes": [["2026-03-02T09:00:00+08:00", 200, 29, 5]]}, {"fixes": "x"},
     {"fixes": [["2026-03-02T09:00:00+08:00", 106, 29, -1]]}],
)  # fmt: skip
def test_what_no_phone_sends_is_not_understood(people, broken):
    task = task_of(people)
    assert send(people["grid"], task, "start", "1", broken=broken).status_code == 422
    assert not Fix.objects.exists()


def test_the_phone_of_another_starts_nothing(people):
    task = task_of(people)
    for name in ("grid2", "other_grid", "street_leader", "manager"):
        answer = send(people[name], task, "start", "1")
        assert answer.status_code in (403, 409), name
    task.refresh_from_db()
    assert task.state == "DUE"


def test_a_photo_is_kept_once_with_time_and_place(people):
    task, grid = task_of(people), people["grid"]
    start(people, task)
    sink = io.BytesIO()
    Image.new("RGB", (9, 9)).save(sink, "PNG")
    for _twice in range(2):
        sink.seek(0)
        sink.name = "photo.png"
        answer = grid.browser.post("/fieldwork/patrols/photos", {
            "task": task.pk, "photo": sink, "taken_at": clock.now().isoformat(),
            "lon": "106.45", "lat": "29.58"})  # fmt: skip
        assert answer.status_code == 200
    kept = PatrolPhoto.objects.get()
    assert (kept.taken_at, kept.lon, kept.lat) == (clock.now(), 106.45, 29.58)
    assert people["street_leader"].browser.get(f"/patrols/photos/{kept.pk}").status_code == 200
    assert people["other_street"].browser.get(f"/patrols/photos/{kept.pk}").status_code == 404


def test_counts_are_those_of_the_lists_they_lead_to(people):
    walked(people)
    missed = task_of(people, new_beat(people, "second"))
    actions.miss_patrol(missed.pk, missed.due_at)
    excused = task_of(people, new_beat(people, "third"))
    leader = people["street_leader"]
    actions.excuse_patrol(leader.actor, leader.person, excused.pk, reason="停巡")
    answer = leader.browser.get("/patrols/counts")
    (street,) = answer.context["streets"]
    assert street.counts == {"owed": 2, "done": 1, "on_time": 1, "complete": 1, "confirmed": 0,
                             "missed": 1, "open": 0, "found": 0}  # fmt: skip
    for line in (street, *answer.context["hazards"]):
        for key, count in line.counts.items():
            page = leader.browser.get(line.links[key]).context["page"]
            assert page.count == count, (line.code, key)


def test_the_list_is_taken_out_as_a_workbook(people):
    walked(people)
    for address in ("/patrols/tasks/export", "/patrols/routes/export"):
        answer = people["street"].browser.get(address)
        assert answer.content[:2] == b"PK"


def test_another_platform_hands_routes_on_as_often_as_it_likes(people):
    street = people["street"].browser
    body = {
        "name": "防火线", "form": "mountain", "hazard": "forest_fire", "area_code": "500106004",
        "unit": "500106004", "supervisor": people["street_leader"].id,
        "patroller": people["grid"].id, "points": [{"name": "亭", "lon": 106.45, "lat": 29.58}],
        "begins_on": "2026-03-02",
    }  # fmt: skip
    for name in ("防火线", "防火一线"):
        answer = street.put("/api/v1/patrols/routes/gis/7", json.dumps(body | {"name": name}),
                            content_type="application/json")  # fmt: skip
        assert answer.status_code == 200
    said = body | {"name": "防火一线", "months": [3, 4], "rhythm": "days", "task": "看火"}
    for one in (said, body | {"name": "防火一线"}):
        street.put("/api/v1/patrols/routes/gis/7", json.dumps(one), content_type="application/json")
        beat = Beat.objects.get()
        assert (beat.months, beat.rhythm, beat.task) == (["3", "4"], "days", "看火")
    assert (beat.name, beat.source, beat.source_id) == ("防火一线", "gis", "7")
    assert street.get("/api/v1/patrols/routes/gis/7").json()["points"][0]["radius_m"] == 50
    assert people["other_street"].browser.get("/api/v1/patrols/routes/gis/7").status_code == 404


def test_the_interface_lists_and_takes_positions_once(people):
    task, grid = task_of(people), people["grid"].browser
    start(people, task)
    clock.current().move_to(clock.now() + timedelta(minutes=20))
    fixes = [{"at": one.at.isoformat(), "lon": one.lon, "lat": one.lat, "accuracy_m": 5}
             for one in walk(task.begins_at + timedelta(hours=1), 1200)]  # fmt: skip
    for kept in (len(fixes), 0):
        answer = grid.put(f"/api/v1/patrols/tasks/{task.pk}/track", json.dumps({"fixes": fixes}),
                           content_type="application/json")  # fmt: skip
        assert answer.json() == {"kept": kept}
    (row,) = people["water"].browser.get("/api/v1/patrols/tasks").json()["rows"]
    assert (row["share"], row["state"]) == (100, "UNDERWAY")
    other = people["other_grid"].browser
    answer = other.put(f"/api/v1/patrols/tasks/{task.pk}/track", json.dumps({"fixes": fixes}),
                        content_type="application/json")  # fmt: skip
    assert answer.status_code == 404
    counts = people["duty"].browser.get("/api/v1/patrols/counts").json()
    assert counts["streets"][0]["counts"]["owed"] == 1


def test_a_post_on_the_board_says_its_state_in_words_and_colour(people):
    task_of(people, post_of(people))
    task_of(people, new_beat(people, "short", points=spots(0), line=[]))
    points = people["street"].browser.get("/patrols/map/points").json()["features"]
    assert {one["properties"]["tone"] for one in points} == {"wait"}
    assert all("待巡查" in one["properties"]["sub"] for one in points)
    assert people["street"].browser.get("/patrols/map/lines").json()["features"] == []
