"""Who keeps a device, by which limits it is judged, and what becomes of a battery that is low."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from anlan.operations.deadlines.models import WorkItem
from anlan.operations.people.actions import PLATFORM
from anlan.operations.people.models import AuditEntry
from anlan.operations.sensing.actions import (
    check_batteries,
    check_silence,
    describe_device,
    record_frames,
    register_stations,
    set_health_limit,
    set_password,
)
from anlan.operations.sensing.actions.register import station_site
from anlan.operations.sensing.models import Alarm, HealthLimit, Station, StationHealth
from anlan.operations.sensing.queries import directory, health
from anlan.operations.sensing.rules.health_limits import LimitName, LimitRow
from anlan.operations.sensing.rules.upkeep import Upkeep
from anlan.operations.territory.actions import load_sites
from anlan.operations.territory.models import Area
from anlan.operations.territory.queries import site
from anlan.vocabulary.elements import Element

from .conftest import CIQIKOU, START
from .test_pages import log_in
from .test_silence import gauges, open_rules, speak

pytestmark = pytest.mark.django_db(databases="__all__")
TYPED = {
    "operator": " 移动运维  一部 ", "network": "中国移动", "cell": "基站 12", "place": "码头栏杆旁",
    "device_model": "YDH-1",
}  # fmt: skip


def test_the_administrator_says_who_keeps_a_device_and_it_is_on_record(client, gauge):
    admin = log_in(client, "system_admin")
    address = "/devices/register/ciqikou"
    for _again in range(2):
        assert admin.post(address, TYPED).status_code == 302
    station = Station.objects.get()
    assert (station.operator, station.network, station.cell) == (
        "移动运维 一部", "中国移动", "基站 12",
    )  # fmt: skip
    said = AuditEntry.objects.filter(verb="sensing.describe_device").order_by("id")
    assert [entry.detail.get("cell", "repeat") for entry in said] == [["", "基站 12"], "repeat"]
    assert "码头栏杆旁" in admin.get(address).content.decode()
    assert "YDH-1" in admin.get("/devices/register?q=基站").content.decode()
    assert "YDH-1" not in admin.get("/devices/register?lacks=operator").content.decode()
    register_stations(PLATFORM, [CIQIKOU], [])
    assert Station.objects.get().cell == "基站 12"  # a district's file does not take it back


def test_nobody_else_may_say_it(client, gauge):
    assert log_in(client).post("/devices/register/ciqikou", TYPED).status_code == 403
    assert log_in(client).post("/devices/limits", {}).status_code == 403


def test_a_limit_is_set_from_a_day_on_and_the_old_one_stays(client, gauge):
    admin = log_in(client, "system_admin")
    wrong = {"name": "mass_share", "value": "120", "source": "", "kind": "stage"}
    answer = admin.post("/devices/limits", wrong)
    assert answer.status_code == 422
    assert HealthLimit.objects.count() == 0
    right = {"name": "battery_v", "value": "11.8", "kind": "stage", "source": "厂家说明书",
             "valid_from": "2020-08-18"}  # fmt: skip
    for _again in range(2):
        assert admin.post("/devices/limits", right).status_code == 302
    assert HealthLimit.objects.count() == 1
    text = admin.get("/devices/limits").content.decode()
    assert "厂家说明书" in text
    assert "lead-acid" in text or "铅酸" in text
    assert AuditEntry.objects.filter(verb="sensing.set_health_limit").count() == 2
    early = admin.post("/devices/limits", right | {"valid_from": "2020-08-01"})
    assert early.status_code == 422


def limit(name, value, **more):
    return LimitRow(name=name, value=value, valid_from=date(2020, 8, 18), source="district", **more)


def test_how_many_make_a_mass_is_what_the_district_says(gauge, drill_clock):
    set_health_limit(PLATFORM, limit(LimitName.MASS_COUNT, 3))
    gauges(range(1, 5), cell="基站 12")
    speak(gauge, range(1, 5), 0)
    drill_clock.move_to(START + timedelta(minutes=20))
    check_silence()
    assert open_rules() == [("mass_silence", "cell=基站 12::mass_silence")]


def test_a_device_that_leaves_a_silent_group_stands_for_itself(gauge, drill_clock):
    gauges(range(1, 8), cell="基站 12")
    speak(gauge, range(1, 8), 0)
    drill_clock.move_to(START + timedelta(minutes=20))
    check_silence()
    describe_device(PLATFORM, "rain-3", Upkeep(cell="基站 13"))
    check_silence()
    assert open_rules()[1:] == [("silence", "rain-3")]


def test_a_battery_low_for_an_hour_is_one_alarm_until_it_is_charged(gauge, drill_clock):
    gauge.says(0, 11.4, element=Element.BATTERY)
    assert check_batteries() == 0
    gauge.says(60, 11.3, element=Element.BATTERY)
    assert [check_batteries(), check_batteries()] == [1, 0]
    alarm = Alarm.objects.get()
    assert (alarm.rule, alarm.value, alarm.limit, alarm.unit) == ("battery", 11.3, 11.5, "V")
    assert WorkItem.objects.get(done_at=None).parameters["volts"] == "11.3"
    gauge.says(65, 11.6, element=Element.BATTERY)  # hardly over the limit
    assert check_batteries() == 0
    gauge.says(70, 12.4, element=Element.BATTERY)
    assert check_batteries() == 1
    assert (Alarm.objects.get().state, WorkItem.objects.filter(done_at=None).count()) == (
        "cleared", 0,
    )  # fmt: skip


def test_a_low_battery_of_two_days_ago_is_no_news_of_today(gauge, drill_clock):
    gauge.says(0, 12.8, element=Element.BATTERY)
    drill_clock.move_to(START + timedelta(minutes=6))
    late = [gauge.frame(minute, 10.1, element=Element.BATTERY) for minute in (-2880, -2820, -2760)]
    record_frames(late)
    for minute in (6, 70):
        drill_clock.move_to(START + timedelta(minutes=minute))
        assert check_batteries() == 0
    assert (health()["ciqikou"].battery_v, Alarm.objects.count()) == (12.8, 0)
    gauge.says(75, 10.2, element=Element.BATTERY)  # what it says of now counts
    assert health()["ciqikou"].battery_v == 10.2


def test_the_latest_moment_of_a_batch_counts_in_whatever_order_it_came(gauge, drill_clock):
    drill_clock.move_to(START + timedelta(minutes=20))
    said = [(15, 12.7), (20, None), (10, 10.4), (5, 10.1)]
    record_frames([gauge.frame(at, volts, element=Element.BATTERY) for at, volts in said])
    assert health()["ciqikou"].battery_v == 12.7


def test_a_clock_that_was_fast_does_not_keep_the_figure_when_it_is_set(gauge, drill_clock):
    record_frames([gauge.frame(3000, 12.9, element=Element.BATTERY)])
    gauge.says(5, 12.1, element=Element.BATTERY)
    assert health()["ciqikou"].battery_v == 12.1


def test_a_device_of_which_only_late_data_come_raises_no_stale_alarm(gauge, drill_clock):
    record_frames([gauge.frame(-2880, 10.1, element=Element.BATTERY)])
    check_batteries()
    drill_clock.move_to(START + timedelta(minutes=90))
    assert (check_batteries(), Alarm.objects.count()) == (0, 0)


def test_a_model_on_other_cells_is_judged_by_its_own_limit(gauge, drill_clock):
    set_health_limit(PLATFORM, limit(LimitName.BATTERY_V, 3.3, device_model="ER34615"))
    describe_device(PLATFORM, "ciqikou", Upkeep(device_model="ER34615"))
    gauge.says(0, 3.5, element=Element.BATTERY)
    check_batteries()
    assert StationHealth.objects.get().battery_low_since is None


def test_three_hundred_low_batteries_are_told_in_few_queries(gauge, drill_clock):
    gauges(range(1, 301))
    speak(gauge, range(1, 301), 0)
    StationHealth.objects.update(battery_v=11.0)
    check_batteries()
    drill_clock.move_to(START + timedelta(hours=2))
    with CaptureQueriesContext(connection) as asked:
        assert check_batteries() == 300
    assert len(asked) < 60


def test_where_a_station_stands_is_said_after_its_registration_and_is_on_record(client, gauge):
    for code, name in (("500106004", "磁器口街道"), ("500106005", "童家桥街道")):
        Area.objects.create(code=code, name=name, kind="township", parent_code="500106", lon=106.4,
                            lat=29.6, wkb=b"", west=0, south=0, east=0, north=0)  # fmt: skip
    load_sites(PLATFORM, [station_site(CIQIKOU)])
    before = (CIQIKOU.area_code, CIQIKOU.lon, CIQIKOU.lat)
    admin, address = log_in(client, "system_admin"), "/devices/register/ciqikou/place"
    for wrong in ({"lat": ""}, {"lon": "106,4"}, {"town": "500107001"}, {"lat": "91"}):
        answer = admin.post(address, {"town": "500106005", "lon": "106.44", "lat": "29.57"} | wrong)
        assert answer.status_code == 422
    assert Station.objects.get().placed_at is None
    for _again in range(2):
        admin.post(address, {"town": "500106005", "lon": "106.44", "lat": "29.57"})
    register_stations(PLATFORM, [CIQIKOU], [])  # a district's file does not take it back
    station = Station.objects.get()
    now = (station.area_code, station.lon, station.lat)
    assert now == ("500106005", 106.44, 29.57)
    assert (site("ciqikou").area_code, site("ciqikou").lon) == now[:2]
    said = AuditEntry.objects.filter(verb="sensing.place_station", subject_id="ciqikou")
    assert said.count() == 2
    detail = said.order_by("id")[0].detail
    assert [detail[name] for name in ("area_code", "lon", "lat")] == [
        [*pair] for pair in zip(before, now, strict=True)
    ]
    page = admin.get("/devices/register/ciqikou").content.decode()
    assert "106.44" in page
    assert "磁器口街道 → 童家桥街道" in page


def test_nobody_else_says_where_it_stands(client, gauge):
    typed = {"town": "500106004", "lon": "106.44", "lat": "29.57"}
    assert log_in(client).post("/devices/register/ciqikou/place", typed).status_code == 403


@pytest.mark.parametrize(
    ("protocol", "typed", "known"),
    [
        ("sl651", "12aF", (0x12AF, "")),
        ("sl651", "12345", None),
        ("hj212", "a1B2c3", (0, "a1B2c3")),
        ("hj212", "a1;PW=2", None),
        ("mqtt", "坡上 7#", (0, "坡上 7#")),
        ("mqtt", "", None),
        ("jt808", "anything", None),
    ],
)
def test_a_password_changed_in_the_device_is_changed_here(client, gauge, protocol, typed, known):
    Station.objects.filter(code="ciqikou").update(protocol=protocol, password=7)
    page = log_in(client, "system_admin")
    answer = page.post("/devices/register/ciqikou/password", {"password": typed})
    now = directory(protocol)["5001060001"]
    if known is None:
        assert (answer.status_code, now.password) == (422, 7)
        return
    assert answer.status_code == 302
    assert (now.password, now.secret) == known
    entry = AuditEntry.objects.get(verb="sensing.set_password")
    assert typed not in str(entry.detail)
    assert "设备密码" in page.get("/devices/register/ciqikou").content.decode()


def test_the_district_file_does_not_take_a_password_back(client, gauge):
    set_password(PLATFORM, "ciqikou", "00FF")
    register_stations(PLATFORM, [CIQIKOU], [])
    assert directory("sl651")["5001060001"].password == 0xFF
