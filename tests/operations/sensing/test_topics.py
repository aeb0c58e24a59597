"""Maps of MQTT topics: written on a page, tried on a message, kept in versions."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from anlan.operations.people.actions import PLATFORM
from anlan.operations.people.models import AuditEntry
from anlan.operations.sensing.actions import NewStation, register_stations, save_topic_map
from anlan.operations.sensing.actions.topics import load_topic_files
from anlan.operations.sensing.models import Station, TopicMapping
from anlan.operations.sensing.queries import (
    directory,
    maps_for_gateways,
    retired_maps,
    topic_maps,
)
from anlan.portal.exercise import DISTRICTS
from anlan.protocols.mqtt import matches
from anlan.vocabulary import clock

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
