"""What an HJ 212 instrument says of itself (3019, 3020), from its frame to its station's page."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.protocols.test_hj212 import live

from anlan.operations.people.actions import PLATFORM
from anlan.operations.sensing.actions import record_frames, register_stations
from anlan.operations.sensing.models import DeviceParticular
from anlan.protocols import hj212
from anlan.vocabulary.frames import from_line, to_line

from .conftest import START
from .test_pages import log_in
from .test_water import MN, STATION

pytestmark = pytest.mark.django_db(databases="__all__")


def came(text, cn="3020", minutes=0):
    at = START + timedelta(minutes=minutes)
    message = replace(live(text, cn=cn), mn=MN)
    return from_line(to_line(hj212.frame_of(message, MN, at, message.raw)))


def test_what_an_instrument_says_unasked_stands_on_its_page_the_last_of_each(drill_clock, client):
    register_stations(PLATFORM, [STATION], [])
    first = came("DataTime=20200819080000;PolId=w21003,i12101-Info=1,i13116-Info=50")
    later = came("DataTime=20200819090000;PolId=w21003,i12101-Info=4", minutes=5)
    serial = came("DataTime=20200819080000;PolId=w21003,w21003-SN=NH3-0099", "3019", 6)
    logger = came("DataTime=20200819080000;i22005-Info=1", minutes=7)
    for batch in ([first, later], [serial], [logger], [first]):
        record_frames(batch)
    assert DeviceParticular.objects.count() == 4
    log_in(client)
    page = client.get(f"/stations/{STATION.code}").content.decode()
    assert "污水分析仪工作状态 i12101-Info=4 故障" in page
    assert "i12101-Info=1" not in page
    assert "量程 i13116-Info=50mg/L" in page
    assert "w21003-SN=NH3-0099" in page
    assert "数据采集传输仪" in page
    assert "报警详情 i22005-Info=1 市电中断" in page
    client.cookies["django_language"] = "en"
    english = client.get(f"/stations/{STATION.code}", headers={"accept-language": "en"})
    assert "mains lost" in english.content.decode()


def test_what_is_set_in_an_instrument_is_not_what_it_says(drill_clock):
    register_stations(PLATFORM, [STATION], [])
    record_frames([came("PolId=w21003,i13116-Info=50", "3021")])
    assert not DeviceParticular.objects.exists()


def test_lines_of_a_log_in_one_message_are_kept_together(drill_clock, client):
    register_stations(PLATFORM, [STATION], [])
    record_frames([came("PolId=w21003,i11001-Info=//清洗//,i11001-Info=//校准//")])
    (one,) = DeviceParticular.objects.all()
    assert one.text == "//清洗//\n//校准//"
    log_in(client)
    page = client.get(f"/stations/{STATION.code}").content.decode()
    assert "清洗" in page
    assert "校准" in page
