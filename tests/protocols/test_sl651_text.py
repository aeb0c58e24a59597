"""SL 651-2014 in ASCII coding, laid out by hand after tables 16-19 and 6.6.2.

The CRCs were computed bit by bit, not with the code under test.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.protocols.noise import in_two_pieces
from tests.protocols.sl651_frames import SEEN, SENT, STATION, VECTORS, report

from anlan.protocols.framing import Reason, Rejected
from anlan.protocols.sl651 import (
    Coding,
    Control,
    Direction,
    Item,
    Message,
    Packet,
    Report,
    Sl651Decoder,
    answer,
    crc,
    encode,
    question,
    readings,
)
from anlan.vocabulary.clock import CHINA
from anlan.vocabulary.elements import Element

HEAD = b"\x01015001060001123432"
TIMED = (
    HEAD + b"005A\x020007200820081503ST 5001060001 H TT 2008200815 Z 194.290 PJ M AI -3.5 "
    b"ZT 00000040 VT 12.50 \x036FD1"
)
HOUR = (
    b"\x01015001060001123434006C\x020007200820090003ST 5001060001 P TT 2008200805 "
    b"DRP 00050A0000FF0000FE000001 TT 2008200900 PT 1234.5 VT 12.50 \x032D6A"
)
UNIFORM = (
    b"\x01015001060001123431005C\x020007200820081503ST 5001060001 H TT 2008200800 "
    b"DRN05 Z Q 194.290 8200.5 194.310 M 194.3 8300 \x0363D4"
)
MAKERS = (
    b"\x01015001060001123433003E\x020007200820081503ST 5001060001 H TT 2008200815 "
    b"XYZ 12 Z 194.29 \x039489"
)
MANUAL = (
    b"\x010150010600011234350036\x020007200820081503RGZS ST 12345678 TT 08200800 Z 194.29 \x039BF2"
)
PACKETS = (
    HEAD + b"0038\x160020010007200820081503ST 5001060001 H TT 2008200815 Z 19\x178D34",
    HEAD + b"0015\x160020024.290 VT 12.50 \x03C90A",
)
ASKED = b"\x015001060001011234378010\x020000200820081503\x05DB9C"
HEARTBEAT = b"\x0101500106000112342F0010\x020007200820081503\x039983"


def read(frame: bytes) -> Message:
    (message,) = Sl651Decoder().feed(frame)
    assert isinstance(message, Message), message
    return message


def one(code: str, value: str | None, decimals: int = 0) -> Item:
    return Item(code, SEEN, 0, decimals, (None if value is None else Decimal(value),))


def test_a_timed_report_is_read_and_written_as_the_standard_lays_it_out() -> None:
    items = (
        one("39", "194.290", 3),
        one("20", None),
        one("02", "-3.5", 1),
        Item("45", SEEN, raw=bytes.fromhex("00000040")),
        one("38", "12.50", 2),
    )
    message = report(0x32, 7, (Report(STATION, 0x48, items),), coding=Coding.ASCII)
    assert read(TIMED) == message
    assert encode(message) == TIMED
    assert [(r.element, r.value) for r in readings(message, SENT)] == [
        (Element.STAGE, 194.29),
        (Element.RAIN_TODAY, None),
        (Element.AIR_TEMPERATURE, -3.5),
        (Element.STATUS, 0x40),
        (Element.BATTERY, 12.5),
    ]


def test_twelve_five_minute_values_stand_as_the_figures_of_their_bytes() -> None:
    message = read(HOUR)
    rain = [r for r in readings(message, SENT) if r.element is Element.RAIN_5MIN]
    assert [r.value for r in rain] == [0, 0.5, 1.0, 0, 0, None, 0, 0, 25.4, 0, 0, 0.1]
    assert rain[0].at == datetime(2020, 8, 20, 8, 5, tzinfo=SENT.tzinfo)
    assert rain[-1].at == datetime(2020, 8, 20, 9, 0, tzinfo=SENT.tzinfo)
    assert encode(message) == HOUR


def test_a_row_of_two_elements_gives_each_its_own_values() -> None:
    stage, flow = read(UNIFORM).reports[0].items
    assert stage.values == (Decimal("194.290"), Decimal("194.310"), Decimal("194.3"))
    assert flow.values == (Decimal("8200.5"), None, Decimal(8300))
    assert stage.step == flow.step == timedelta(minutes=5)
    found = readings(read(UNIFORM), SENT)
    assert [(r.element, f"{r.at:%H:%M}", r.value) for r in found] == [
        (Element.STAGE, "08:00", 194.29), (Element.STAGE, "08:05", 194.31),
        (Element.STAGE, "08:10", 194.3), (Element.DISCHARGE, "08:00", 8200.5),
        (Element.DISCHARGE, "08:05", None), (Element.DISCHARGE, "08:10", 8300.0),
    ]  # fmt: skip


def test_an_identifier_that_the_table_has_not_is_kept_and_the_next_one_read() -> None:
    makers, stage = read(MAKERS).reports[0].items
    assert (makers.code, makers.definition, makers.values) == ("XYZ", None, (Decimal(12),))
    assert stage.code == "39"


def test_what_a_person_keyed_in_is_text() -> None:
    assert read(MANUAL).text == "ST 12345678 TT 08200800 Z 194.29 "


def test_the_centre_answers_and_asks_in_the_same_coding() -> None:
    message = read(TIMED)
    asked = question(message, 0x37, SENT)
    assert encode(asked) == ASKED
    assert read(ASKED) == asked
    reply = read(encode(answer(message, SENT, Control.ESC)))
    assert (reply.direction, reply.coding, reply.serial) == (Direction.DOWN, Coding.ASCII, 7)
    assert (read(HEARTBEAT).function, read(HEARTBEAT).serial) == (0x2F, 7)


def test_packets_are_numbered_in_six_characters() -> None:
    first, second = map(read, PACKETS)
    assert (first.packet, second.packet) == (Packet(2, 1), Packet(2, 2))
    assert (first.serial, second.serial, second.rest) == (7, None, b"4.290 VT 12.50 ")
    assert [encode(first), encode(second)] == list(PACKETS)


@pytest.mark.parametrize(
    ("old", "new", "detail"),
    [
        (b"Z 194.290", b"Z 194.2x0", "element 39: 194.2x0 is not decimal"),
        (b"TT 2008200815", b"TT 2008320815", "is not a time"),
        (b"ST 5001060001 H", b"ST 50010600 HHH", "is not 5 bytes"),
        (b"ST 5001060001 H TT", b"AC 5001060001 C 77", "before any station"),
    ],
)
def test_a_body_that_does_not_add_up_is_said_to(old: bytes, new: bytes, detail: str) -> None:
    spoilt = bytearray(TIMED[:-4].replace(old, new))
    spoilt += f"{crc(bytes(spoilt)):04X}".encode()
    (found,) = Sl651Decoder().feed(bytes(spoilt))
    said = found.detail if isinstance(found, Rejected) else "; ".join(found.faults)
    assert detail in said
    assert isinstance(found, Message) or found.sender == STATION


def test_both_codings_and_noise_share_a_line() -> None:
    plain = bytes.fromhex(VECTORS["a timed report of stage and voltage"][0])
    spoilt = TIMED.replace(b"194.290", b"194.291")
    found = Sl651Decoder().feed(b"\x01\x01Q" + TIMED + plain + spoilt + HEARTBEAT + plain)
    kinds = [part.reason if isinstance(part, Rejected) else part.coding for part in found]
    assert kinds == [
        Reason.GARBAGE, Coding.ASCII, Coding.HEX, Reason.CHECK, Coding.ASCII, Coding.HEX,
    ]  # fmt: skip
    decoder = Sl651Decoder()
    assert decoder.feed(TIMED[:30]) == []
    assert [part.reason for part in decoder.flush()] == [Reason.INCOMPLETE]  # type: ignore[union-attr]


instants = st.datetimes(
    datetime(2000, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    datetime(2099, 12, 31, 23, 59),  # noqa: DTZ001
    timezones=st.just(CHINA),
).map(lambda at: at.replace(second=0, microsecond=0, fold=0))
values = st.none() | st.decimals(-9999, 9999, places=3)
elements = st.builds(
    lambda code, at, value: Item(code, at, 0, 0 if value is None else 3, (value,)),
    st.sampled_from(["02", "1A", "26", "39", "46", "75", "XX9"]), instants, values,
)  # fmt: skip


@given(st.lists(elements, max_size=8), st.binary(max_size=30), st.data())
def test_what_is_written_is_read_again_whatever_stands_before_it(
    items: list[Item], noise: bytes, data: st.DataObject
) -> None:
    noise = noise.replace(b"\x7e", b"").replace(b"\x01", b"")
    message = report(0x33, 9, (Report(STATION, 0x50, tuple(items)),), coding=Coding.ASCII)
    assert in_two_pieces(Sl651Decoder(), noise + encode(message), data) == message


def test_an_unknown_class_or_a_divided_picture_come_back_whole() -> None:
    picture = Item("F3", SEEN, raw=bytes(range(256)))
    message = report(0x36, 3, (Report(STATION, 0x48, (picture,)),), coding=Coding.ASCII)
    assert read(encode(message)) == message
    assert read(encode(replace(message, function=0x32))).reports == message.reports
