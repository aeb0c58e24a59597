"""Cameras minute by minute: since when there is no picture, how much of the time, one alarm."""

import re
from datetime import timedelta

import pytest

from anlan.backbone.video import PlatformAway
from anlan.operations.deadlines.models import WorkItem
from anlan.operations.people.actions import PLATFORM
from anlan.operations.sensing.actions import check_cameras
from anlan.operations.sensing.actions.cameras import NewCamera, register_cameras
from anlan.operations.sensing.models import Alarm, Camera, CameraSpell
from anlan.operations.sensing.queries import camera_shares
from anlan.operations.sensing.rules.camera_spells import Spell, online_shares

from .conftest import START
from .test_alarms import DISTRICT
from .test_pages import log_in

pytestmark = pytest.mark.django_db(databases="__all__")
RECORDERS = ("50010600001180000001", "50010600001180000002")
MINUTE = timedelta(minutes=1)


class Platform:
    """A platform that says which recorders are up."""

    def __init__(self):
        self.down, self.lost, self.away = set(), set(), False

    def channels(self, device):
        if self.away:
            raise PlatformAway("no answer")
        return {
            one.channel_id: device not in self.down and one.code not in self.lost
            for one in Camera.objects.filter(device_id=device)
        }


@pytest.fixture
def watch(drill_clock, db, settings):
    """Six cameras on each of two recorders, watched for so many minutes; what is told."""
    register_cameras(
        PLATFORM,
        [NewCamera(code=f"c{n}", name=f"视频{n}", lon=106.45, lat=29.58, area_code="500106004",
                   device_id=RECORDERS[n % 2], channel_id=f"5001060000132{n:07}",
                   keeper="区水利局") for n in range(12)],
    )  # fmt: skip
    platform, settings.ANLAN_WVP_URL = Platform(), "http://video.example"

    def look(minutes=1):
        for _ in range(minutes):
            drill_clock.move_to(drill_clock.now() + MINUTE)
            check_cameras(platform)
        return list(Alarm.objects.filter(rule="camera_outage", state="open"))

    look.platform, look.drill = platform, drill_clock
    assert look() == []
    return look


def test_a_lost_recorder_is_one_alarm_and_ends_with_its_pictures(watch):
    watch.platform.down = {RECORDERS[0]}
    assert watch(3) == []
    (alarm,) = watch(3)
    assert watch(2) == [alarm]
    assert (alarm.value, alarm.limit, alarm.station_name) == (6.0, 6.0, RECORDERS[0])
    assert WorkItem.objects.filter(kind="alarm").count() == 1
    watch.platform.down = set()
    assert watch() == []


def test_a_platform_that_is_away_is_one_alarm(watch):
    watch.platform.away = True
    (alarm,) = watch(7)
    assert alarm.value == 12.0
    watch.platform.away = False
    assert watch() == []


def test_a_few_lost_cameras_are_shown_and_alarm_nobody(client, watch):
    watch.platform.lost = {"c1", "c3"}
    watch(9)
    assert Alarm.objects.count() == 0
    page = log_in(client).get("/cameras?state=lost", headers={"accept-language": "en"})
    text = page.content.decode()
    assert "no picture since" in text
    assert "/cameras/c1" in text
    assert "/cameras/c2" not in text
    health = log_in(client, "duty_leader").get("/devices/health?kind=camera").content.decode()
    assert "视频1" in health
    assert "500106004" in health


def test_without_a_platform_nobody_asked_and_no_camera_counts_as_never_seen(
    client, watch, settings
):
    watch.platform.lost = {"c1"}
    watch(9)
    settings.ANLAN_WVP_URL = ""
    reader = log_in(client, "duty_leader")
    page = reader.get("/cameras", headers={"accept-language": "en"}).content.decode()
    assert "12 cameras are registered" in page
    assert "Not connected to a platform 12" in page
    assert "Never seen 0" in page
    assert "no picture since" not in page
    health = reader.get("/devices/health", headers={"accept-language": "en"}).content.decode()
    row = cells(health[health.index('id="cameras"') :])
    assert row == ["12", "—", "—", "—", "12", "—", "—", "—"]
    assert (
        "未接入平台"
        in reader.get("/cameras/c1", headers={"accept-language": "zh-hans"}).content.decode()
    )


def test_a_camera_without_an_address_on_the_platform_is_in_no_rate(client, watch):
    register_cameras(
        PLATFORM,
        [NewCamera(code="own", name="自建", lon=106.45, lat=29.58, area_code="500106004",
                   hls_url="https://video.example/1.m3u8")],
    )  # fmt: skip
    watch(2)
    reader = log_in(client, "duty_leader")
    page = reader.get("/cameras", headers={"accept-language": "en"}).content.decode()
    assert "12 of 12 connected cameras are online" in page
    health = reader.get("/devices/health", headers={"accept-language": "en"}).content.decode()
    row = cells(health[health.index('id="cameras"') :])
    assert row == ["13", "12", "0", "0", "1", "100%", "100%", "100%"]


def test_each_street_counts_its_own_cameras_and_the_lost_ones_are_listed_first(client, watch):
    Camera.objects.filter(code__in=("c3", "c4", "c5")).update(area_code="500106001")
    watch.platform.lost = {"c5"}
    watch(9)
    reader = log_in(client, "duty_leader")
    page = reader.get("/devices/health?kind=camera", headers={"accept-language": "en"})
    text = page.content.decode()
    rows = re.findall(r"<tr>.*?</tr>", text[text.index('id="cameras"') :], re.DOTALL)
    figures = [re.findall(r'<td class="al-num"[^>]*>(?:<b>)?([^<]*)', row)[:5] for row in rows]
    assert figures[1:4] == [["12", "11", "1", "0", "0"], ["3", "2", "1", "0", "0"],
                            ["9", "9", "0", "0", "0"]]  # fmt: skip
    listed = re.findall(r"/cameras/(c\d+)", text[text.index('id="devices"') :])
    assert listed == ["c5", "c3", "c4", "c0", "c1", "c10", "c11", "c2", "c6", "c7", "c8", "c9"]


def cells(page):
    """The figures of the first row of a table."""
    row = page[page.index("<tbody>") : page.index("</tr>", page.index("<tbody>"))]
    return [re.sub("<[^>]+>", "", one) for one in re.findall(r"<td[^>]*>(.*?)</td>", row)]


def test_spells_say_how_long_a_camera_was_online(watch):
    watch(29)
    watch.platform.down = set(RECORDERS)
    watch(10)
    shares = camera_shares(DISTRICT)
    assert shares["c0"][0] == pytest.approx(30 / 39, abs=0.03)
    assert CameraSpell.objects.filter(camera__code="c0").count() == 2
    watch.drill.move_to(watch.drill.now() + timedelta(hours=5))
    watch()
    assert camera_shares(DISTRICT)["c0"][0] == shares["c0"][0]


def test_what_nobody_watched_is_in_no_share():
    at = [START + timedelta(hours=n) for n in range(5)]
    spells = [Spell("online", at[0], at[1]), Spell("unknown", at[1], at[3]),
              Spell("offline", at[3], at[4])]  # fmt: skip
    assert online_shares(spells, at[4]) == (0.5, 0.5, 0.5)
    assert online_shares(spells[1:2], at[4]) == (None, None, None)
