"""A mailing to a handful of people, at a fixed time, in an exercise."""

from datetime import datetime, timedelta

import pytest

from anlan.operations.messaging.actions import Addressee, NewMailing, send_mailing
from anlan.operations.people.actions import PLATFORM, seal_text
from anlan.vocabulary import clock
from anlan.vocabulary.levels import Standing

START = datetime(2020, 8, 19, 17, 31, tzinfo=clock.CHINA)


@pytest.fixture
def drill_clock():
    moved = clock.DrillClock(START)
    clock.use(moved)
    return moved


@pytest.fixture
def data_folder(tmp_path, settings):
    settings.ANLAN_HOME = tmp_path
    return tmp_path


@pytest.fixture
def addressee():
    def make(number, channel="console", **more):
        values = {
            "ref": f"household:{number}",
            "label_masked": f"王** {number}",
            "area_code": "500106004001",
            "channel": channel,
            "address_sealed": seal_text(f"1380000{number:04d}"),
            "personal": {
                "kind": "household",
                "slots": {"安置点": "磁器口小学", "网格员电话": "13900001111"},
                "place": "金蓉社区",
                "depth_m": 1.4,
                "arrival_at": (START + timedelta(hours=2)).isoformat(),
                "leave_by": (START + timedelta(hours=1, minutes=30)).isoformat(),
                "home": [106.4497, 29.5826],
                "shelter": {
                    "name": "磁器口小学",
                    "lon": 106.4425,
                    "lat": 29.5838,
                    "walk_m": 900,
                },
                "helper": {"name": "李霞", "phone": "13900001111"},
            },
        }
        return Addressee(**{**values, **more})

    return make


@pytest.fixture
def mail(drill_clock):
    def send(addressees, key="alert:1", **more):
        values = {
            "key": key,
            "subject_kind": "alert",
            "subject_id": "1",
            "standing": Standing.EXERCISE,
            "level": 1,
            "title": "洪水红色预警",
            "text": "请转移到〔安置点〕,或打〔网格员电话〕。",
            "expires_at": START + timedelta(hours=24),
            "addressees": addressees,
            "page": {
                "kind": "alert",
                "sender": "沙坪坝区防汛抗旱指挥部",
                "hotline": "023-65368110",
                "crest_at": (START + timedelta(hours=8)).isoformat(),
                "bring": "身份证、药、手机",
                "depth": [
                    [4, [[[106.447, 29.580], [106.453, 29.580], [106.453, 29.585],
                          [106.447, 29.585], [106.447, 29.580]]]],
                ],
            },
        }  # fmt: skip
        return send_mailing(PLATFORM, NewMailing(**{**values, **more}))

    return send
