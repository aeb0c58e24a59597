"""Maps of MQTT topics: written on a page, tried on a message, kept in versions."""

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from anlan.operations.people.actions import PLATFORM
from anlan.operations.people.models import AuditEntry
from anlan.operations.sensing.actions import (
    NewStation,
    NewThreshold,
    check_silence,
    record_frames,
    register_stations,
    save_topic_map,
)
from anlan.operations.sensing.actions.topics import load_topic_files
from anlan.operations.sensing.models import Alarm, Reading, Series, Station, TopicMapping
from anlan.operations.sensing.queries import (
    directory,
    health,
    maps_for_gateways,
    retired_maps,
    topic_maps,
    unknown_devices,
)
from anlan.portal.exercise import DISTRICTS
from anlan.protocols import mqtt
from anlan.protocols.mqtt import LEVEL_5, LEVEL_311, matches
from anlan.vocabulary import clock
from anlan.vocabulary.elements import Element
from anlan.vocabulary.frames import BadFrame, Frame
from anlan.vocabulary.readings import Reading as Measured

from .conftest import START
from .test_pages import log_in

pytestmark = pytest.mark.django_db(databases="__all__")
CRACKS = {
    "name": "cracks", "topic": "geohazard/{device}/data", "records": "", "device": "",
    "time": "$.time", "time_format": "iso", "values": "$.crack crack_width 0.1", "no_data": "",
}  # fmt: skip


@pytest.fixture
def administrator(client):
    return log_in(client, "system_admin")


def test_a_map_is_written_on_its_page_and_read_by_the_gateways(administrator):
    assert administrator.post("/devices/topics/new", CRACKS).status_code == 302
    (given,) = maps_for_gateways()
    assert (given.name, given.values[0].factor) == ("cracks", 0.1)
    assert "geohazard/{device}/data" in administrator.get("/devices/topics").content.decode()


def test_a_change_is_a_new_version_and_the_old_one_stays(administrator):
    administrator.post("/devices/topics/new", CRACKS)
    (row,) = topic_maps()
    administrator.post(f"/devices/topics/{row.id}", {**CRACKS, "values": "$.crack crack_width"})
    assert maps_for_gateways()[0].values[0].factor == 1.0
    assert TopicMapping.objects.count() == 2
    (now,) = topic_maps()
    administrator.post(f"/devices/topics/{now.id}/retire")
    assert topic_maps() == []
    assert TopicMapping.objects.count() == 2
    assert "cracks" in administrator.get("/devices/topics").content.decode()
    assert administrator.post(f"/devices/topics/{now.id}/use").status_code == 302
    assert maps_for_gateways()[0].values[0].factor == 1.0
    assert administrator.post("/devices/topics/9999/use").status_code == 404
    assert not retired_maps()


def test_maps_leave_as_a_file_and_come_back_all_or_none(administrator):
    save_topic_map(PLATFORM, {**CRACKS, "name": '裂缝 "7"\\', "no_data": "-9999"})
    before = maps_for_gateways()
    body = administrator.get("/devices/topics/file").content
    TopicMapping.objects.all().delete()

    def sent(text: bytes):
        file = SimpleUploadedFile("topics.toml", text)
        return administrator.post("/devices/topics/take", {"file": file})

    broken = body + b'[[topic]]\nname = "x"\ntopic = "a/#/b"\nvalues = "$.a warmth"\n'
    page = sent(broken)
    assert page.status_code == 422
    assert "2 topic: # 须单独成级并放在末尾" in page.content.decode()
    page = sent(body + b'source = "%s"\n' % (b"s" * 201))
    assert "1 source: 最多 200 个字符" in page.content.decode()
    for wrong in (b"\xff", b"topic = 3", b"[[topic]]\nname = 3", b"x = 1", b"#" * (257 * 1024)):
        assert sent(wrong).status_code == 422
    assert not TopicMapping.objects.exists()
    assert sent(body).status_code == 302
    assert maps_for_gateways() == before


def test_a_message_is_tried_and_nothing_is_stored(administrator):
    at = clock.now() - timedelta(minutes=5)
    said = {"time": at.isoformat(), "crack": 35}
    asked = {**CRACKS, "try": "1", "message_topic": "geohazard/d7/data"}
    page = administrator.post("/devices/topics/new", {**asked, "message": json.dumps(said)})
    assert "D7" in page.content.decode()
    assert "3.5" in page.content.decode()
    page = administrator.post("/devices/topics/new", {
        **asked, "values": "$.crack crack_width\n$.rain rain_hour",
        "message": json.dumps({**said, "rain": "wet"}),
    })  # fmt: skip
    assert "$.rain：&#x27;wet&#x27; 不是数" in page.content.decode()
    page = administrator.post(
        "/devices/topics/new", {**asked, "message": '{"time": "soon", "crack": 1}'}
    )
    assert "&#x27;soon&#x27; 不是有效时间" in page.content.decode()
    assert not TopicMapping.objects.exists()


def test_a_map_that_cannot_be_used_is_shown_with_its_faults(administrator):
    page = administrator.post(
        "/devices/topics/new", {**CRACKS, "values": "$.x warmth", "topic": "a/#/b"},
        headers={"accept-language": "zh-hans"},
    )  # fmt: skip
    assert page.status_code == 422
    assert "warmth 不是要素" in page.content.decode()
    assert "# 须单独成级并放在末尾" in page.content.decode()
    assert not TopicMapping.objects.exists()


def test_only_who_configures_devices_sees_or_writes_maps(client):
    officer = log_in(client)
    assert officer.get("/devices/topics").status_code == 403
    assert officer.post("/devices/topics/new", CRACKS).status_code == 403


def test_the_same_map_again_changes_nothing():
    first = save_topic_map(PLATFORM, CRACKS)
    assert save_topic_map(PLATFORM, CRACKS) == first
    assert TopicMapping.objects.count() == 1
    again = AuditEntry.objects.filter(verb="sensing.save_topic_map").latest("pk")
    assert (again.subject_label, again.detail) == ("cracks", {"repeat": True})


def test_the_district_s_own_maps_can_be_used():
    folder = Path(DISTRICTS) / "shapingba"
    assert load_topic_files(PLATFORM, folder) == load_topic_files(PLATFORM, folder) == 5
    topics = [given.topic for given in maps_for_gateways()]
    assert any(matches(topic, "weather/w1/data") for topic in topics)


def test_a_text_password_is_sealed_in_the_register_and_open_to_the_gateway():
    station = NewStation(
        code="crack-1", name="裂缝 1", kind="geohazard", device="d1", protocol="mqtt",
        secret="坡上 7#", lon=106.4, lat=29.6, area_code="500106", interval_s=3600,
        elements=("crack_width",),
    )  # fmt: skip
    register_stations(PLATFORM, [station], [])
    sealed = bytes(Station.objects.get().secret_sealed)
    assert "坡上 7#".encode() not in sealed
    assert directory("mqtt")["D1"].secret == "坡上 7#"


CRACK_7 = NewStation(
    code="crack-7", name="裂缝 7", kind="geohazard", device="c7", protocol="mqtt", secret="x",
    account="town", lon=106.4, lat=29.6, area_code="500106004", interval_s=3600,
    elements=("crack_width",),
)  # fmt: skip
TOO_WIDE = NewThreshold(
    station="crack-7", element="crack_width", kind="warning", value=5.0, level=3,
    valid_from=date(2010, 1, 1), source="district",
)  # fmt: skip


def kept(at, crack, *, device="C7", peer="10.0.0.9:41", topic="crack/c7", level=LEVEL_311):
    """A message that came at some time on a topic without a map."""
    payload = crack if isinstance(crack, bytes) else json.dumps({"crack": crack}).encode()
    raw = mqtt.encode(mqtt.Publish(topic=topic, payload=payload), level).hex().upper()
    return BadFrame("mqtt", device, peer, at, raw, mqtt.UNMAPPED, topic)


@pytest.fixture
def cracked(drill_clock, db):
    register_stations(PLATFORM, [CRACK_7], [TOO_WIDE])
    drill_clock.move_to(START + timedelta(days=2))
    return drill_clock


def write_and_read(keeper):
    save_topic_map(PLATFORM, {"name": "cracks", "topic": "crack/{device}",
                              "values": "$.crack crack_width"})  # fmt: skip
    page = keeper.get("/devices/topics", headers={"accept-language": "en"}).content.decode()
    (address,) = re.findall(r'action="(/devices/topics/\d+/read)"', page)
    answer = keeper.post(address, follow=True, headers={"accept-language": "en"})
    return page, answer.content.decode(), address


def widths():
    (pk,) = Series.objects.filter(element="crack_width").values_list("pk", flat=True)
    return list(Reading.objects.filter(series=pk).order_by("at").values_list("at", "value"))


def test_what_was_kept_before_there_was_a_map_is_read_by_it_once(administrator, cracked):
    """By clients of both levels; told to nobody as if it were so now."""
    record_frames([
        kept(START, 3.5), kept(START + timedelta(hours=1), 9.25, level=LEVEL_5),
        kept(START + timedelta(hours=2), 2.0, device="TOWN"),
    ])  # fmt: skip
    before, after, address = write_and_read(administrator)
    assert "Read 3 kept messages" in before
    assert "3 kept messages were read; 3 of their readings are new." in after
    assert "kept message</button>" not in after
    stated = [(START + timedelta(hours=n), v) for n, v in enumerate((3.5, 9.25, 2.0))]
    assert widths() == stated
    assert [(alarm.state, alarm.value) for alarm in Alarm.objects.all()] == [("recorded", 9.25)]
    page = administrator.post(address, follow=True).content.decode()
    assert "没有未读取的留存消息" in page
    assert widths() == stated
    page = administrator.get("/devices/bad-frames").content.decode()
    assert "没有坏帧" in page
    later = administrator.get("/devices/bad-frames?reason=read_later").content.decode()
    assert later.count("crack/c7</small>") == 3


def test_what_no_map_makes_anything_of_stays_kept_and_the_page_says_why(administrator, cracked):
    """Who may not speak for a device may not by a map of later either."""
    register_stations(PLATFORM, [replace(CRACK_7, code="other", device="c9", account="")], [])
    record_frames([kept(START, 3.5, device="C9"), kept(START, b'{"tilt": 3}'), kept(START, b"\0")])
    _page, after, _address = write_and_read(administrator)
    assert "3 messages still give no reading and stay kept" in after
    assert not Reading.objects.exists()
    assert "Read 3 kept messages" in after


def test_a_stranger_that_a_broker_spoke_of_can_be_adopted_with_what_was_kept(
    administrator, cracked
):
    record_frames([kept(START, 3.5, device="", peer="geo", topic="crack/c8")])
    _page, after, _address = write_and_read(administrator)
    assert "1 message is of devices that nobody registered: see Unknown devices." in after
    (stranger,) = unknown_devices()
    assert (stranger.device, stranger.heard_from, stranger.topic) == ("C8", "geo", "crack/c8")


def test_a_device_that_is_silent_does_not_speak_again_by_what_it_said_before(
    administrator, cracked
):
    at = START + timedelta(hours=20)
    record_frames([Frame("mqtt", "C7", at, "", (Measured("C7", Element.CRACK_WIDTH, at, 1, at),))])
    check_silence()
    (alarm,) = Alarm.objects.filter(state="open")
    record_frames([kept(START, 3.5)])
    write_and_read(administrator)
    assert len(widths()) == 2
    assert list(Alarm.objects.filter(state="open")) == [alarm]
    assert health(["crack-7"])["crack-7"].silent
