"""HJ 212: frames of the standard, public frames, and what becomes of them."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import astuple
from tests.chinese import in_chinese

from anlan.protocols import hj212
from anlan.protocols.framing import Reason, Rejected
from anlan.protocols.hj212 import Checksum, Edition, Hj212Decoder, Message, Packet
from anlan.protocols.hj212.segment import seconds
from anlan.vocabulary.clock import CHINA
from anlan.vocabulary.elements import Element
from anlan.vocabulary.readings import Reading

# Annex A of the 2017 edition; its text misprints the CRC as 1C08.
ANNEX_A = (
    b"##0101QN=20160801085857223;ST=32;CN=1062;PW=100000;MN=010000A8900016F000169DC0;Flag=5;"
    b"CP=&&RtdInterval=30&&1C80\r\n"
)
MN = "010000A8900016F000169DC0"
AT = datetime(2016, 8, 1, 8, 58, 57, tzinfo=CHINA)
SHARED = Path(__file__).parents[2] / "../shared/protocols"


def decoded(frame: bytes) -> Message:
    (message,) = Hj212Decoder().feed(frame)
    assert isinstance(message, Message), message
    return message


def framed(segment: str) -> bytes:
    body = segment.encode("gb18030")
    return b"##%04d%b%04X\r\n" % (len(body), body, hj212.crc(body))


def live(content: str, *, flag: str = "Flag=5;", cn: str = "2011") -> Message:
    return decoded(
        framed(
            f"QN=20160801085857223;ST=32;CN={cn};PW=100000;MN={MN};{flag}CP=&&{content}&&"
        )
    )  # fmt: skip


def test_the_frame_of_annex_a_is_read_and_written_as_the_standard_lays_it_out() -> None:
    message = Message(
        st="32", cn="1062", mn=MN, pw="100000", qn="20160801085857223", flag=5,
        content=((("RtdInterval", "30"),),),
    )  # fmt: skip
    assert decoded(ANNEX_A) == message
    assert hj212.encode(message) == ANNEX_A
    assert message.edition is Edition.HJ212_2017
    assert message.wants_answer


def test_the_crc_is_not_modbus() -> None:
    assert hj212.crc(b"123456789") == 0x2F80
    assert hj212.modbus(b"123456789") == 0x4B37


def test_a_modbus_crc_is_taken_told_and_answered_alike() -> None:
    body = ANNEX_A[6:-6]
    message = decoded(b"##0101%b%04X\r\n" % (body, hj212.modbus(body)))
    assert message.checksum is Checksum.MODBUS
    reply = hj212.answer(message)
    assert reply is not None
    assert decoded(hj212.encode(reply)).checksum is Checksum.MODBUS


def test_a_length_of_three_figures_and_a_crc_in_small_letters_are_read() -> None:
    body = b"ST=32;CN=2011;PW=123456;MN=1;CP=&&&&"
    assert decoded(b"##0%d%b%04x\r\n" % (len(body), body, hj212.crc(body))).mn == "1"


def test_packet_numbers_may_stand_in_either_order() -> None:
    body = "ST=32;CN=2051;PW=1;MN=1;Flag=6;PNO=2;PNUM=3;CP=&&&&"
    assert decoded(framed(body)).packet == Packet(3, 2)


def test_spaces_around_keys_and_values_are_left_out() -> None:
    message = live("DataTime=20160801085857; LA-Rtd = 50.1")
    (observation,) = message.observations
    assert observation.fields == (("Rtd", "50.1"),)


def test_of_a_field_sent_twice_the_first_counts_and_another_value_is_said() -> None:
    message = live("DataTime=20160801085857;w00000-Avg=1;w00000-Avg=2", cn="2061")
    (observation,) = message.observations
    assert observation.text("Avg") == "1"
    assert hj212.doubts(message, AT) == (("malformed", "w00000-Avg=1, and again w00000-Avg=2"),)
    same = live("DataTime=20160801085857;LA-Rtd=5,LA-Flag=N;DataTime=20160801085857;LA-Rtd=5")
    assert hj212.doubts(same, AT) == ()
    days = "DataTime=20160730000000;LA-Avg=5;DataTime=20160731000000;LA-Avg=6"
    assert hj212.doubts(live(days, cn="2031"), AT) == ()


def test_a_log_line_between_slashes_may_hold_commas() -> None:
    message = live("DataTime=20160801085857;PolId=w01018,i11001-Info=//清洗,完成;a=b//", cn="3020")
    assert message.text("i11001-Info") == "//清洗,完成;a=b//"
    assert decoded(hj212.encode(message)) == message


# What instruments say of themselves.


def test_information_belongs_to_the_pollutant_named_before_it() -> None:
    message = live(
        "DataTime=20190430101750;PolId=w01019,i13004-Info=168.0,i12001-Info=0;"
        "PolId=w21003,i12001-Info=2;i13006-Info=20190430080000",
        cn="3020",
    )  # fmt: skip
    assert [(t.pollutant, t.at, t.code, t.value) for t in hj212.of_itself(message)] == [
        ("w01019", "20190430101750", "i13004", 168),
        ("w01019", "20190430101750", "i12001", 0),
        ("w21003", "20190430101750", "i12001", 2),
        ("w21003", "20190430101750", "i13006", datetime(2019, 4, 30, 8, tzinfo=CHINA)),
    ]
    rows = [t.row for t in hj212.of_itself(message)]
    assert [(r.name, r.unit, r.to_check) for r in rows if r] == [
        ("消解温度", "°C", False), ("工作状态", "", False), ("工作状态", "", False),
        ("空白校准时间", "", False),
    ]  # fmt: skip
    assert hj212.doubts(message, AT) == ()


def test_of_a_log_the_text_is_read_and_its_lines_do_not_contradict_each_other() -> None:
    message = live("PolId=w01018,i11001-Info=//清洗,完成//,i11001-Info=//校准//", cn="3020")
    assert [t.value for t in hj212.of_itself(message)] == ["清洗,完成", "校准"]
    assert hj212.doubts(message, AT) == ()


def test_what_no_table_names_is_kept_and_its_code_still_says_whose_it_is() -> None:
    message = live("PolId=w01018;w01018-SN=A0;i23777-Info=0x1F;q-Info=7", cn="3019")
    serial, own, alien = hj212.of_itself(message)
    assert (serial.suffix, serial.value, serial.device) == ("SN", "A0", "")
    assert (own.row, own.value, own.device, own.kind) == (None, "0x1F", "数据采集传输仪", "参数")
    assert (alien.row, alien.value, alien.kind) == (None, "7", None)


def test_information_that_is_no_figure_or_time_and_one_with_two_values_are_doubted() -> None:
    content = "PolId=w01018,i13004-Info=hot,i13006-Info=2019,i12101-Info=4,i12101-Info=0"
    message = live(content, cn="3020")
    assert hj212.doubts(message, AT) == (
        ("malformed", "i12101-Info=4, and again i12101-Info=0"),
        ("element", "i13004-Info=hot is no number"),
        ("element", "'2019' is not a time"),
    )
    assert [t.word for t in hj212.of_itself(message)] == ["", "", "故障", "空闲"]
    assert hj212.of_itself(live("w01018-Rtd=1")) == ()


# What is no frame.


def test_a_wrong_crc_is_told_with_both_and_the_next_frame_is_read() -> None:
    spoilt = ANNEX_A.replace(b"=30", b"=31")
    found = Hj212Decoder().feed(spoilt + ANNEX_A)
    assert found[0] == Rejected(Reason.CHECK, spoilt, "CRC 1C80, computed 2080")
    assert found[1] == decoded(ANNEX_A)


def test_a_spoilt_length_does_not_swallow_the_next_frame() -> None:
    spoilt = b"##0888" + ANNEX_A[6:]
    found = Hj212Decoder().feed(spoilt + ANNEX_A)
    assert found[0] == Rejected(Reason.CHECK, spoilt, "length 888, but 101 bytes")
    assert isinstance(found[1], Message)


def test_a_frame_cut_off_in_the_middle_does_not_swallow_the_next() -> None:
    half = ANNEX_A[:60]
    found = Hj212Decoder().feed(half + ANNEX_A)
    assert isinstance(found[0], Rejected)
    assert (found[0].reason, found[0].raw) == (Reason.CHECK, half)
    assert found[1] == decoded(ANNEX_A)


@pytest.mark.parametrize(
    ("segment", "why"),
    [
        ("ST=32;CN=2011;PW=1;MN=9;CP=&&", "no content"),
        ("ST=32;CN=2011;PW=1;MN=9", "no content"),
        ("ST=32;MN=9;CP=&&&&", "no CN"),
        ("CN=2011;MN=9;CP=&&&&", "no ST"),
        ("QN=20161301000000000;ST=32;CN=2011;MN=9;CP=&&&&", "is not a time"),
        ("ST=32;CN=2011;MN=9;Flag=x;CP=&&&&", "Flag=x"),
        ("ST=32;CN=2011;MN=9;Flag=6;PNUM=2;PNO=3;CP=&&&&", "packet 3 of 2"),
        ("ST=32;CN=2011;MN=9;CP=&&w01018&&", "is not key=value"),
    ],
)
def test_a_segment_that_breaks_the_standard_is_malformed_and_its_sender_known(
    segment: str, why: str
) -> None:
    (part,) = Hj212Decoder().feed(framed(segment))
    assert isinstance(part, Rejected)
    assert part.reason is Reason.MALFORMED
    assert why in part.detail
    assert part.sender == ("9" if "MN=9;" in segment else "")


@pytest.mark.parametrize(
    "changed",
    [
        {"content": ((("a", "x" * 1025),),)},
        {"content": ((("a", "1;2"),),)},
        {"content": ((("a b=", "1"),),)},
        {"packet": Packet(2, 3)},
        {"packet": Packet(2, 1)},
        {"flag": 256},
    ],
)
def test_what_the_standard_has_no_bytes_for_is_not_written(changed: dict[str, Any]) -> None:
    with pytest.raises(hj212.NotEncodable):
        hj212.encode(replace(decoded(ANNEX_A), **changed))


# Packets.


def long_message() -> Message:
    groups = (
        ((f"w2{n:04d}-Avg", f"{n}.125"), (f"w2{n:04d}-Max", f"{n}.5"), (f"w2{n:04d}-Flag", "N"))
        for n in range(60)
    )
    return replace(
        decoded(ANNEX_A), cn="2051", content=((("DataTime", "20160801085800"),), *groups)
    )


def test_a_long_message_is_divided_and_put_together_in_any_order() -> None:
    message = long_message()
    packets = hj212.divided(message)
    assert len(packets) == 4
    frames = [hj212.encode(packet) for packet in packets]
    assert all(len(frame) <= 1024 + 12 for frame in frames)
    assembler = hj212.Assembler()
    parts = [decoded(frame) for frame in (frames[2], frames[0], frames[2], frames[3])]
    assert [assembler.add(part) for part in parts] == [None] * 4
    assert len(assembler) == 1
    assert assembler.add(decoded(frames[1])) == message
    assert len(assembler) == 0


def test_of_a_packet_is_certain_what_no_other_packet_can_change() -> None:
    message = live(
        "DataTime=20160801085800;w01018-Rtd=1,w01018-Flag=N;w21011-Rtd=2;w21003-Rtd=3,w21003-Flag=N"
    )
    packets = [replace(message, packet=Packet(3, number)) for number in (1, 2, 3)]
    found = [[r.value for r in hj212.readings(hj212.certain(one), AT)] for one in packets]
    assert found == [[1], [], [3]], "what has a flag, and does not stand where it was cut"
    assert hj212.certain(message) == message
    late = live("w01018-Rtd=1,w01018-Flag=N;DataTime=20160801085800;w21011-Rtd=2,w21011-Flag=N")
    last = hj212.certain(replace(late, packet=Packet(2, 2)))
    assert [r.value for r in hj212.readings(last, AT)] == [2], "the first is of another time"
    assert hj212.doubts(replace(live("w01018-Rtd=1"), packet=Packet(2, 2)), AT) == ()


def test_a_factor_and_a_time_cut_in_two_are_whole_again() -> None:
    message = live("DataTime=20160801085800;w01018-Rtd=15.2;w01018-Flag=D;w21011-Rtd=0.2")
    when, figure, flag, other = message.content
    contents = ((when, figure), (flag, other))
    packets = [
        replace(message, flag=7, packet=Packet(2, n), content=content)
        for n, content in enumerate(contents, 1)
    ]
    whole = hj212.joined([decoded(hj212.encode(one)) for one in packets])
    assert [r.value for r in hj212.readings(whole, AT)] == [None, 0.2]


def test_a_message_that_fits_is_not_divided() -> None:
    assert hj212.divided(decoded(ANNEX_A)) == (decoded(ANNEX_A),)


def test_packets_that_never_complete_do_not_pile_up() -> None:
    assembler = hj212.Assembler()
    packet = decoded(hj212.encode(hj212.divided(long_message())[0]))
    for n in range(2000):
        assert assembler.add(replace(packet, mn=str(n))) is None
    assert len(assembler) == 8


# Answers and orders.


def test_data_are_answered_with_9014_and_the_qn_where_an_answer_is_wanted() -> None:
    message = live("DataTime=20160801085857;w01018-Rtd=12,w01018-Flag=N")
    reply = hj212.answer(message)
    assert reply is not None
    assert hj212.encode(reply)[6:-6].decode() == (
        f"QN=20160801085857223;ST=91;CN=9014;PW=100000;MN={MN};Flag=4;CP=&&&&"
    )
    assert hj212.answer(replace(message, flag=4)) is None
    assert hj212.answer(reply) is None


def test_a_wish_for_the_clock_is_answered_as_a_notice() -> None:
    reply = hj212.answer(replace(decoded(ANNEX_A), cn="1013"))
    assert reply is not None
    assert reply.cn == "9013"


def test_answers_of_2005_carry_the_qn_in_the_content() -> None:
    message = live("DataTime=20160801085857;011-Rtd=12", flag="Flag=1;")
    reply = hj212.answer(message)
    assert reply is not None
    assert hj212.encode(reply)[6:-6].decode() == (
        f"ST=91;CN=9014;PW=100000;MN={MN};Flag=0;CP=&&QN=20160801085857223&&"
    )
    order = hj212.request(message, "1012", AT, hj212.clock(AT))
    taken = hj212.encode(hj212.taken(order))[6:-6].decode()
    assert taken.endswith("Flag=0;CP=&&QN=20160801085857000;QnRtn=1&&")
    assert decoded(hj212.encode(hj212.taken(order))).request == order.qn


def test_an_order_sets_the_clock_and_is_answered_under_its_qn() -> None:
    station = live("DataTime=20160801085857")
    order = hj212.request(station, "1012", AT + timedelta(milliseconds=223), hj212.clock(AT))
    assert hj212.encode(order)[6:-6].decode() == (
        f"QN=20160801085857223;ST=32;CN=1012;PW=100000;MN={MN};Flag=5;"
        "CP=&&SystemTime=20160801085857&&"
    )
    for reply, text in ((hj212.taken(order), "QnRtn=1"), (hj212.done(order, 3), "ExeRtn=3")):
        assert reply.request == order.qn
        assert hj212.encode(reply)[6:-6].decode().endswith(f"Flag=4;CP=&&{text}&&")


def test_intervals_and_periods_are_asked_for_in_the_standards_fields() -> None:
    station = decoded(ANNEX_A)
    order = hj212.request(
        station, "1062", AT + timedelta(milliseconds=223), hj212.interval("1062", 30)
    )
    assert hj212.encode(order) == ANNEX_A
    asked = hj212.request(station, "2051", AT, hj212.period(AT - timedelta(hours=1), AT))
    assert hj212.encode(asked)[6:-6].endswith(
        b"CP=&&BeginTime=20160801075857;EndTime=20160801085857&&"
    )
    with pytest.raises(hj212.NotEncodable):
        hj212.request(station, "9014", AT)


ORDERS = {
    "1000": ({"OverTime": "5", "ReCount": "3"}, "OverTime=5;ReCount=3"),
    "1011": ({"PolId": "w01018"}, "PolId=w01018"),
    "1012": ({"PolId": "w01018", "SystemTime": "20160801085857"},
             "PolId=w01018;SystemTime=20160801085857"),
    "1061": ({}, ""),
    "1063": ({}, ""),
    "1064": ({"MinInterval": "10"}, "MinInterval=10"),
    "1072": ({"NewPW": "654321"}, "NewPW=654321"),
    "2011": ({}, ""),
    "2012": ({}, ""),
    "2021": ({}, ""),
    "2022": ({}, ""),
    "2031": ({"BeginTime": "20160801000000", "EndTime": "20160801000000"},
             "BeginTime=20160801000000;EndTime=20160801000000"),
    "2061": ({"BeginTime": "20160801080000", "EndTime": "20160801090000"},
             "BeginTime=20160801080000;EndTime=20160801090000"),
    "3012": ({"PolId": "w01018"}, "PolId=w01018"),
    "3016": ({"PolId": "w01018", "CstartTime": "000000", "Ctime": "2"},
             "PolId=w01018;CstartTime=000000;Ctime=2"),
    "3019": ({"PolId": "w01018"}, "PolId=w01018"),
    "3020": ({"PolId": "w01018", "InfoId": "i11001"}, "PolId=w01018;InfoId=i11001"),
}  # fmt: skip


@pytest.mark.parametrize("cn", ORDERS)
def test_every_order_is_written_in_the_fields_of_annex_c(cn: str) -> None:
    values, text = ORDERS[cn]
    order = hj212.request(decoded(ANNEX_A), cn, AT, values)
    assert hj212.encode(order)[6:-6].decode() == (
        f"QN=20160801085857000;ST=32;CN={cn};PW=100000;MN={MN};Flag=5;CP=&&{text}&&"
    )
    assert decoded(hj212.encode(order)) == order


def test_in_2005_a_period_is_one_group() -> None:
    old = replace(live("DataTime=20160801085857", flag="Flag=1;"))
    order = hj212.request(old, "2051", AT, hj212.period(AT, AT))
    assert hj212.encode(order)[6:-6].endswith(
        b"CP=&&BeginTime=20160801085857,EndTime=20160801085857&&"
    )


@pytest.mark.parametrize(
    ("cn", "values"),
    [
        ("1062", {}), ("1062", {"RtdInterval": "29"}), ("1062", {"RtdInterval": "3601"}),
        ("1064", {"MinInterval": "7"}), ("1012", {"SystemTime": "2016"}), ("2051", {}),
        ("2011", {"RtdInterval": "30"}), ("1072", {"NewPW": "12;456"}), ("9012", {}),
    ],
)  # fmt: skip
def test_an_order_with_a_field_that_cannot_be_is_not_written(
    cn: str, values: dict[str, str]
) -> None:
    with pytest.raises(hj212.NotEncodable):
        hj212.request(decoded(ANNEX_A), cn, AT, values)


@pytest.mark.parametrize(
    ("cn", "cp", "said"),
    [
        ("9011", "QnRtn=1", None),
        ("9011", "QnRtn=3", (False, "QnRtn=3 PW错误")),
        ("9012", "ExeRtn=1", (True, "ExeRtn=1 执行成功")),
        ("9012", "ExeRtn=100", (False, "ExeRtn=100 没有数据")),
        ("9012", "ExeRtn=77", (False, "ExeRtn=77")),
        ("9012", "", None),
        ("9014", "", None),
        ("2011", "ExeRtn=1", None),
    ],
)
def test_what_became_of_an_order_is_read_from_its_answer(
    cn: str, cp: str, said: tuple[bool, str] | None
) -> None:
    text = f"QN=20160801085857223;ST=91;CN={cn};PW=100000;MN={MN};Flag=4;CP=&&{cp}&&"
    message = decoded(hj212_frame(text))
    became = hj212.outcome(message)
    assert (became and (became.done, in_chinese(became.words))) == said
    assert message.request == "20160801085857223"


def hj212_frame(text: str) -> bytes:
    """Length and CRC as 6.3.1 has them: the CRC by its own prose, bit after bit."""
    body, value = text.encode("gb18030"), 0xFFFF
    for byte in body:
        value = (value >> 8) ^ byte
        for _ in range(8):
            value = (value >> 1) ^ 0xA001 if value & 1 else value >> 1
    return b"##%04d" % len(body) + body + b"%04X\r\n" % value


# Readings.


def test_live_values_become_readings_in_the_houses_units() -> None:
    message = live(
        "DataTime=20160801085800;w01018-Rtd=15.2,w01018-Flag=N;w00000-Rtd=320,w00000-Flag=N;"
        "w21003-Rtd=9.9,w21003-Flag=D;w99999-Rtd=1"
    )
    at = AT.replace(second=0)
    assert hj212.readings(message, AT) == (
        Reading(MN, Element.COD, at, 15.2, AT),
        Reading(MN, Element.DISCHARGE, at, 0.32, AT),
        Reading(MN, Element.AMMONIA_NITROGEN, at, None, AT),
    )
    assert hj212.doubts(message, AT) == (("unsupported", "w99999-Rtd=1"),)


def test_codes_of_2005_give_the_same_readings() -> None:
    message = live("DataTime=20160801085800;011-Rtd=15.2,011-Flag=N;101-Rtd=0.2", flag="Flag=1;")
    found = [(r.element, r.value) for r in hj212.readings(message, AT)]
    assert found == [(Element.COD, 15.2), (Element.TOTAL_PHOSPHORUS, 0.2)]


def test_means_of_a_period_are_not_taken_for_live_values() -> None:
    message = live("DataTime=20160801085800;w01018-Avg=15.2,w01018-Flag=N", cn="2061")
    assert hj212.readings(message, AT) == ()


def test_what_is_not_believed_is_told_and_the_rest_taken() -> None:
    message = live("DataTime=20160801085800;w01018-Rtd=abc;w21011-Rtd=0.2,w21011-Flag=Q")
    assert hj212.doubts(message, AT) == (
        ("element", "w01018-Rtd=abc is no number"),
        ("flag", "w21011-Flag=Q"),
    )
    assert [r.value for r in hj212.readings(message, AT)] == [None]
    assert hj212.readings(live("w01018-Rtd=1"), AT) == ()
    assert hj212.doubts(live("w01018-Rtd=1"), AT) == (("malformed", "data without DataTime"),)
    ((reason, _),) = hj212.doubts(live("DataTime=20160801095800;w01018-Rtd=1"), AT)
    assert reason == "out_of_range"


def test_what_an_instrument_states_whose_clock_is_fast_is_kept() -> None:
    fast = live(f"DataTime={seconds(AT + timedelta(seconds=90))};w01018-Rtd=15.2")
    ((*_, at, value, _sent, _datum),) = map(astuple, hj212.readings(fast, AT))
    assert (at, value) == (AT.replace(microsecond=0) + timedelta(seconds=90), 15.2)
    assert hj212.doubts(fast, AT) == ()


def test_what_air_and_weather_stations_send_becomes_readings() -> None:
    message = live(
        "DataTime=20160801085800;a01001-Rtd=31.5;a01002-Rtd=64;a01006-Rtd=98.7;a01007-Rtd=3.4;"
        "a01008-Rtd=270;a34002-Rtd=81;a34004-Rtd=42;a34001-Rtd=110;a21026-Rtd=0.011;"
        "a21004-Rtd=0.034;a21005-Rtd=0.6;a05024-Rtd=120;w01012-Rtd=17"
    )
    found = {r.element: r.value for r in hj212.readings(message, AT)}
    assert found == {
        Element.AIR_TEMPERATURE: 31.5, Element.HUMIDITY: 64, Element.AIR_PRESSURE: 987,
        Element.WIND_SPEED: 3.4, Element.WIND_DIRECTION: 270, Element.PM10: 81, Element.PM2_5: 42,
        Element.TSP: 110, Element.SULFUR_DIOXIDE: 0.011, Element.NITROGEN_DIOXIDE: 0.034,
        Element.CARBON_MONOXIDE: 0.6, Element.OZONE: 120, Element.SUSPENDED_SOLIDS: 17,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("code", "figure", "element", "value"),
    [
        ("w20111", "50", Element.MERCURY, 0.05),  # the standard: µg/L
        ("020", "0.05", Element.MERCURY, 0.05),  # its code of 2005, which had mg/L for all of them
        ("022", "0.1", Element.CADMIUM, 0.1),
        ("024", "0.5", Element.CHROMIUM_6, 0.5),
        ("w20117", "500", Element.CHROMIUM_6, 0.5),
        ("B01", "320", Element.DISCHARGE, 0.32),
        ("w20138", "0.4", Element.COPPER, 0.4),
        ("w01016", "12", Element.CHLOROPHYLL, 0.012),
        ("w02003", "2400", Element.FAECAL_COLIFORMS, 2400),
        ("a01006", "98.7", Element.AIR_PRESSURE, 987),
        ("a21028", "0.03", Element.HYDROGEN_SULFIDE, 0.03),
        ("LA", "61.5", Element.NOISE, 61.5),
    ],
)
def test_a_figure_comes_in_the_houses_unit(
    code: str, figure: str, element: Element, value: float
) -> None:
    message = live(f"DataTime=20160801085800;{code}-Rtd={figure}")
    (found,) = hj212.readings(message, AT)
    assert (found.element, found.value) == (element, pytest.approx(value))
    assert hj212.doubts(message, AT) == ()


def test_every_factor_is_a_reading_or_is_named_as_what_nobody_keeps() -> None:
    """Nothing that is acknowledged may go without a trace."""
    for code, factor in hj212.FACTORS.items():
        message = live(f"DataTime=20160801085800;{code}-Rtd=7")
        kept, named = hj212.readings(message, AT), hj212.doubts(message, AT)
        assert bool(kept) != bool(named), factor.name
        assert not named or named == (("unsupported", f"{code}-Rtd=7"),)


def test_two_codes_of_one_element_leave_the_second_named() -> None:
    message = live("DataTime=20160801085800;w20122-Rtd=1.5;w20138-Rtd=0.2")
    assert [(r.element, r.value) for r in hj212.readings(message, AT)] == [(Element.COPPER, 1.5)]
    assert hj212.doubts(message, AT) == (("unsupported", "w20138-Rtd=0.2"),)
    assert hj212.fields_named("w20138-Rtd=0.2; WS=3") == "w20138-Rtd WS"
    assert hj212.fields_named("words of its own") == ""


def test_a_converted_concentration_is_a_reading_of_its_own() -> None:
    message = live("DataTime=20160801085800;a21026-Rtd=30,a21026-ZsRtd=41,a21026-Flag=N")
    assert [(r.element, r.value) for r in hj212.readings(message, AT)] == [
        (Element.SULFUR_DIOXIDE, 30), (Element.SULFUR_DIOXIDE_AT_O2, 41),
    ]  # fmt: skip
    assert hj212.doubts(message, AT) == ()


def test_what_flowed_in_a_period_stands_beside_its_mean() -> None:
    text = (
        "DataTime=20160801080000;w00000-Cou=237.91,w00000-Avg=66.09,w00000-Flag=N;"
        "w01018-Cou=46.63,w01018-Avg=196,w01018-Flag=N;w01001-Cou=0.00,w01001-Avg=7.03"
    )
    message = live(text, cn="2051")
    assert [(p.element, p.mean, p.total) for p in hj212.periods(message, AT)] == [
        (Element.DISCHARGE, 0.06609, 237.91), (Element.COD, 196, 46.63), (Element.PH, 7.03, None),
    ]  # fmt: skip
    assert hj212.doubts(message, AT) == ()
    alone = live("DataTime=20160801080000;w01018-Cou=46.63,w01018-Flag=N", cn="2061")
    assert [(p.mean, p.total) for p in hj212.periods(alone, AT)] == [(None, 46.63)]
    assert [p.total for p in hj212.periods(live(text.replace("=N", "=D"), cn="2051"), AT)] == [
        None, None, None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "stated", "kg"),
    [
        ("w20111", "46.5", 0.0465),  # 2017 annex B: mercury µg/L, its sum in g
        ("w20120", "120", 0.12),
        ("w20144", "1.2", 1.2),  # lead in surface water: mg/L and kg
        ("020", "0.0465", 0.0465),  # 2005: mg/L and kg
        ("w01018", "46.63", 46.63),
    ],
)
def test_the_sum_of_what_is_measured_in_micrograms_is_stated_in_grams(
    code: str, stated: str, kg: float
) -> None:
    message = live(f"DataTime=20160801080000;{code}-Cou={stated},{code}-Flag=N", cn="2031")
    (period,) = hj212.periods(message, AT)
    assert period.total == pytest.approx(kg)
    assert hj212.doubts(message, AT) == ()


@pytest.mark.parametrize(
    ("cn", "text", "named"),
    [
        ("2021", "DataTime=20160801085800;SB1-RS=1;SB2-RS=0", "SB1-RS=1; SB2-RS=0"),
        ("2041", "DataTime=20160801000000;SB1-RT=1.5", "SB1-RT=1.5"),
        ("2072", "DataTime=20160801085800;w01018-Ala=2.1,AlarmType=1",
         "w01018-Ala=2.1; AlarmType=1"),
        ("2081", "DataTime=20160801085800;RestartTime=20160801083000",
         "RestartTime=20160801083000"),
        ("3015", "DataTime=20160801085800;VaseNo=3", "VaseNo=3"),
        ("2011", "DataTime=20160801085800;w01018-Avg=4,w01018-EFlag=A01", "w01018-Avg=4"),
    ],
)  # fmt: skip
def test_what_has_no_place_is_named_as_it_stands(cn: str, text: str, named: str) -> None:
    assert hj212.doubts(live(text, cn=cn), AT) == (("unsupported", named),)


@pytest.mark.parametrize("figure", ["1e400", "1E1000000", "-1e999999999", "9" * 400])
def test_a_figure_beyond_every_instrument_is_none(figure: str) -> None:
    message = live(f"DataTime=20160801085800;w01018-Rtd={figure};w21011-Rtd=0.2")
    assert [r.value for r in hj212.readings(message, AT)] == [0.2]
    ((reason, _),) = hj212.doubts(message, AT)
    assert reason == "element"


def test_each_time_in_a_message_has_its_own_figures() -> None:
    message = live(
        "DataTime=20160801070000;w01018-Rtd=1;DataTime=20160801080000;w01018-Rtd=2,w01018-Flag=D"
    )
    found = [(f"{r.at:%H}", r.value) for r in hj212.readings(message, AT)]
    assert found == [("07", 1), ("08", None)]


def test_a_station_writes_what_the_centre_reads() -> None:
    content = hj212.measured(AT, {Element.PH: 7.25, Element.DISCHARGE: 0.5, Element.COD: None})
    message = decoded(hj212.encode(replace(decoded(ANNEX_A), cn="2011", content=content)))
    assert [(r.element, r.at, r.value) for r in hj212.readings(message, AT)] == [
        (Element.PH, AT, 7.25),
        (Element.DISCHARGE, AT, 0.5),
        (Element.COD, AT, None),
    ]


def test_both_editions_name_the_same_factor() -> None:
    for old, new, name, unit in (
        ("001", "w01001", "pH值", ""),
        ("011", "w01018", "化学需氧量", "mg/L"),
        ("060", "w21003", "氨氮", "mg/L"),
        ("065", "w21001", "总氮", "mg/L"),
        ("101", "w21011", "总磷", "mg/L"),
        ("B01", "w00000", "污水", "L/s"),
    ):
        row = hj212.factor(old)
        assert row is hj212.factor(new)
        assert row is not None
        assert (row.code, row.name, row.unit) == (new, name, unit)


# Public frames.


def samples(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((SHARED / name).read_text("utf-8"))
    return found


def check(message: Message, expect: dict[str, Any]) -> None:
    for key in ("QN", "ST", "CN", "PW", "MN"):
        assert getattr(message, key.lower()) == expect.get(key, "")
    assert message.flag == (int(expect["Flag"]) if "Flag" in expect else None)
    if "flag_bits" in expect:
        assert message.edition == expect["flag_bits"]["version"]
        assert message.wants_answer == expect["flag_bits"]["needs_ack"]
    for key, value in expect.get("cp", {}).items():
        found = list(message.texts(key)) if isinstance(value, list) else message.text(key)
        assert found == value
    said = {each.code: dict(each.fields) for each in message.observations}
    for code, fields in expect.get("factors", {}).items():
        assert fields.items() <= said[code].items()


@pytest.mark.skipif(not SHARED.exists(), reason="the public frames are not beside this checkout")
def test_public_frames_are_read_as_others_read_them() -> None:
    for sample in samples("hj212.json"):
        (part,) = Hj212Decoder().feed(sample["text"].encode("gb18030"))
        if sample.get("crc_variant") == "modbus":
            assert isinstance(part, Message)
            assert part.checksum is Checksum.MODBUS
        elif sample.get("invalid"):
            assert isinstance(part, Rejected)
            assert part.reason is Reason.CHECK
        else:
            assert isinstance(part, Message), sample
            assert part.checksum is Checksum.HJ212
            check(part, sample["expect"])


@pytest.mark.skipif(not SHARED.exists(), reason="the public frames are not beside this checkout")
def test_the_example_segments_of_annex_c_are_read_and_written_again() -> None:
    for sample in samples("hj212_segments.json"):
        message = decoded(framed(sample["text"]))
        check(message, sample["expect"])
        assert hj212.encode(message) == framed(sample["text"].replace("; LA", ";LA"))
