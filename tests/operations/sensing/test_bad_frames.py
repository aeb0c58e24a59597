"""Frames that could not be taken: whose they are to see, and what is never shown of them."""

import pytest

from anlan.operations.people.actions import PLATFORM
from anlan.operations.sensing.actions import NewStation, record_frames, register_stations
from anlan.operations.sensing.rules.masked import shown
from anlan.vocabulary.frames import BadFrame

from .conftest import START
from .english import unread
from .test_pages import log_in

pytestmark = pytest.mark.django_db(databases="__all__")
PLACES = {
    "gauge": ("rain", "sl651", "500106004"),
    "sky": ("weather", "mqtt", "500106004"),
    "far": ("rain", "sl651", "500106009"),
}
MINE, STRANGER, NOBODYS = {*PLACES}, "stranger", ""
WHO = {
    ("duty_officer", "500106", ""): {"gauge", "sky", "far"},
    ("department", "500106", "water"): {"gauge", "far"},
    ("department", "500106", "weather"): {"sky"},
    ("township", "500106004", ""): {"gauge", "sky"},
}
HJ212 = b"##0099QN=1;ST=21;CN=1072;PW=123456;MN=9;CP=&&NewPW=a1b2c3&&0000\r\n"


@pytest.fixture(autouse=True)
def _refused(drill_clock, db):
    register_stations(PLATFORM, [
        NewStation(code=f"a-{name}", name=name, kind=kind, lon=106.4, lat=29.5, interval_s=300,
                   area_code=area, serves=area, elements=("battery",), device=name.upper(),
                   protocol=protocol)
        for name, (kind, protocol, area) in PLACES.items()
    ], [])  # fmt: skip
    record_frames([
        bad("sl651", name.upper(), b"7E" + name.encode(), "malformed")
        for name in (*PLACES, STRANGER, NOBODYS)
    ] + [bad("hj212", STRANGER.upper(), HJ212, "password", detail="123456")])  # fmt: skip


def bad(protocol, device, raw, reason, detail="said"):
    return BadFrame(protocol, device, "10.0.0.9:1", START, raw.hex().upper(), reason, detail)


def listed(client, address):
    page = client.get(address).content.decode()
    return {name for name in (*PLACES, STRANGER) if f"<small>{name.upper()}</small>" in page}, page


@pytest.mark.parametrize(("who", "theirs"), WHO.items())
def test_bad_frames_are_shown_to_whose_devices_they_are(client, who, theirs):
    role, area, sector = who
    log_in(client, role=role, area_code=area, sector=sector)
    found, page = listed(client, "/stations/bad-frames")
    assert found == theirs
    assert f"{len(theirs)} 帧" in page, "strangers are not counted either"
    assert listed(client, "/stations/bad-frames?device=STRANGER")[0] == set()
    assert client.get("/devices/bad-frames").status_code == 403


def test_who_sets_up_stations_sees_all_of_them_and_no_password(client):
    log_in(client, role="system_admin")
    found, page = listed(client, "/devices/bad-frames")
    assert found == {*PLACES, STRANGER}
    text = bytes.fromhex(shown("hj212", HJ212.hex()))
    assert text == HJ212.replace(b"123456", b"******").replace(b"a1b2c3", b"******")
    assert text.hex().upper() in page
    for secret in ("123456", b"PW=123456".hex().upper(), b"a1b2c3".hex().upper()):
        assert secret not in page
    assert shown("sl651", "7E7E01500106000112343200082B") == "7E7E015001060001****3200082B"
    assert shown("jt808", "7E0102") == "7E0102"


@pytest.mark.parametrize("detail", ["0900", "0900 数据上行透传"])
def test_a_terminals_message_that_nobody_reads_is_named_in_the_readers_language(client, detail):
    record_frames([bad("jt808", "BUS", b"~", "unsupported", detail=detail)])
    reader = log_in(client, role="system_admin")
    for language, words in (("en", "0900 Data passed through"), ("zh-hans", "0900 数据上行透传")):
        page = reader.get("/devices/bad-frames", headers={"accept-language": language})
        assert words in page.content.decode()
    assert unread(reader, "/devices/bad-frames", "陈立") == []


# Start, centre 01, station 5001060001, password C7D8, function 36, the length; then a packet each.
PACKET = "7E7E015001060001{}36{}17AAAA"
FIRST = PACKET.format("{0}", "000D160020010020200820081503F1F1")
SECOND = PACKET.format("{0}", "000716002002FFD8FFE0")
WRITTEN = b"\x01015001060001%b320010\x020007200820081503\x036FD1"


@pytest.mark.parametrize(
    ("raw", "hidden"),
    [
        (FIRST, "****"),
        (FIRST + SECOND, "****"),
        ("00FF" + SECOND + FIRST, "****"),
        (WRITTEN.hex().upper().replace(b"%b".hex().upper(), "{0}"), "2A" * 4),
        ((b"\x00\xff" + WRITTEN * 2).hex().upper()
         .replace(b"%b".hex().upper(), "{0}"), "2A" * 4),
    ],
)  # fmt: skip
def test_no_password_of_an_sl651_frame_is_shown_wherever_it_begins(raw, hidden):
    word = "C7D8" if hidden == "****" else b"C7D8".hex().upper()
    assert shown("sl651", raw.replace("{0}", word)) == raw.replace("{0}", hidden)


@pytest.mark.parametrize("kept", [9, 10])
def test_of_a_frame_cut_inside_its_password_none_of_it_is_shown(kept):
    whole = bytes.fromhex(FIRST.format("C7D8"))
    assert shown("sl651", whole[:kept].hex().upper()) == "7E7E015001060001" + "**" * (kept - 8)
    text = (WRITTEN % b"C7D8")[: kept + 5]
    assert shown("sl651", text.hex().upper()) == (WRITTEN[:13] + b"*" * (kept - 8)).hex().upper()
