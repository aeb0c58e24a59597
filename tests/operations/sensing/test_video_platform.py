"""Cameras on a video platform: their states, a live stream, a picture; and a platform away."""

import base64
import json
import threading
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl

import pytest

from anlan.backbone.video import PlatformAway, Wvp
from anlan.operations.people.actions import PLATFORM
from anlan.operations.people.models import AuditEntry
from anlan.operations.sensing.actions import check_cameras, video_platform
from anlan.operations.sensing.actions.cameras import NewCamera, register_cameras
from anlan.operations.sensing.models import Camera
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA, DrillClock

from .test_pages import log_in

pytestmark = pytest.mark.django_db(databases="__all__")
DEVICE, CHANNEL = "50010600001180000001", "50010600001320000001"
GATE = NewCamera(
    code="gate", name="码头", lon=106.45, lat=29.58, area_code="500106004", device_id=DEVICE,
    channel_id=CHANNEL, rtsp="rtsp://admin:12345@10.0.0.9/1", purpose="水位",
)  # fmt: skip
JPEG = b"\xff\xd8\xff\xe0" + b"x" * 100


class Platform:
    """A video platform on a real socket that answers as it is told."""

    def __init__(self):
        self.asked = []
        self.answers = {
            f"/api/device/query/devices/{DEVICE}/channels": {
                "code": 0, "data": {"total": 1, "list": [{"deviceId": CHANNEL, "status": "ON"}]},
            },
            f"/api/play/start/{DEVICE}/{CHANNEL}": {
                "code": 0, "data": {"hls": "http://media.local:8080/live/1.m3u8"},
            },
            f"/api/device/query/snap/{DEVICE}/{CHANNEL}": JPEG,
        }  # fmt: skip
        house = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                path = self.path.partition("?")[0]
                house.asked.append((path, self.headers.get("access-token")))
                house.said = dict(parse_qsl(self.path.partition("?")[2]))
                answer = house.answers.get(path)
                self.send_response(200 if answer is not None else 404)
                self.end_headers()
                raw = isinstance(answer, bytes)
                self.wfile.write(answer if raw else json.dumps(answer).encode())

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"


@pytest.fixture
def platform(settings, tmp_path):
    served = Platform()
    served.token = tmp_path / "wvp.token"
    served.token.write_text("a token\n")
    settings.ANLAN_WVP_URL, settings.ANLAN_WVP_TOKEN_FILE = served.url, served.token
    settings.ANLAN_MEDIA_HOSTS = ["media.local:8080"]
    yield served
    served.server.shutdown()
    served.server.server_close()


@pytest.fixture
def gate(db):
    register_cameras(PLATFORM, [GATE])
    return Camera.objects.get()


def test_states_come_from_the_platform(gate, platform):
    assert check_cameras(video_platform()) == 1
    assert Camera.objects.get().state == "online"
    assert platform.asked[0][1] == "a token"
    channels = platform.answers[f"/api/device/query/devices/{DEVICE}/channels"]
    channels["data"]["list"][0]["status"] = "OFF"
    platform.token.write_text("another")
    check_cameras(video_platform())
    assert Camera.objects.get().state == "offline"
    assert platform.asked[1][1] == "another"


@pytest.mark.parametrize("answer", [{"code": 1, "msg": "no"}, b"nonsense", [], {"code": 0}])
def test_of_a_platform_that_talks_nonsense_nothing_is_known(gate, platform, answer):
    platform.answers[f"/api/device/query/devices/{DEVICE}/channels"] = answer
    check_cameras(Wvp(platform.url))
    assert Camera.objects.get().state == "unknown"


def test_a_platform_that_is_away_is_said_so():
    with pytest.raises(PlatformAway):
        Wvp("http://127.0.0.1:9").channels(DEVICE)


def test_the_live_picture_is_played_and_who_looked_is_on_record(client, gate, platform):
    officer = log_in(client)
    page = officer.post("/cameras/gate")
    assert "http://media.local:8080/live/1.m3u8" in page.content.decode()
    assert "media-src 'self' blob: media.local:8080" in page.headers["Content-Security-Policy"]
    assert AuditEntry.objects.filter(verb="sensing.watch_camera").count() == 1
    assert "12345" not in page.content.decode()


def test_a_stream_from_another_host_is_not_shown(client, gate, platform, settings):
    settings.ANLAN_MEDIA_HOSTS = []
    page = log_in(client).post("/cameras/gate", headers={"accept-language": "en"}).content.decode()
    assert "media.local:8080, which is not in ANLAN_MEDIA_HOSTS" in page
    assert "1.m3u8" not in page


def test_a_picture_is_shown_and_who_looked_is_on_record(client, gate, platform):
    officer = log_in(client)
    page = officer.post("/cameras/gate", {"picture": "1"}).content.decode()
    assert "data:image/jpeg;base64," + base64.b64encode(JPEG).decode() in page
    assert AuditEntry.objects.filter(verb="sensing.watch_camera").count() == 1
    platform.answers[f"/api/device/query/snap/{DEVICE}/{CHANNEL}"] = b"<html>"
    page = officer.post("/cameras/gate", {"picture": "1"}).content.decode()
    assert "data:image/jpeg" not in page
    assert "no picture" in page


RECORDED = {"recordList": [{"startTime": "2026-07-01 08:30:00", "endTime": "2026-07-01 09:00:00"},
                           {"startTime": "2026-07-01 08:00:00", "endTime": "2026-07-01 08:30:00"},
                           {"startTime": None, "endTime": "2026-07-01 08:30:00"}, 7]}  # fmt: skip


def test_what_was_recorded_is_listed_and_played_and_who_looked_is_on_record(client, gate, platform):
    clock.use(DrillClock(datetime(2026, 7, 2, 9, tzinfo=CHINA)))
    platform.answers[f"/api/gb_record/query/{DEVICE}/{CHANNEL}"] = {"code": 0, "data": RECORDED}
    platform.answers[f"/api/playback/start/{DEVICE}/{CHANNEL}"] = {
        "code": 0, "data": {"hls": "http://media.local:8080/rtp/1.m3u8"},
    }  # fmt: skip
    officer = log_in(client)
    page = officer.get("/cameras/gate?day=2026-07-01").content.decode()
    assert platform.said == {"startTime": "2026-07-01 00:00:00", "endTime": "2026-07-02 00:00:00"}
    assert page.index("08:00:00–08:30:00") < page.index("08:30:00–09:00:00")
    assert not AuditEntry.objects.filter(verb="sensing.watch_recording").exists()
    asked = {"recording": "1", "from": "2026-07-01T08:00:00", "to": "2026-07-01T08:30"}
    page = officer.post("/cameras/gate", asked).content.decode()
    assert platform.said == {"startTime": "2026-07-01 08:00:00", "endTime": "2026-07-01 08:30:00"}
    assert "http://media.local:8080/rtp/1.m3u8" in page
    (entry,) = AuditEntry.objects.filter(verb="sensing.watch_recording")
    assert entry.detail["from"] == "2026-07-01T08:00:00+08:00"


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "soon"])
def test_a_day_that_has_no_recordings_to_ask_for_is_not_asked(client, gate, platform, day):
    assert log_in(client).get(f"/cameras/gate?day={day}").status_code == 200
    assert not platform.asked


def test_a_moment_with_a_zone_is_that_moment(client, gate, platform):
    asked = {"recording": "1", "from": "2026-07-01T00:00:00Z", "to": "2026-07-01T08:30:00+08:00"}
    log_in(client).post("/cameras/gate", asked)
    assert platform.said == {"startTime": "2026-07-01 08:00:00", "endTime": "2026-07-01 08:30:00"}


@pytest.mark.parametrize(
    "to", ["9999-12-31T23:00-12:00", "2026-07-01T08:00", "2026-07-03T08:00", "later", ""]
)
def test_a_look_at_a_recording_has_a_beginning_and_an_end(client, gate, platform, to):
    asked = {"recording": "1", "from": "2026-07-01T08:00", "to": to}
    page = log_in(client).post("/cameras/gate", asked)
    assert page.status_code == 200
    assert "m3u8" not in page.content.decode()
    assert not platform.asked
