"""Feeds: asked off every request, idempotent, and missed when they bring nothing."""

import json
from datetime import timedelta

import pytest
import shapely

from anlan.operations.deadlines.models import WorkItem
from anlan.operations.people.actions import PLATFORM
from anlan.operations.people.models import AuditEntry, OutboxEvent
from anlan.operations.sensing.actions import (
    FeedSettings,
    NewStation,
    check_feeds,
    claim_due_feeds,
    poll_feed,
    register_stations,
    save_feed,
)
from anlan.operations.sensing.models import Feed, Hotspot, HotspotCluster, Reading
from anlan.operations.sensing.queries import feeds, series
from anlan.operations.sensing.rules.feeds import next_wait
from anlan.operations.sensing.rules.weather import Columns
from anlan.operations.territory.models import Area
from anlan.vocabulary import clock

from .conftest import START
from .feed_server import foreign_server
from .test_pages import log_in

pytestmark = pytest.mark.django_db(databases="__all__")
WEATHER = NewStation(
    code="weather-a", name="歌乐山气象站", kind="weather", protocol="feed",
    lon=106.42, lat=29.55, area_code="500106004", interval_s=3600,
    elements=("air_temperature", "humidity", "air_pressure", "wind_speed", "wind_direction",
              "rain_hour"),
)  # fmt: skip
HEADER = ("latitude,longitude,bright_ti4,scan,track,acq_date,acq_time,satellite,instrument,"
          "confidence,version,bright_ti5,frp,daynight\n")  # fmt: skip


@pytest.fixture
def server(drill_clock, db, settings):
    with foreign_server() as running:
        settings.ANLAN_FEED_HOSTS = [running.host]
        register_stations(PLATFORM, [WEATHER], [])
        for code, kind, west in (("500106", "district", 106.30), ("500106004", "township", 106.40)):
            box = shapely.box(west, 29.50, 106.50, 29.65)
            Area.objects.create(
                code=code, name={"district": "沙坪坝区", "township": "歌乐山街道"}[kind], kind=kind,
                parent_code="", lon=106.45, lat=29.58, wkb=shapely.to_wkb(box), west=west,
                south=29.50, east=106.50, north=29.65,
            )  # fmt: skip
        yield running


def feed(server, path="/", **change):
    given = {"name": "六要素", "kind": "weather", "url": server.url + path, "interval_s": 600,
             "options": Columns(stations={"57516": "weather-a"}).options()}  # fmt: skip
    return save_feed(PLATFORM, FeedSettings(**{**given, **change}))


def ask(pk):
    Feed.objects.filter(pk=pk).update(next_at=clock.now())
    assert claim_due_feeds(4) == [pk]
    poll_feed(pk)
    return Feed.objects.get(pk=pk)


def observed(**more):
    return {"Station_Id_C": "57516", "Datetime": "2020-08-17 23:00:00", "TEM": "31.4", "RHU": 58,
            "PRS": 978.2, "WIN_S_Avg_1mi": 3.1, "WIN_D_Avg_1mi": 999999,
            "PRE_1h": 0.0} | more  # fmt: skip


def test_six_elements_become_readings_once(server):
    server.answers["/"] = (200, {}, json.dumps([observed(), observed(Station_Id_C="1")]).encode())
    pk = feed(server)
    first = ask(pk)
    assert (first.rows, first.new, first.last_error) == (5, 5, {})
    assert ask(pk).new == 0
    assert Reading.objects.filter(source="feed").count() == 5
    at = START - timedelta(hours=1)
    values = series("weather-a", "air_pressure", at, START)
    assert (values.at, values.value) == ([at], [978.2])


def test_a_weather_station_s_page_leads_to_each_of_its_curves(server, client):
    server.answers["/"] = (200, {}, json.dumps([observed()]).encode())
    ask(feed(server))
    officer = log_in(client, role="duty_officer", area_code="500106")
    page = officer.get("/stations/weather-a?element=air_pressure").content.decode()
    assert "978.2 hPa" in page
    assert "element=wind_speed" in page
    assert (
        "978.2" in officer.get("/stations/weather-a/export?element=air_pressure").content.decode()
    )


def test_rows_may_lie_deep_and_columns_be_csv(server):
    columns = Columns(rows="data.list", station="id", time="t", zone="china", missing=(),
                      elements={"humidity": "h"}, stations={"a": "weather-a"})  # fmt: skip
    nested = {"data": {"list": [{"id": "a", "t": "202008180700", "h": "61"}]}}
    server.answers["/j"] = (200, {}, json.dumps(nested).encode())
    assert ask(feed(server, "/j", options=columns.options())).new == 1
    text = "id,t,h\na,2020/8/18 7:30,x\na,2020/8/18 7:35,64\n"
    server.answers["/c"] = (200, {}, text.encode("gb18030"))
    read = ask(feed(server, "/c", options={**columns.options(), "format": "csv"}))
    assert (read.new, read.refused) == (1, 1)
    assert "h" in read.refusal


@pytest.mark.parametrize("body", [b"", b"{", b"[1]", b"{}", b'[{"other": 1}]', b"\xff\xfe"])
def test_an_answer_of_another_shape_is_an_error_in_words(server, body):
    server.answers["/"] = (200, {}, body)
    asked = ask(feed(server))
    assert feeds()[0].last_error
    assert asked.failures == 1
    assert asked.next_at == START + timedelta(minutes=20)


def test_a_failing_feed_is_asked_less_and_less_often():
    interval = timedelta(minutes=10)
    waits = [next_wait(interval, failures) for failures in (0, 1, 3, 6, 2000)]
    assert waits == [interval, 2 * interval, 8 * interval, timedelta(hours=6), timedelta(hours=6)]
    assert next_wait(timedelta(days=1), 5) == timedelta(days=1)


def test_what_has_not_changed_is_not_read_again(server):
    server.answers["/"] = (200, {"ETag": '"v1"'}, json.dumps([observed()]).encode())
    pk = feed(server, secret_header="X-Api-Key", secret="s3cret")
    ask(pk)
    asked = ask(pk)
    assert (asked.rows, asked.last_error) == (5, {})
    assert server.asked[1][1]["If-None-Match"] == '"v1"'
    assert server.asked[0][1]["X-Api-Key"] == "s3cret"
    assert b"s3cret" not in bytes(asked.secret_sealed)


def test_an_overdue_feed_is_on_the_desk_once_and_leaves_when_it_brings_something(
    server, drill_clock
):
    server.answers["/"] = (200, {}, b"[]")
    pk = feed(server)
    drill_clock.move_to(START + timedelta(minutes=34))
    assert check_feeds() == 0
    drill_clock.move_to(START + timedelta(minutes=36))
    assert (check_feeds(), check_feeds()) == (1, 0)
    assert WorkItem.objects.get(done_at=None).key == f"feed:{pk}"
    server.answers["/"] = (200, {}, json.dumps([observed()]).encode())
    assert not ask(pk).overdue
    assert not WorkItem.objects.filter(done_at=None).exists()


def fire(lon=106.45, lat=29.58, hhmm="2330", confidence="h", satellite="N20", day="2020-08-17"):
    return (f"{lat},{lon},340.1,0.4,0.5,{day},{hhmm},{satellite},VIIRS,{confidence},2.0NRT,"
            "291.0,6.5,N\n")  # fmt: skip


def sees(server, *rows):
    server.answers["/f"] = (200, {}, (HEADER + "".join(rows)).encode())
    known = Feed.objects.filter(kind="hotspots").first()
    pk = known.pk if known else feed(server, "/f", name="FIRMS", kind="hotspots", options={})
    return ask(pk)


def open_fires():
    return WorkItem.objects.filter(kind="hotspot", done_at=None).count()


def test_a_fresh_hotspot_of_high_confidence_is_raised_once_a_fire(server):
    assert sees(server, fire(), fire(lon=106.455)).new == 2  # 480 m apart
    assert sees(server, fire(), fire(lon=106.455), fire(satellite="N", hhmm="2340")).new == 1
    assert (HotspotCluster.objects.count(), open_fires()) == (1, 1)
    assert OutboxEvent.objects.filter(name="sensing.hotspot_raised").count() == 1
    assert "歌乐山街道" in WorkItem.objects.get(done_at=None).parameters["area"]
    sees(server, fire(lon=106.48, hhmm="2350"))
    assert open_fires() == 2


def test_late_weak_and_foreign_hotspots_are_recorded_not_raised(server):
    sees(
        server, fire(hhmm="1000"), fire(lat=29.62, confidence="n"), fire(lon=106.55),
        fire(lon=107.9), fire(hhmm="0300", day="2020-08-18"),
    )  # fmt: skip
    assert Hotspot.objects.count() == 3  # far away and not yet seen are left out
    assert Hotspot.objects.get(lon=106.55).area_code == ""
    assert (HotspotCluster.objects.count(), open_fires()) == (2, 0)


def test_an_answer_in_words_is_an_error_of_the_feed(server):
    server.answers["/f"] = (200, {}, b"Invalid MAP_KEY.")
    asked = ask(feed(server, "/f", name="FIRMS", kind="hotspots", options={}))
    assert asked.failures == 1
    assert "Invalid MAP_KEY" in feeds()[0].last_error


def test_a_hotspot_is_verified_from_its_page(server, client):
    sees(server, fire(), fire(lon=106.55))
    officer = log_in(client, role="duty_officer", area_code="500106")
    page = officer.get("/hotspots").content.decode()
    assert "1 处热点待核实" in page
    pk = HotspotCluster.objects.get().pk
    officer.post(f"/hotspots/{pk}/verify", {"finding": "nonsense"})
    assert open_fires() == 1
    officer.post(f"/hotspots/{pk}/verify", {"finding": "burning", "note": "村民烧秸秆"})
    officer.post(f"/hotspots/{pk}/verify", {"finding": "fire"})
    assert (HotspotCluster.objects.get().finding, open_fires()) == ("burning", 0)
    assert officer.post("/hotspots/99/verify", {"finding": "fire"}).status_code == 404
    features = officer.get("/map/layers/hotspots.geojson").json()["features"]
    assert len(features) == 2


def test_another_street_does_not_see_it(server, client):
    sees(server, fire(), fire(lon=106.55))
    beside = log_in(client, role="township", area_code="500106105")
    assert "歌乐山街道" not in beside.get("/hotspots").content.decode()


FORM = {
    "name": "气象局六要素", "kind": "weather", "minutes": "10", "format": "json",
    "station": "Station_Id_C", "time": "Datetime", "zone": "utc", "column_humidity": "RHU",
    "stations": "57516 = weather-a\n", "secret_header": "X-Api-Key", "secret": "s3cret",
}  # fmt: skip


def test_a_feed_is_set_up_asked_and_switched_off_by_a_person(server, client):
    keeper = log_in(client, role="system_admin", area_code="500106")
    wrong = {"url": "file:///etc/passwd", "minutes": "0", "stations": "x", "column_humidity": ""}
    assert keeper.post("/devices/feeds", {**FORM, **wrong}).status_code == 422
    assert not Feed.objects.exists()
    typed = {**FORM, "url": f"{server.url}/"}
    assert keeper.post("/devices/feeds", typed).status_code == 302
    one = Feed.objects.get()
    page = keeper.get(f"/devices/feeds?edit={one.pk}").content.decode()
    assert "s3cret" not in page
    assert "57516 = weather-a" in page
    sealed = bytes(one.secret_sealed)
    keeper.post("/devices/feeds", {**typed, "id": one.pk, "secret": "", "minutes": "20"})
    one.refresh_from_db()
    assert (bytes(one.secret_sealed), one.interval_s) == (sealed, 1200)
    Feed.objects.update(next_at=START + timedelta(hours=1))
    assert claim_due_feeds(4) == []
    keeper.post(f"/devices/feeds/{one.pk}/ask")
    assert claim_due_feeds(4) == [one.pk]
    assert claim_due_feeds(4) == []
    keeper.post(f"/devices/feeds/{one.pk}/switch", {"on": "0"})
    assert keeper.post(f"/devices/feeds/{one.pk}/ask").status_code == 404
    assert keeper.post("/devices/feeds/99/switch").status_code == 404
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert verbs >= {"sensing.save_feed", "sensing.ask_feed", "sensing.switch_feed"}
