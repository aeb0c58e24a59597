"""JT/T 808: frames laid out by hand after the standard, public frames, what becomes of them."""

import json
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from functools import reduce
from operator import xor
from pathlib import Path
from typing import Any

import pytest
from tests.chinese import in_chinese

from anlan.protocols import jt808
from anlan.protocols.framing import Malformed, Reason, Rejected
from anlan.protocols.jt808 import (
    EMERGENCY,
    Answer,
    Asked,
    Authentication,
    Batch,
    Body,
    Control,
    Found,
    Item,
    Jt808Decoder,
    Message,
    Missing,
    Packet,
    Parameters,
    Position,
    Registered,
    Registration,
    Text,
    edges,
    stated,
    word,
)
from anlan.protocols.jt808.details import (
    Analog,
    Crossing,
    Detail,
    Pressures,
    RoadTime,
    Speeding,
)
from anlan.protocols.jt808.items import AlarmMark
from anlan.protocols.jt808.packets import Added
from anlan.vocabulary.clock import CHINA
from anlan.vocabulary.notices import NoticeState
from anlan.vocabulary.readings import Position as Place

SHARED = Path(__file__).parents[2] / "../shared/protocols"
AT = datetime(2026, 7, 6, 11, 5, 9, tzinfo=CHINA)
PHONE, PHONE_2019 = "013812345678", "00000000013812345678"


def laid_out(
    message_id: str, body: str, *, edition: int = 2013, serial: str = "0005", packet: str = ""
) -> bytes:
    """``7E … 7E`` around a header and the hexadecimal bytes of a body, escaped byte by byte.

    packet: how many there are and which this is, two bytes each.
    """
    size = len(bytes.fromhex(body)) | (0x4000 if edition == 2019 else 0)
    size |= 0x2000 if packet else 0
    head = f"{message_id}{size:04X}" + ("01" + PHONE_2019 if edition == 2019 else PHONE)
    content = bytes.fromhex(head + serial + packet + body)
    content += bytes([reduce(xor, content)])
    inside = b"".join({0x7E: b"\x7d\x02", 0x7D: b"\x7d\x01"}.get(b, bytes([b])) for b in content)
    return b"\x7e" + inside + b"\x7e"


def decoded(frame: bytes) -> Message:
    (message,) = Jt808Decoder().feed(frame)
    assert isinstance(message, Message), message
    return message


# 29.584800 N 106.451500 E, 265 m, 36.5 km/h, 90°, ACC on, fixed.
PLACE = (
    "00000000" + "00000003" + "01C36DA0" + "0658522C" + "0109" + "016D" + "005A" + "260706110509"
)
POSITION = Position(0, 3, 29.5848, 106.451500, 265, 36.5, 90, AT)
SIZE = f"{len(bytes.fromhex(PLACE)):04X}"

BODIES: dict[str, tuple[str, int, str, Body]] = {
    "an answer": ("0001", 2013, "007B" + "8103" + "00", Answer(123, 0x8103, 0)),
    "a registration of 2013": (
        "0100", 2013,
        "0032" + "006A" + "3730313037" + "582D3031".ljust(40, "0") + "30303132333435" + "02"
        + "D3E5413132333435",
        Registration(50, 106, "70107", "X-01", "0012345", 2, "渝A12345"),
    ),
    "a registration of 2011": (
        "0100", 2013,
        "0032" + "006A" + "3730313037" + "582D3031".ljust(16, "0") + "30303132333435" + "02"
        + "D3E5413132333435",
        Registration(50, 106, "70107", "X-01", "0012345", 2, "渝A12345", layout=2011),
    ),
    "a registration of 2019": (
        "0100", 2019,
        "0032" + "006A" + "3730313037".ljust(22, "0") + "582D3031".ljust(60, "0")
        + "30303132333435".ljust(60, "0") + "02" + "D3E5413132333435",
        Registration(50, 106, "70107", "X-01", "0012345", 2, "渝A12345", layout=2019),
    ),
    "an authentication of 2013": ("0102", 2013, "616263", Authentication("abc")),
    "an authentication of 2019": (
        "0102", 2019,
        "03616263" + "313233343536373839303132333435" + "312E30".ljust(40, "0"),
        Authentication("abc", "123456789012345", "1.0"),
    ),
    "a position": ("0200", 2013, PLACE, POSITION),
    "a position with mileage and fuel": (
        "0200", 2013, PLACE + "0104000004D2" + "020200C8",
        replace(POSITION, items=(Item(1, bytes.fromhex("000004D2")), Item(2, b"\x00\xc8"))),
    ),
    "a position asked for": ("0201", 2013, "0009" + PLACE, Found(9, POSITION)),
    "two positions from a tunnel": (
        "0704", 2019, "0002" + "01" + SIZE + PLACE + SIZE + PLACE, Batch(1, (POSITION, POSITION)),
    ),
    "parameters told": (
        "0104", 2013, "0009" + "01" + "00000055" + "04" + "00000050",
        Parameters(((0x55, b"\0\0\0\x50"),), 9),
    ),
    "the platform's answer": ("8001", 2013, "0005" + "0200" + "04", Answer(5, 0x0200, 4)),
    "packets missing, 2013": ("8003", 2013, "0005" + "02" + "0002" + "0004", Missing(5, (2, 4))),
    "packets missing, 2019": ("8003", 2019, "0005" + "0001" + "0002", Missing(5, (2,))),
    "a code to authenticate by": ("8100", 2013, "0005" + "00" + "616263", Registered(5, 0, "abc")),
    "parameters to set": (
        "8103", 2013, "02" + "00000001" + "04" + "0000003C" + "00000083" + "02" + "D3E5",
        Parameters(((1, b"\0\0\0\x3c"), (0x83, "渝".encode("gbk")))),
    ),
    "a command": ("8105", 2013, "04", Control(4)),
    "parameters asked for": ("8106", 2013, "01" + "00000029", Asked((0x29,))),
    "words, 2013": ("8300", 2013, "0D" + "C2FDD0D0", Text(13, "慢行")),
    "words, 2019": ("8300", 2019, "0D" + "01" + "C2FDD0D0", Text(13, "慢行", 1)),
}  # fmt: skip


@pytest.mark.parametrize("name", BODIES)
def test_a_body_laid_out_by_hand_is_read_and_written(name: str) -> None:
    message_id, edition, hexadecimal, body = BODIES[name]
    frame = laid_out(message_id, hexadecimal, edition=edition)
    message = decoded(frame)
    assert (f"{message.id:04X}", message.edition, message.serial) == (message_id, edition, 5)
    assert message.phone == (PHONE_2019 if edition == 2019 else PHONE)
    assert jt808.parse(message) == body
    assert jt808.written(body, edition).hex().upper() == hexadecimal
    assert jt808.encode(message) == frame


def test_flags_inside_are_escaped_both_ways() -> None:
    body = "7E7D027D017E"
    frame = laid_out("0900", body)
    assert frame[1:-1].count(b"\x7e") == 0
    assert decoded(frame).body.hex().upper() == body
    assert jt808.encode(decoded(frame)) == frame


def test_alarms_states_and_items_have_the_standards_names_and_units() -> None:
    items = "0104000004D2" + "0602FFF6" + "300115" + "E10100"
    body = "20000002" + "0008010F" + PLACE[16:] + items
    found = jt808.parse(decoded(laid_out("0200", body)))
    assert isinstance(found, Position)
    assert found.alarms_in(2019) == ("超速报警", "碰撞侧翻报警")
    assert found.alarms_in(2013) == ("超速报警", "碰撞预警")
    assert found.states == ("ACC开", "定位", "南纬", "西经", "使用北斗卫星定位", "半载")
    assert (found.latitude, found.longitude) == (-29.5848, -106.4515)
    mileage, cold, signal, other = found.items
    assert (mileage.name, mileage.value, mileage.unit) == ("里程", Decimal("123.4"), "km")
    assert (cold.name, cold.value, cold.unit) == ("车厢温度", Decimal(-10), "℃")
    assert signal.value == 21
    assert (other.name, other.value) == ("", None)


@pytest.mark.parametrize(
    ("item", "raw", "said"),
    [
        (0x11, "00", Speeding(0, None)),
        (0x11, "0000000000", Speeding(0, None)),
        (0x11, "0100000102", Speeding(1, 258)),
        (0x12, "040000000900", Crossing(4, 9, 0)),
        (0x12, "020000000901", Crossing(2, 9, 1)),
        (0x13, "0000000701F401", RoadTime(7, 500, 1)),
        (0x2B, "00020001", Analog(1, 2)),
        (0x05, "FF2122" + "FF" * 27, Pressures((None, 0x21, 0x22))),
        (0xE1, "00", None),
        (0x01, "00000001", None),
    ],
)
def test_an_item_of_several_fields_says_each(item: int, raw: str, said: Detail | None) -> None:
    assert Item(item, bytes.fromhex(raw)).detail == said


@pytest.mark.parametrize("item", [0x05, 0x11, 0x12, 0x13, 0x2B])
def test_an_item_of_another_length_than_the_standards_is_malformed(item: int) -> None:
    with pytest.raises(Malformed, match=f"item {item:02X} of 2 bytes"):
        _ = Item(item, bytes(2)).detail


def test_the_signals_of_a_vehicle_and_the_sleep_of_its_terminal_are_named() -> None:
    lamps = Item(0x25, bytes.fromhex("80004015"))
    assert lamps.set == ("近光灯信号", "右转向灯信号", "制动信号", "离合器状态")
    assert Item(0x2A, b"\x00\x02").set == ("休眠状态",)
    assert Item(0x01, bytes(4)).set is None


@pytest.mark.parametrize("cut_off", ["0202", "02"])
def test_a_cut_off_item_costs_neither_the_place_nor_the_alarm(cut_off: str) -> None:
    items = "0104000004D2" + cut_off
    found = jt808.parse(decoded(laid_out("0200", "00000001" + PLACE[8:] + items)))
    assert isinstance(found, Position)
    assert (found.alarms_in(2013), found.latitude) == (("紧急报警",), 29.5848)
    assert found.faults == ("item 02 is cut off",)
    assert [item.value for item in found.items] == [Decimal("123.4")]


def test_a_terminal_without_a_clock_still_calls_for_help() -> None:
    found = jt808.parse(decoded(laid_out("0200", "00000001" + PLACE[8:-12] + "0" * 12)))
    assert isinstance(found, Position)
    assert (found.at, found.alarms_in(2013)) == (None, ("紧急报警",))
    assert found.faults == ("000000000000 is no time",)


@pytest.mark.parametrize(
    ("body", "faults"),
    [
        ("0003" + "01" + SIZE + PLACE + "0004" + "00" * 4 + SIZE + PLACE,
         ("position 2: a position of 4 bytes",)),
        ("0003" + "01" + SIZE + PLACE + SIZE + PLACE, ("position 3 of 3 is missing",)),
        ("0002" + "01" + SIZE + PLACE + "0040" + PLACE, ("position 2 of 2 is cut off",)),
        ("0002" + "01" + SIZE + PLACE + "0040" + PLACE[:-2],
         ("position 2 of 2 is cut off", "position 2: a position of 27 bytes")),
    ],
)  # fmt: skip
def test_one_bad_position_costs_no_other_of_its_batch(body: str, faults: tuple[str, ...]) -> None:
    found = jt808.parse(decoded(laid_out("0704", body)))
    assert isinstance(found, Batch)
    assert set(found.positions) == {POSITION}
    assert found.faults == faults


@pytest.mark.parametrize(
    ("status", "place"),
    [("00000001", "FFFFFFFF" * 2), ("00000023", PLACE[16:32]), ("00000003", "05E69EC0" + "0" * 8)],
)
def test_what_is_no_place_is_none(status: str, place: str) -> None:
    """Without a place, enciphered (status bit 5), and north of the pole."""
    found = jt808.parse(decoded(laid_out("0200", "00000001" + status + place + PLACE[32:])))
    assert isinstance(found, Position)
    assert (found.latitude, found.longitude, found.fixed) == (None, None, False)
    assert found.alarms_in(2013) == ("紧急报警",)


def test_a_driver_on_the_telephone_is_understood() -> None:
    """T/JSATL 12-2017, item 65: number, flag, type, level, fatigue, 4 reserved, then the place."""
    raw = (
        "00000007" + "01" + "02" + "02" + "00" + "00000000" + "24" + "0109" + "01C36DA0"
        + "0658522C" + "260706110509" + "0000" + "00" * 16
    )  # fmt: skip
    alarm = Item(0x65, bytes.fromhex(raw)).alarm
    assert alarm is not None
    assert (alarm.number, alarm.flag, alarm.name, alarm.level) == (7, 1, "接打电话报警", 2)
    assert (alarm.speed, alarm.altitude, alarm.at) == (36, 265, AT)
    assert (alarm.latitude, alarm.longitude) == (29.5848, 106.4515)
    with pytest.raises(jt808.Malformed):
        _ = Item(0x65, bytes.fromhex(raw)[:20]).alarm


def test_what_the_assistant_saw_ahead_and_the_mark_of_its_pictures_are_understood() -> None:
    """T/JSATL 12-2017, item 64: an off-lane alarm at 50 km/h, the vehicle ahead 1.5 s away."""
    mark = b"T-00001".hex() + "260706110509" + "02" + "03" + "00"
    raw = (
        "00000008" + "01" + "02" + "01" + "2D" + "0F" + "02" + "01" + "50" + "32" + "0109"
        + "01C36DA0" + "0658522C" + "260706110509" + "0401" + mark
    )  # fmt: skip
    alarm = Item(0x64, bytes.fromhex(raw)).alarm
    assert alarm is not None
    assert (alarm.name, alarm.drift, alarm.speed) == ("车道偏离报警", "右侧偏离", 50)
    assert (alarm.ahead_speed, alarm.ahead_s) == (45, Decimal("1.5"))
    assert (alarm.road_sign, alarm.road_sign_figure) == ("限速标志", 80)
    assert alarm.states == ("ACC打开", "已定位")
    assert alarm.mark == AlarmMark("T-00001", AT, serial=2, files=3)
    assert alarm.fatigue is None


@pytest.mark.parametrize(
    ("number", "raw", "said"),
    [
        (0x0029, "0000001E", Decimal(30)),
        (0x0080, "000004D2", Decimal("123.4")),  # tenths of a kilometre
        (0x0084, "02", Decimal(2)),
        (0x0010, "434D4E4554", "CMNET"),
        (0x0083, "D3E54131323334 35".replace(" ", ""), "渝A12345"),
        (0x0029, "1E", None),  # four bytes are asked
    ],
)
def test_a_parameter_says_its_value(number: int, raw: str, said: Decimal | str | None) -> None:
    assert jt808.PARAMETERS[number].value(bytes.fromhex(raw)) == said


def test_a_registration_of_2011_with_a_vin_is_told_from_one_of_2013() -> None:
    vin = "LSGPC52U5AF123456"
    old = Registration(50, 106, "MAKER", "M-1", "T-1", 0, vin, 2011)
    body = jt808.written(old)
    assert len(body) == 42  # long enough for 2013, with a "plate" of five signs
    assert jt808.parse(Message(0x0100, PHONE, 1, body)) == old
    new = Registration(50, 106, "MAKER", "A-MODEL-OF-20-SIGNS.", "T-00001", 2, "12345", 2013)
    assert jt808.parse(Message(0x0100, PHONE, 1, jt808.written(new))) == new


def test_the_time_is_told_in_utc() -> None:
    asked = Message(0x0004, PHONE_2019, 7, edition=2019)
    told = jt808.told_time(asked, 1, AT)
    assert told.body.hex() == "260706030509"
    assert jt808.parse(told) == jt808.Time(AT)


def test_a_tyre_alarm_names_its_wheels_and_what_is_wrong_with_them() -> None:
    head = f"00000009 01 24 0109 {29584800:08X} {106451500:08X} 200820080500 0000" + "00" * 16
    wheels = "02 00 0002 0352 0028 0050 03 0045 01F4 0050 0050"
    item = Item(0x66, bytes.fromhex(head + wheels))
    low, hot = stated("1", item, Place(106.4, 29.5))[1:]
    assert [in_chinese(word(n.code)) for n in stated("1", item, Place(106.4, 29.5))] == [
        "胎压过高报警", "胎压过低报警", "慢漏气报警",
    ]  # fmt: skip
    assert (low.part, low.words, low.state) == ("9-3", "#4 500 kPa 80 ℃", NoticeState.BEGUN)
    assert hot.speed_kmh == 36
    with pytest.raises(Malformed):
        stated("1", Item(0x66, item.raw[:-1]), Place(0, 0))


def test_a_bit_begins_and_ends_and_a_button_only_happens() -> None:
    assert list(edges(0, 0b11)) == [
        (EMERGENCY, NoticeState.EVENT), ("jt808:bit.1", NoticeState.BEGUN),
    ]  # fmt: skip
    assert list(edges(0b11, 0b10)) == []
    assert list(edges(0b10, 0)) == [("jt808:bit.1", NoticeState.ENDED)]


def test_a_long_message_is_divided_and_put_together_whatever_comes_first() -> None:
    whole = Message(0x0801, PHONE, 0xFFFE, bytes(range(256)) * 10)
    packets = [decoded(jt808.encode(packet)) for packet in jt808.divided(whole)]
    assert [packet.packet for packet in packets] == [Packet(3, 1), Packet(3, 2), Packet(3, 3)]
    assert [packet.serial for packet in packets] == [0xFFFE, 0xFFFF, 0]
    assembler = jt808.Assembler()
    asked = assembler.add(packets[2])
    assert (asked.whole, asked.first, asked.missing) == (None, 0xFFFE, (1, 2))
    assert assembler.add(packets[0]) == Added()
    assert assembler.add(packets[0]) == Added()
    assert assembler.add(packets[1]) == Added(whole)
    assert len(assembler) == 0


def test_unfinished_messages_do_not_pile_up() -> None:
    """The oldest go, and are given back: they are kept as bad frames."""
    assembler = jt808.Assembler()
    came, gone = [], []
    for serial in range(1, 1000, 3):
        message = replace(decoded(laid_out("0801", "00")), serial=serial, packet=Packet(9, 1))
        came.append(serial)
        added = assembler.add(message)
        assert added.whole is None
        gone += [packet.serial for packet in added.given_up]
    assert len(assembler) <= 8
    assert gone + [packet.serial for packet in assembler.give_up()] == came
    assert len(assembler) == 0


def test_a_message_that_begins_anew_gives_back_what_had_come() -> None:
    first = replace(decoded(laid_out("0801", "00")), serial=7, packet=Packet(3, 1))
    assembler = jt808.Assembler()
    assembler.add(first)
    added = assembler.add(replace(first, packet=Packet(2, 1)))
    assert (added.given_up, bool(added.why), len(assembler)) == ((first,), True, 1)


def test_what_does_not_come_is_asked_for_twice_and_then_given_up() -> None:
    first = replace(decoded(laid_out("0801", "00")), serial=7, packet=Packet(3, 1))
    second = replace(first, serial=8, packet=Packet(3, 2))
    assembler = jt808.Assembler()
    assert assembler.due_at() is None
    assembler.add(first, 100.0)
    assert assembler.due_at() == 120.0
    assert assembler.overdue(119.0) == []
    for now in (120.0, 140.0):
        (late,) = assembler.overdue(now)
        assert (late.first, late.missing, late.given_up) == (7, (2, 3), ())
    assembler.add(second, 150.0)
    for now in (170.0, 190.0):
        (late,) = assembler.overdue(now)
        assert late.missing == (3,), "what is new earns new patience"
    (late,) = assembler.overdue(210.0)
    assert (late.given_up, late.why) == ((first, second), "packet 3 of 3 did not come")
    assert assembler.due_at() is None


def three_packets(serial: int) -> list[Message]:
    first = replace(decoded(laid_out("0801", "00")), serial=serial, packet=Packet(3, 1))
    return [replace(first, serial=serial + n, packet=Packet(3, n + 1)) for n in range(3)]


@pytest.mark.parametrize("number", [1, 3])
def test_a_packet_that_comes_again_after_its_message_was_whole_asks_and_complains_of_nothing(
    number: int,
) -> None:
    assembler = jt808.Assembler()
    packets = three_packets(7)
    whole = [assembler.add(packet, 100.0).whole for packet in packets][-1]
    assert whole is not None
    assert assembler.add(packets[number - 1], 101.0) == Added()
    assert assembler.overdue(130.0) == []
    assert (len(assembler), assembler.due_at()) == (0, None)
    assembler.add(packets[number - 1], 131.0)
    assert assembler.give_up() == (), "the end of the line"
    again = [assembler.add(packet, 140.0) for packet in packets]
    assert again == [Added(), Added(), Added(whole)], "sent again from end to end it is taken"


def test_what_comes_again_is_put_out_by_newer_messages_without_a_complaint() -> None:
    assembler = jt808.Assembler()
    packets = three_packets(7)
    for packet in (*packets, packets[0]):
        assembler.add(packet)
    given_up = [assembler.add(three_packets(100 * n)[0]).given_up for n in range(1, 9)]
    assert (given_up, len(assembler)) == ([()] * 8, 8)


def test_of_whole_messages_only_the_newest_are_remembered() -> None:
    """What has the key of an old one is a message of its own, and what it lacks is asked for."""
    assembler = jt808.Assembler()
    for serial in range(100, 1000, 100):
        for packet in three_packets(serial):
            assembler.add(packet)
    assert assembler.add(three_packets(100)[2]).missing == (1, 2)
    assert assembler.add(three_packets(900)[2]).missing == ()


def test_a_message_of_as_many_packets_as_are_taken_fits_a_megabyte_in_figures() -> None:
    worst = decoded(jt808.encode(Message(0x0801, "7E" * 6, 0x7E7E, b"\x7e" * 1023)))
    assert 2 * len(worst.raw) * jt808.MOST_PACKETS < (1 << 20) - (1 << 17)


def test_what_a_terminal_sends_is_answered_under_its_serial() -> None:
    report = decoded(laid_out("0200", PLACE, edition=2019, serial="1234"))
    reply = jt808.answer(report, 77)
    assert reply is not None
    assert (reply.id, reply.serial, reply.phone, reply.edition) == (0x8001, 77, PHONE_2019, 2019)
    assert jt808.parse(reply) == Answer(0x1234, 0x0200, 0)
    register = decoded(laid_out("0100", BODIES["a registration of 2013"][2]))
    assert jt808.answer(register, 1) is None
    assert jt808.parse(jt808.registered(register, 1, "abc")) == Registered(5, 0, "abc")
    assert jt808.parse(jt808.registered(register, 1, "abc", 4)) == Registered(5, 4)
    assert jt808.answer(decoded(laid_out("0001", "007B810300")), 1) is None


def test_orders_go_down_in_the_edition_of_the_terminal() -> None:
    to = decoded(laid_out("0002", "", edition=2019))
    assert jt808.order(to, 8, Text(13, "慢行")).body == bytes.fromhex("0D01C2FDD0D0")
    # 2019 knows service, urgent and notice in the lowest bits, and no text without one of them.
    assert jt808.order(to, 8, Text(12, "慢行")).body == bytes.fromhex("0F01C2FDD0D0")
    assert jt808.order(replace(to, edition=2013), 8, Text(12, "慢行")).body[:1] == b"\x0c"
    assert jt808.ask(to, 9, 0x8201).body == b""
    assert jt808.order(to, 8, Parameters(((1, b"\x3c"),))).id == 0x8103
    with pytest.raises(jt808.NotEncodable):
        jt808.ask(to, 9, 0x8300)


@pytest.mark.parametrize(
    ("frame", "reason"),
    [
        (laid_out("0200", PLACE)[:-2] + b"\x00\x7e", Reason.CHECK),
        (b"\x7e\x00\x02\x7e", Reason.MALFORMED),
        (laid_out("0002", "")[:9], Reason.INCOMPLETE),
        (b"noise", Reason.GARBAGE),
    ],
)
def test_what_is_no_message_is_rejected_and_the_next_is_read(frame: bytes, reason: Reason) -> None:
    decoder = Jt808Decoder()
    found = decoder.feed(frame) + decoder.flush() + decoder.feed(laid_out("0002", ""))
    assert isinstance(found[0], Rejected)
    assert found[0].reason is reason
    assert isinstance(found[-1], Message)


def test_a_lost_end_swallows_no_other_frame() -> None:
    half, good = laid_out("0200", PLACE)[:20], laid_out("0002", "")
    found = Jt808Decoder().feed(half + good + good)
    assert [type(part) for part in found if part.raw != b"\x7e"] == [Rejected, Message, Message]


def test_a_body_of_another_length_than_announced_names_its_sender() -> None:
    content = bytes.fromhex("00020005" + PHONE + "0005")
    frame = b"\x7e" + content + bytes([reduce(xor, content)]) + b"\x7e"
    (bad,) = Jt808Decoder().feed(frame)
    assert isinstance(bad, Rejected)
    assert (bad.reason, bad.sender) == (Reason.MALFORMED, PHONE)


@pytest.mark.parametrize(
    ("message_id", "body"),
    [
        ("0200", PLACE[:-4]),
        ("0704", "0002"),
        ("8103", "01" + "00000001" + "04" + "00"),
        ("8106", "02" + "00000001"),
        ("0001", "007B"),
        ("8003", "0005" + "03" + "0002"),
    ],
)
def test_a_body_that_breaks_the_standard_is_malformed(message_id: str, body: str) -> None:
    with pytest.raises(jt808.Malformed):
        jt808.parse(decoded(laid_out(message_id, body)))


def test_what_the_standard_has_no_bytes_for_is_refused() -> None:
    for body in (
        replace(POSITION, latitude=-1.0), replace(POSITION, speed=70_000.0),
        replace(POSITION, at=AT.replace(year=2126)),
        Registration(1, 1, "123456", "", "", 1, ""),
    ):  # fmt: skip
        with pytest.raises(jt808.NotEncodable):
            jt808.written(body)
    for message in (
        Message(0x0200, PHONE, 1, bytes(1024)), Message(0x0200, "1" * 13, 1),
        Message(0x0200, "phone", 1), Message(0x0200, PHONE, 70_000),
        Message(0x0200, PHONE, 1, packet=Packet(1, 2)),
    ):  # fmt: skip
        with pytest.raises(jt808.NotEncodable):
            jt808.encode(message)


@pytest.mark.skipif(not SHARED.exists(), reason="the public frames are not here")
def test_public_frames_of_real_terminals_are_read() -> None:
    rows: list[dict[str, Any]] = json.loads((SHARED / "jt808.json").read_text("utf-8"))
    positions = 0
    for row in rows:
        decoder = Jt808Decoder()
        found = decoder.feed(bytes.fromhex(row["hex"])) + decoder.flush()
        wanted = row["expect"]
        if row.get("invalid"):
            assert all(isinstance(part, Rejected) for part in found), row
            continue
        (message,) = found
        assert isinstance(message, Message), row
        assert f"{message.id:04X}" == wanted["msg_id"]
        assert message.phone == wanted["phone"].upper()
        assert (message.serial, message.edition) == (wanted["serial"], wanted["version"])
        assert decoded(jt808.encode(message)) == message
        body, told = jt808.parse(message), wanted.get("body", {})
        if isinstance(body, Position):
            positions += 1
            check_position(body, told)
        elif isinstance(body, Batch):
            for one, each in zip(body.positions, told["items"], strict=True):
                check_position(one, each)
        elif isinstance(body, Registration):
            assert (body.plate, body.terminal) == (told["plate"], told["terminal_id"])
        elif isinstance(body, Authentication | Registered):
            assert body.code == told["auth_code"]
    assert positions > 20


def check_position(one: Position, told: dict[str, Any]) -> None:
    there = abs(told["lat"]) <= 90  # one states a longitude as its latitude
    assert (one.latitude, one.longitude) == ((told["lat"], told["lon"]) if there else (None, None))
    assert (one.speed, one.altitude) == (told["speed_kmh"], told["altitude_m"])
    assert one.at.isoformat() == told["time"]
    assert (one.ignition, one.fixed) == (told["acc_on"], told["positioned"])
    assert [f"{item.id:02X}" for item in one.items] == list(told.get("extras", {}))
    mileage = one.item(1)
    if "mileage_km" in told and mileage is not None:
        assert float(mileage.value or 0) == told["mileage_km"]
