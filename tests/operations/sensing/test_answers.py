"""What devices answer to orders, and what may be set in them, in the reader's language."""

from datetime import timedelta

import pytest
from tests.protocols.sl651_frames import decoded
from tests.protocols.test_sl651_content import UP

from anlan.operations.people.actions import PLATFORM
from anlan.operations.sensing.actions import (
    NewStation,
    order_device,
    record_frames,
    register_stations,
)
from anlan.protocols import gb26875, hj212
from anlan.protocols.hj212 import orders as instrument
from anlan.protocols.jt808.settings import RESULT_WORDS, listed
from anlan.protocols.sl651.answers import answered
from anlan.vocabulary.frames import CommandAnswer, from_line, to_line
from anlan.vocabulary.readings import Outcome

from .conftest import CIQIKOU, DEVICE, START
from .english import unread
from .test_pages import log_in
from .test_tracks import NEW

pytestmark = pytest.mark.django_db(databases="__all__")
MN, UNIT = "500106004002000000000001", "0000000A2B01"
NAMES = ("磁器口", "嘉陵江", "公交 221 路 1 号车", "井口水质", "三峡广场消防", "陈立")


def ordered(station, device, verb, *said, given=None):
    """An order that was carried out and answered with these words, as the spool brings them."""
    code = order_device(PLATFORM, station, verb, given=given or {})
    line = CommandAnswer(device, code, START + timedelta(minutes=1), Outcome.OK, said)
    record_frames([from_line(to_line(line))])


@pytest.fixture
def stations(drill_clock):
    here = {"lon": 106.45, "lat": 29.55, "area_code": "500106004", "interval_s": 300}
    register_stations(PLATFORM, [
        CIQIKOU, NEW,
        NewStation(code="jingkou", name="井口水质", kind="water_quality", device=MN,
                   protocol="hj212", elements=("cod",), **here),
        NewStation(code="tower", name="三峡广场消防", kind="fire_unit", device=UNIT,
                   protocol="gb26875", elements=(), **here),
    ], [])  # fmt: skip


def seen(client, station, language):
    answer = client.get(f"/stations/{station}/orders", headers={"accept-language": language})
    return answer.content.decode()


@pytest.mark.parametrize("name", UP)
def test_every_answer_of_a_station_is_read_in_english(stations, client, name):
    ordered("ciqikou", DEVICE, "read_settings", *answered(decoded(UP[name][0]), START))
    officer = log_in(client)
    assert unread(officer, "/stations/ciqikou/orders", *NAMES) == []
    assert ", sent at 2020-08-18 08:00:00" in seen(officer, "ciqikou", "en")
    assert "发报时间 2020-08-18 08:00:00" in seen(officer, "ciqikou", "zh-hans")


def test_what_a_station_measures_is_named_as_its_readings_are(stations, client):
    values = {"element": "stage", "n": 49}
    ordered("ciqikou", DEVICE, "read_settings",
            ("station answer", "%(element)s, values: %(n)s", values))  # fmt: skip
    officer = log_in(client)
    assert "Stage, values: 49" in seen(officer, "ciqikou", "en")
    assert "水位 49个值" in seen(officer, "ciqikou", "zh-hans")


def test_answers_of_vehicles_instruments_and_fire_units_are_read_in_english(stations, client):
    ordered("bus-1", NEW.device, "say", RESULT_WORDS[2], given={"words": "绕行"})
    ordered("bus-1", NEW.device, "ask_parameters",
            *listed([(0x29, bytes.fromhex("0000001E")), (0x12, b"secret")]))  # fmt: skip
    told = hj212.Message(st="21", cn="3020", mn=MN, content=(
        (("PolId", "w01018"),), (("i12101-Info", "4"), ("i13004-Info", "165.0")),
    ))  # fmt: skip
    asked = hj212.Message(st="21", cn="3020", mn=MN, qn="20160801085857223")
    became = hj212.outcome(hj212.done(asked, 5))
    ordered("jingkou", MN, "read_information", became.words, *instrument.told(told))
    ordered("tower", UNIT, "set_clock",
            gb26875.answered(gb26875.Message(gb26875.Command.CONFIRM, 7, UNIT)))  # fmt: skip
    officer = log_in(client)
    expected = {
        "bus-1": ("Something in the message is wrong", "Usual reporting interval 30 s"),
        "jingkou": ("ExeRtn=5 Too busy to carry it out; Information on the instrument; "
                    "PolId=w01018; Water analyser&#x27;s state i12101-Info=4 faulty; "
                    "Digestion temperature i13004-Info=165.0°C",),
        "tower": ("Confirmed 7",),
    }  # fmt: skip
    for station, words in expected.items():
        assert unread(officer, f"/stations/{station}/orders", "绕行", *NAMES) == []
        assert all(one in seen(officer, station, "en") for one in words), station
    assert "ExeRtn=5 仪器正忙，不能执行；提取/上传现场机信息" in seen(officer, "jingkou", "zh-hans")
    assert "secret" not in seen(officer, "bus-1", "zh-hans")


def test_what_may_be_set_is_offered_in_english(stations, client):
    ordered("ciqikou", DEVICE, "set_setting", given={"code": "21", "value": "5"})
    ordered("ciqikou", DEVICE, "set_work_mode", given={"mode": "2", "sure": "1"})
    keeper = log_in(client, role="department", sector="water")
    for station in ("ciqikou", "bus-1", "jingkou", "tower"):
        assert unread(keeper, f"/stations/{station}", *NAMES) == []
    page = keeper.get("/stations/ciqikou", headers={"accept-language": "en"}).content.decode()
    assert "28 Base 1 of the stage (m)" in page
    assert "Interval of extra reports = 5" in page
    assert "2 Reports by itself and is confirmed" in page
    page = keeper.get("/stations/ciqikou", headers={"accept-language": "zh-hans"}).content.decode()
    assert "28 水位基值1 (m)" in page
    assert "2 自报确认" in page
