"""A device that nobody registered: kept, shown to who sets up stations, adopted in one step."""

import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from anlan.operations.people.actions import PLATFORM
from anlan.operations.people.models import AuditEntry
from anlan.operations.sensing.actions import record_frames, save_topic_map
from anlan.operations.sensing.models import BadFrame, Station
from anlan.operations.sensing.queries import (
    directory,
    health,
    latest,
    newest_of,
    series,
    unknown_devices,
)
from anlan.operations.territory.actions import NewSite, load_sites
from anlan.operations.territory.queries import link_to_site, site
from anlan.protocols import hj212, mqtt, sl651
from anlan.protocols.sl651 import Control, Direction, Report
from anlan.vocabulary import frames
from anlan.vocabulary.elements import Element

from .conftest import START
from .test_pages import log_in, queries_of

pytestmark = pytest.mark.django_db(databases="__all__")
MN, RTU = "A1B2C3D4E5F6A1B2C3D4E5F6", "5001069999"


@pytest.fixture
def keeper(client, drill_clock, town):
    return log_in(client, role="system_admin", area_code="500106")


@pytest.fixture
def town(db):
    from anlan.operations.territory.models import Area

    return Area.objects.create(
        code="500106004", name="磁器口街道", kind="township", parent_code="500106", lon=106.45,
        lat=29.58, wkb=b"", west=0, south=0, east=0, north=0,
    )  # fmt: skip


def unknown(protocol, device, raw, at=START):
    text = raw.hex().upper()
    return frames.BadFrame(protocol, device, "10.0.0.9:4000", at, text, "unknown_station")


def water(cod, pw="123456", minute=0):
    """A live HJ 212 frame as a stranger sends it."""
    at = START.replace(minute=minute)
    content = hj212.measured(at, {Element.COD: cod, Element.AMMONIA_NITROGEN: 0.4})
    message = hj212.Message(st="21", cn="2011", mn=MN, pw=pw, flag=5, content=content)
    return unknown("hj212", MN, hj212.encode(message), at)


def gauge(stage):
    report = Report(RTU, 0x48, (sl651.measured(0x39, START, [stage]),))
    message = sl651.Message(
        direction=Direction.UP, centre=1, station=RTU, password=0x1234, function=0x32, serial=1,
        sent_at=START, end=Control.ETX, reports=(report,),
    )  # fmt: skip
    return unknown("sl651", RTU, sl651.encode(message))


def typed(**values):
    return {"protocol": "hj212", "device": MN, "name": "清水溪水质站", "kind": "water_quality",
            "town": "500106004"} | values  # fmt: skip


def adopt(client, **values):
    return client.post("/stations/unknown/adopt", typed(**values), follow=True)


def test_strangers_are_listed_with_what_they_sent(keeper):
    record_frames([water(12.0), water(13.0, minute=5), gauge(181)])
    assert {(one.device, one.frames) for one in unknown_devices()} == {(MN, 2), (RTU, 1)}
    for language, word in (("zh-hans", "2 台设备未登记就在发报"), ("en", "2 devices speak")):
        text = keeper.get(
            "/stations/unknown", headers={"accept-language": language}
        ).content.decode()
        assert word in text
        assert MN in text


def test_an_adopted_device_brings_the_readings_that_were_kept(keeper):
    record_frames([water(12.0), water(13.0, minute=5)])
    said = adopt(keeper, minutes="240", operator="水质运维", cell="基站 7").content.decode()
    assert "收进 4 条数据" in said
    station = Station.objects.get(device=MN)
    assert (station.operator, station.cell, station.place) == ("水质运维", "基站 7", "")
    assert (station.protocol, station.kind, station.interval_s) == ("hj212", "water_quality", 14400)
    assert (station.lon, station.schematic) == (106.45, True)
    assert directory("hj212")[MN].secret == "123456"
    values = series(station.code, "cod", START, START.replace(hour=9))
    assert values.value == [12.0, 13.0]
    assert latest([station.code])[station.code].value == 0.4
    assert unknown_devices() == []
    assert BadFrame.objects.count() == 2, "what came is kept as it came"
    assert AuditEntry.objects.filter(verb="sensing.register_stations").exists()


def test_what_a_stranger_sent_in_packets_is_put_together(keeper):
    content = hj212.measured(START, {Element.COD: 12.0, Element.AMMONIA_NITROGEN: None})
    whole = hj212.Message(
        st="21", cn="2011", mn=MN, pw="123456", flag=7, qn="20200820080000001", content=content
    )
    for number, groups in ((1, content[:2]), (2, content[2:])):
        packet = replace(whole, packet=hj212.Packet(2, number), content=groups)
        record_frames([unknown("hj212", MN, hj212.encode(packet), START)])
    adopt(keeper)
    newest = latest([f"hj212-{MN}".lower()], Element.COD)
    assert [row.value for row in newest.values()] == [12.0]
    cod = series(f"hj212-{MN}".lower(), "ammonia_nitrogen", START, START.replace(hour=9))
    assert len(cod.value) == 1


def test_a_gauge_needs_its_datum_and_then_is_heard(keeper):
    record_frames([gauge(181)])
    values = {"protocol": "sl651", "device": RTU, "kind": "stage", "lon": "106.5", "lat": "29.6"}
    refused = adopt(keeper, **values)
    assert refused.status_code == 422
    assert "水位必须注明基面" in refused.content.decode()
    assert not Station.objects.exists()
    adopt(keeper, datum="wusong", offset_m="1.64", **values)
    station = Station.objects.get(device=RTU)
    assert (station.password, station.datum, station.offset_m) == (0x1234, "wusong", 1.64)
    assert (station.lon, station.schematic) == (106.5, False)
    assert latest([station.code])[station.code].value == 181.0
    placed = site(station.code)
    assert (placed.kind, placed.name, placed.area_code) == (
        "stage_station", "清水溪水质站", "500106004",
    )  # fmt: skip
    assert link_to_site(placed) == f"/stations/{station.code}"


def test_a_link_test_of_a_stranger_is_no_report_of_the_station_that_it_becomes(keeper):
    later = START + timedelta(minutes=30)
    test = sl651.Message(
        direction=Direction.UP, centre=1, station=RTU, password=0x1234, function=sl651.HEARTBEAT,
        serial=2, sent_at=later, end=Control.ETX,
    )  # fmt: skip
    record_frames([gauge(181), unknown("sl651", RTU, sl651.encode(test), later)])
    adopt(keeper, protocol="sl651", device=RTU, kind="stage", lon="106.5", lat="29.6",
          datum="wusong", offset_m="1.64")  # fmt: skip
    (heard,) = health().values()
    assert (heard.last_frame_at, heard.on_line_at) == (START, later)


def spoken(*reports, sender=RTU):
    """A frame of a concentrator, for some stations."""
    message = sl651.Message(
        direction=Direction.UP, centre=1, station=sender, password=0x1234, function=0x32, serial=1,
        sent_at=START, end=Control.ETX, reports=reports,
    )  # fmt: skip
    return sl651.encode(message)


def measures(station, **values):
    return Report(station, 0x4B, tuple(
        sl651.measured(sl651.CODE_OF[Element(name)], START, [Decimal(value)])
        for name, value in values.items()
    ))  # fmt: skip


def test_a_dams_gauge_gets_a_series_for_everything_that_it_states(keeper):
    said = {"stage": "181.2", "stage_upstream": "203.5", "soil_moisture_10": "25.1"}
    record_frames([unknown("sl651", RTU, spoken(measures(RTU, **said)))])
    adopt(keeper, protocol="sl651", device=RTU, kind="stage", datum="wusong")
    code = Station.objects.get(device=RTU).code
    assert {row.element: (row.value, row.unit, row.datum) for row in newest_of(code)} == {
        "stage": (181.2, "m", "wusong"), "stage_upstream": (203.5, "m", "wusong"),
        "soil_moisture_10": (25.1, "%", ""),
    }  # fmt: skip
    page = log_in(keeper).get(f"/stations/{code}?element=stage_upstream").content.decode()
    assert "库（闸、站）上水位" in page
    assert "10厘米处土壤含水量" in page


def test_a_dams_gauge_with_one_stage_has_the_one_in_front_of_the_dam_as_its_stage(keeper):
    record_frames([unknown("sl651", RTU, spoken(measures(RTU, stage_upstream="203.5")))])
    adopt(keeper, protocol="sl651", device=RTU, kind="stage", datum="wusong")
    code = Station.objects.get(device=RTU).code
    assert [(row.element, row.value) for row in newest_of(code)] == [("stage", 203.5)]


def test_what_a_concentrator_said_of_others_is_taken_whoever_is_adopted_first(keeper):
    first, second = "5001069998", "5001069997"
    raw = spoken(measures(RTU, stage="181"), measures(first, stage="182"),
                 measures(second, stage="183"))  # fmt: skip
    values = {"protocol": "sl651", "kind": "stage", "datum": "wusong"}
    record_frames([unknown("sl651", first, raw)])  # a known concentrator's, as the recorder has it
    adopt(keeper, device=first, **values)
    assert directory("sl651")[first].password == 0  # the concentrator's is not its own
    assert latest([f"sl651-{first}"])[f"sl651-{first}"].value == 182
    record_frames([unknown("sl651", RTU, spoken(measures(RTU, stage="181"),
                                                measures(first, stage="182.5"),
                                                measures(second, stage="183")))])  # fmt: skip
    adopt(keeper, device=RTU, **values)
    assert directory("sl651")[RTU].password == 0x1234
    assert latest([f"sl651-{RTU}"])[f"sl651-{RTU}"].value == 181
    assert [one.device for one in unknown_devices()] == [second]
    adopt(keeper, device=second, **values)
    assert latest([f"sl651-{second}"])[f"sl651-{second}"].value == 183


def test_a_station_that_speaks_itself_and_through_a_concentrator_keeps_its_own_password(keeper):
    relayed = spoken(measures(RTU, stage="181"), measures("5001069998", stage="182"))
    own = sl651.Message(
        direction=Direction.UP, centre=1, station="5001069998", password=0x0BAD, function=0x32,
        serial=1, sent_at=START, end=Control.ETX, reports=(measures("5001069998", stage="182.4"),),
    )  # fmt: skip
    record_frames([unknown("sl651", "5001069998", sl651.encode(own)),
                   unknown("sl651", "5001069998", relayed, START.replace(minute=5))])  # fmt: skip
    adopt(keeper, protocol="sl651", kind="stage", datum="wusong", device="5001069998")
    assert directory("sl651")["5001069998"].password == 0x0BAD


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("name", "", "请填测站名称"), ("kind", "stage", "请选设备测什么"),
        ("town", "500106999", "请选所在镇街"), ("lon", "106.5", "要么都填"),
        ("lat", "north", "不超过 90"), ("minutes", "0", "至少 1 分钟"),
        ("minutes", "1e9", "不超过 1440"), ("lon", "nan", "不超过 180"),
    ],
)  # fmt: skip
def test_what_is_typed_wrong_is_said_by_field_and_changes_nothing(keeper, field, value, why):
    record_frames([water(12.0)])
    answer = adopt(keeper, **{field: value})
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert not Station.objects.exists()
    assert len(unknown_devices()) == 1


def test_the_second_press_says_that_it_is_done(keeper):
    record_frames([water(12.0)])
    adopt(keeper)
    assert "刚才已有人登记" in adopt(keeper).content.decode()
    assert Station.objects.count() == 1


def test_a_device_whose_password_cannot_be_kept_is_refused(keeper):
    record_frames([water(12.0, pw="s" * 101)])
    assert "没有改动" in adopt(keeper).content.decode()
    assert not Station.objects.exists()


def test_a_password_with_letters_is_kept_as_it_is_stated_and_sealed(keeper):
    record_frames([water(12.0, pw="a1B2c3")])
    adopt(keeper)
    assert directory("hj212")[MN].secret == "a1B2c3"
    assert b"a1B2c3" not in bytes(Station.objects.get(device=MN).secret_sealed)


def test_a_code_that_the_map_gives_to_something_else_is_said_and_nothing_written(keeper, town):
    record_frames([water(12.0)])
    place = NewSite(
        code=f"hj212-{MN.lower()}", kind="shelter", name="沙坪坝中学", area_code=town.code,
        lon=106.45, lat=29.57,
    )  # fmt: skip
    load_sites(PLATFORM, [place])
    assert "沙坪坝中学" in adopt(keeper).content.decode()
    assert not Station.objects.exists()
    assert len(unknown_devices()) == 1


def test_the_oldest_of_two_hundred_and_sixty_strangers_is_found_and_adopted(keeper):
    record_frames([water(12.0)])
    others = [
        frames.BadFrame("hj212", f"{number:024}", "10.0.0.9:4000",
                        START + timedelta(seconds=number), "23", "unknown_station")
        for number in range(1, 261)
    ]  # fmt: skip
    record_frames(others)
    first = keeper.get("/stations/unknown").content.decode()
    assert "261 台设备未登记就在发报" in first
    assert (MN in first, "?page=2" in first) == (False, True)
    last = keeper.get("/stations/unknown?page=6").content.decode()
    assert (MN in last, "?page=5" in last, "?page=7" in last) == (True, True, False)
    refused = keeper.post("/stations/unknown/adopt", typed(minutes="often"))
    page = refused.content.decode()
    assert refused.status_code == 422
    assert page.index(MN) < page.index(f"{260:024}")
    assert 'value="often"' in page
    assert "收进 2 条数据" in adopt(keeper).content.decode()
    assert Station.objects.get().device == MN
    assert "260 台设备" in keeper.get("/stations/unknown").content.decode()


def test_who_does_not_set_up_stations_is_turned_away(client, drill_clock, town):
    record_frames([water(12.0)])
    officer = log_in(client)
    assert officer.get("/stations/unknown").status_code == 403
    assert officer.post("/stations/unknown/adopt", typed()).status_code == 403
    assert not Station.objects.exists()


def test_the_list_asks_no_more_however_many_strangers(keeper):
    record_frames([water(12.0)])
    alone = queries_of(keeper, "/stations/unknown")
    record_frames([gauge(181), water(13.0, minute=5), water(14.0, minute=10)])
    assert queries_of(keeper, "/stations/unknown") == alone <= 8


def test_an_mqtt_device_is_adopted_with_the_password_that_is_set_in_it(keeper):
    refused = frames.BadFrame(
        "mqtt", "CRACK-7", "127.0.0.1:5", START, "", "unknown_station", "client crack-7"
    )
    record_frames([refused])
    asked = {"protocol": "mqtt", "device": "CRACK-7", "name": "裂缝 7", "kind": "geohazard",
             "town": "500106004", "lon": "", "lat": "", "minutes": ""}  # fmt: skip
    answer = keeper.post("/stations/unknown/adopt", asked)
    assert answer.status_code == 422
    assert not Station.objects.exists()
    keeper.post("/stations/unknown/adopt", {**asked, "secret": "坡上 7#"})
    assert directory("mqtt")["CRACK-7"].secret == "坡上 7#"
    assert Station.objects.get().kind == "geohazard"


def test_a_device_of_a_broker_is_adopted_for_that_broker_with_what_was_kept_of_it(keeper):
    save_topic_map(PLATFORM, {"name": "cracks", "topic": "g/#", "records": "$.{device}",
                              "values": "$.crack crack_width"})  # fmt: skip
    said = mqtt.Publish(topic="g/1", payload=b'{"c7": {"crack": 3.5}, "c8": {"crack": 9}}')
    raw = mqtt.encode(said).hex().upper()
    record_frames([frames.BadFrame("mqtt", "C7", "geo", START, raw, "unknown_station", "by geo")])
    assert 'value="geo"' in keeper.get("/stations/unknown").content.decode()
    asked = {"protocol": "mqtt", "device": "C7", "name": "裂缝 7", "kind": "geohazard",
             "town": "500106004", "account": "geo"}  # fmt: skip
    assert (
        "收进 1 条数据"
        in keeper.post("/stations/unknown/adopt", asked, follow=True).content.decode()
    )
    assert (directory("mqtt")["C7"].secret, directory("mqtt")["C7"].account) == ("", "geo")
    assert keeper.post("/devices/register/mqtt-c7", {"account": "town"}).status_code == 302
    assert directory("mqtt")["C7"].account == "town"
    assert "geo → town" in keeper.get("/devices/register/mqtt-c7").content.decode()


def test_of_a_refused_client_the_page_says_that_nothing_is_kept_and_what_to_do(keeper):
    for minute in range(3):
        at = START + timedelta(minutes=minute)
        record_frames([frames.BadFrame("mqtt", "CRACK-7", "10.0.0.9:41", at, "",
                                       "unknown_station", "client crack-7")])  # fmt: skip
    page = keeper.get("/stations/unknown", headers={"accept-language": "en"}).content.decode()
    assert "As client crack-7 it was refused 3 times" in page
    assert "nothing is kept" in page
    assert "is kept and not acknowledged" not in page


def test_a_broker_s_stranger_is_shown_with_its_topic_and_as_acknowledged(keeper):
    detail = "said by geo; topic geohazard/c7/data"
    record_frames([frames.BadFrame("mqtt", "C7", "geo", START, "", "unknown_station", detail)])
    page = keeper.get("/stations/unknown", headers={"accept-language": "en"}).content.decode()
    assert "through the broker geo, on geohazard/c7/data" in page
    assert "acknowledged to the broker" in page
    assert "is kept and not acknowledged" not in page


def test_topics_that_no_map_is_for_are_listed_until_one_is_written(keeper):
    said = mqtt.Publish(topic="crack/c7", payload=b'{"crack": 3.5}')
    raw = mqtt.encode(said).hex().upper()
    record_frames([
        frames.BadFrame("mqtt", "C7", "10.0.0.9:41", START, raw, "unmapped_topic", "crack/c7"),
        frames.BadFrame("mqtt", "C7", "10.0.0.9:42", START + timedelta(minutes=1), raw,
                        "unmapped_topic", "crack/c7"),
        frames.BadFrame("mqtt", "", "geo", START, raw, "unmapped_topic", "tilt/9"),
    ])  # fmt: skip
    page = keeper.get("/stations/unknown", headers={"accept-language": "en"}).content.decode()
    assert "On 2 MQTT topics come messages that no map is for" in page
    assert page.index(">crack/c7</code>") < page.index(">tilt/9</code>")
    assert "through the broker geo" in page
    (address,) = re.findall(r'/devices/topics/new\?topic=crack[^"]+', page)
    form = keeper.get(address).content.decode()
    assert 'value="crack/c7"' in form
    assert "{&quot;crack&quot;: 3.5}" in form
    save_topic_map(PLATFORM, {"name": "cracks", "topic": "crack/{device}",
                              "values": "$.crack crack_width"})  # fmt: skip
    page = keeper.get("/stations/unknown", headers={"accept-language": "en"}).content.decode()
    assert "crack/c7" not in page
    assert "On 1 MQTT topic come messages" in page
