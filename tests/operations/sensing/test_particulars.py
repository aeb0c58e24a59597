"""What a fire unit says that it and its parts are, from the frame on the line to its page."""

from datetime import timedelta

import pytest
from tests.protocols.test_gb26875 import AT, STAMP, UNIT, laid_out

from anlan.gateways.directory import DeviceDirectory
from anlan.gateways.gb26875 import Conversation
from anlan.gateways.limits import Limits
from anlan.gateways.listener import Gateway
from anlan.operations.people.actions import PLATFORM
from anlan.operations.sensing.actions import NewStation, record_frames, register_stations
from anlan.operations.sensing.models import BadFrame, DeviceParticular
from anlan.operations.sensing.queries import health, particulars
from anlan.protocols import gb26875
from anlan.protocols.gb26875 import Command
from anlan.vocabulary.frames import from_line, to_line

from .test_pages import log_in, queries_of

pytestmark = pytest.mark.django_db(databases="__all__")
SYSTEM, PART = "0102", "01022A0B070000"  # fire alarm system 2; its optical detector 0x70B
PLACE = "B4C5C6F7BFDA"  # 磁器口 in GB 18030
FAST = "0D0A0B06071A"  # 5 min 4 s after STAMP
ALWAYS_FAST = {0: FAST, 2: "0D0C0B06071A", 4: "0D0E0B06071A"}  # as much, by the minute
PANEL, DETECTOR = "火灾报警系统 2", "火灾报警系统 2 点型光电感烟火灾探测器 1803"
ITSELF = "用户信息传输装置"


@pytest.fixture
def unit(drill_clock):
    drill_clock.move_to(AT)
    register_stations(
        PLATFORM,
        [NewStation(
            code="tower", name="三峡广场消防", kind="fire_unit", lon=106.45, lat=29.56,
            area_code="500106003", interval_s=1800, elements=(), device=UNIT, protocol="gb26875",
        )], [],
    )  # fmt: skip
    return drill_clock


@pytest.fixture
def officer(client):
    return log_in(client)


def came(*units, command="02", at=STAMP):
    """Frames on a line of the gateway, recorded; the commands by which they were answered."""
    line = Conversation(Gateway(Conversation, DeviceDirectory({UNIT: 0}), None, Limits()), "peer")
    decoder, answers, lines = Conversation.new_decoder(), [], []
    for number, one in enumerate(units):
        serial = number.to_bytes(2, "little").hex()
        for message in decoder.feed(laid_out(command, one, serial=serial, at=at)):
            taken = line.take(message)
            lines += [from_line(to_line(said)) for said in taken.lines]
            answers.append(gb26875.decode(taken.answer).command)
    record_frames(lines)
    return answers


def page_of(client, language="zh-hans"):
    answer = client.get("/stations/tower", headers={"accept-language": language})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("unit_bytes", "part", "what", "shown"),
    [
        ("0501" + SYSTEM + "0304" + STAMP, PANEL, "软件版本", "3.4"),
        ("0601" + SYSTEM + "06" + PLACE, PANEL, "配置情况", "磁器口"),
        ("0701" + PART + PLACE.ljust(62, "0") + STAMP, DETECTOR, "配置情况", "磁器口"),
        ("0801" + SYSTEM + FAST, PANEL, "系统时间", "快 5.1 分"),
        ("1901" + "0A02", ITSELF, "软件版本", "10.2"),
        ("1A01" + "06" + PLACE, ITSELF, "配置情况", "磁器口"),
        ("1C01" + FAST, ITSELF, "系统时间", "快 5.1 分"),
    ],
)  # fmt: skip
def test_what_is_confirmed_stands_on_the_page(unit, officer, unit_bytes, part, what, shown):
    assert came(unit_bytes) == [Command.CONFIRM]
    assert BadFrame.objects.count() == 0
    (row,) = particulars("tower")
    assert row.at == AT
    page = page_of(officer).partition('id="unit-particulars"')[2].partition("</table>")[0]
    for words in (part, what, shown, "6日 11:05"):
        assert words in page


def test_the_last_word_of_each_is_kept_and_a_late_one_changes_nothing(unit, officer):
    early = "09000B06071A"
    came("0501" + SYSTEM + "0304" + STAMP, "0501" + SYSTEM + "0300" + early)
    assert [row.text for row in particulars("tower")] == ["3.4"]
    unit.move_to(AT + timedelta(minutes=30))
    later = "09230B06071A"
    came("0502" + SYSTEM + "0305" + later + "0103" + "0101" + later, "1901" + "0100", at=later)
    assert [(row.part, row.text) for row in particulars("tower")] == [
        ("transmitter", "1.0"), ("1-2", "3.5"), ("1-3", "1.1"),
    ]  # fmt: skip
    came("0501" + SYSTEM + "0305" + later, at=later)  # the same again
    assert DeviceParticular.objects.count() == 3
    assert queries_of(officer, "/stations/tower") <= 30


@pytest.mark.parametrize("kind", ["1C01", "0801" + SYSTEM])
def test_the_clock_that_it_states_is_the_devices_clock(unit, kind):
    for minutes, fast in ALWAYS_FAST.items():
        unit.move_to(AT + timedelta(minutes=minutes))
        came(kind + fast, at="000000000000")
    assert health()["tower"].skew_s == 304
    assert health()["tower"].clock_off


def test_without_a_stated_clock_the_time_of_sending_says_how_far_it_is_off(unit):
    for minutes, fast in ALWAYS_FAST.items():
        unit.move_to(AT + timedelta(minutes=minutes))
        came("0101" + SYSTEM + "0100" + STAMP, at=fast)
    assert health()["tower"].skew_s == 304


@pytest.mark.parametrize(
    ("unit_bytes", "detail"),
    [
        ("0801" + SYSTEM + "000000000000", "type 8: object 1 states no time"),
        ("1C01" + "FF0A0B06071A", "type 28: object 1 states no time"),
        ("0601" + SYSTEM + "03" + "B4C5FF", "type 6: object 1 is no GB 18030"),
        ("1A01" + "02" + "FFFF", "type 26: object 1 is no GB 18030"),
        ("0701" + PART + "FF".ljust(62, "0"), "type 7: object 1 is no GB 18030"),
        ("1902" + "0A02" + STAMP + "0B", "type 25: object 2 of 2 is cut off"),
        ("05010101", "type 5: 2 bytes are not 1 objects"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_kept_among_the_bad_frames(unit, officer, unit_bytes, detail):
    came(unit_bytes)
    (bad,) = BadFrame.objects.all()
    assert (bad.reason, bad.device) == ("malformed", UNIT)
    assert bad.raw == laid_out("02", unit_bytes, serial="0000").hex().upper()
    assert bad.detail == detail
    assert detail[:6] in officer.get("/stations/bad-frames").content.decode()


def test_of_a_text_that_is_spoilt_the_rest_is_shown_and_leads_to_the_frame(unit, officer):
    came("0601" + SYSTEM + "07" + PLACE + "FF")
    page = page_of(officer, "en")
    assert "磁器口\N{REPLACEMENT CHARACTER}" in page
    assert "Not all of it is text: see the frame" in page


def test_what_stands_behind_a_text_to_fill_it_up_is_left_out(unit):
    came("1A01" + "0A" + PLACE + "00002000", "0601" + SYSTEM + "05" + "4100420000")
    assert [row.text for row in particulars("tower")] == ["磁器口", "A B"]


@pytest.mark.parametrize("kind", [61, 67, 81, 90, 91])
def test_a_centres_question_sent_as_data_is_denied_and_kept(unit, kind):
    bytes_ = {61: SYSTEM, 67: PART, 81: "00", 90: STAMP, 91: "0A"}[kind]
    assert came(f"{kind:02X}01" + bytes_) == [Command.DENY]
    (bad,) = BadFrame.objects.all()
    assert bad.reason == "direction"
