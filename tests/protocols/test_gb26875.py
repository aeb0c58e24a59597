"""GB/T 26875.3: frames laid out by hand after the standard, public frames, what becomes of them."""

import json
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.chinese import in_chinese

from anlan.protocols import gb26875
from anlan.protocols.bits import names
from anlan.protocols.framing import Reason, Rejected
from anlan.protocols.gb26875 import Command, Entry, Gb26875Decoder, Message, Unit
from anlan.vocabulary.clock import CHINA

SHARED = Path(__file__).parents[2] / "../shared/protocols"
AT = datetime(2026, 7, 6, 11, 5, 9, tzinfo=CHINA)
STAMP = "09050B06071A"  # second 9, minute 5, hour 11, day 6, month 7, year 26
UNIT, CENTRE = "010203040506", "A1A2A3A4A5A6"
ADDRESSES = "060504030201" + "A6A5A4A3A2A1"


def laid_out(command: str, unit: str, *, serial: str = "0500", at: str = STAMP) -> bytes:
    """``@@ … ##`` around a control unit and the hexadecimal bytes of an application unit."""
    size = len(bytes.fromhex(unit)).to_bytes(2, "little").hex()
    body = bytes.fromhex(serial + "0100" + at + ADDRESSES + size + command + unit)
    return b"@@" + body + bytes([sum(body) % 256]) + b"##"


def decoded(frame: bytes) -> Message:
    (message,) = Gb26875Decoder().feed(frame)
    assert isinstance(message, Message), message
    return message


def sent(unit: Unit) -> Message:
    return Message(Command.SEND, 5, UNIT, CENTRE, AT, unit=unit)


PLACE = {"system": 1, "system_address": 2}
PART = PLACE | {"part": 42, "part_address": 0x0000070B}
WHOLE = {
    "a fire alarm system on fire and on mains fault": (
        "0101" + "0102" + "0201" + STAMP,
        Unit(1, (Entry(**PLACE, status=0x0102, at=AT),)),
    ),
    "a smoke detector on fire, with its place in words": (
        "0201" + "01022A0B070000" + "0200" + "B4C5C6F7BFDA".ljust(62, "0") + STAMP,
        Unit(2, (Entry(**PART, status=2, description="磁器口", at=AT),)),
    ),
    "two figures, one below zero": (
        "0302" + "01022A0B070000" + "03CEFF" + STAMP + "01022A0B070000" + "029001" + STAMP,
        Unit(3, (Entry(**PART, quantity=3, figure=-50, at=AT),
                 Entry(**PART, quantity=2, figure=400, at=AT))),
    ),
    "somebody silenced the panel": (
        "0401" + "0102" + "02" + "07" + STAMP,
        Unit(4, (Entry(**PLACE, operation=2, operator=7, at=AT),)),
    ),
    "the panel's software": ("0501" + "0102" + "0304", Unit(5, (
        Entry(**PLACE, version=(3, 4)),), labelled=False)),
    "what the system is": ("0601" + "0102" + "06" + "B4C5C6F7BFDA", Unit(6, (
        Entry(**PLACE, configuration="磁器口"),), labelled=False)),
    "what the part is": (
        "0701" + "01022A0B070000" + "B4C5C6F7BFDA".ljust(62, "0"),
        Unit(7, (Entry(**PART, description="磁器口"),), labelled=False),
    ),
    "the panel's clock": ("0801" + "0102" + STAMP, Unit(8, (
        Entry(**PLACE, moment=AT),), labelled=False)),
    "the transmission unit without a time": ("1501" + "09", Unit(21, (
        Entry(transmitter_status=0x09),), labelled=False)),
    "an answer to an inspection": (
        "1801" + "20" + "00" + STAMP, Unit(24, (Entry(operation=0x20, operator=0, at=AT),))),
    "the unit's clock": ("1C01" + STAMP, Unit(28, (Entry(moment=AT),), labelled=False)),
    "a question for ten records": ("4001" + "0102" + "0A" + STAMP, Unit(64, (
        Entry(**PLACE, records=10, moment=AT),), labelled=False)),
    "an order to initialise": ("5901" + "00", Unit(89, (Entry(),), labelled=False)),
}  # fmt: skip


@pytest.mark.parametrize("name", WHOLE)
def test_a_unit_laid_out_by_hand_is_read_and_written(name: str) -> None:
    unit_bytes, unit = WHOLE[name]
    frame = laid_out("02", unit_bytes)
    assert decoded(frame) == sent(unit)
    assert gb26875.encode(sent(unit)) == frame


def test_bits_figures_and_codes_have_the_standards_names_and_units() -> None:
    message = decoded(laid_out("02", WHOLE["two figures, one below zero"][0]))
    assert message.command_name == "发送数据"
    assert message.type is not None
    assert message.type.name == "上传建筑消防设施部件模拟量值"
    assert message.unit is not None
    cold, high = message.unit.entries
    assert (cold.system_name, cold.part_name) == ("火灾报警系统", "点型光电感烟火灾探测器")
    assert cold.measures is not None
    assert (cold.measures.name, cold.value, cold.measures.unit) == ("温度", Decimal("-5.0"), "℃")
    assert (high.value, high.measures and high.measures.unit) == (Decimal("4.00"), "m")
    assert names(0x0102, gb26875.STATUS) == ("火警", "主电故障")
    assert names(0x0102, gb26875.PART_STATUS) == ("火警", "电源故障")
    assert names(0x09, gb26875.TRANSMITTER_STATUS) == ("正常监视", "主电故障")
    assert names(0x20, gb26875.TRANSMITTER_OPERATIONS) == ("查岗应答",)


def test_the_supply_that_fails_is_the_parts_own_or_the_systems_mains() -> None:
    for entry, code, said in (
        (Entry(**PART, status=0x0100, at=AT), "gb26875:power_fault", "电源故障"),
        (Entry(**PLACE, status=0x0100, at=AT), "gb26875:mains_fault", "主电故障"),
    ):
        (notice,) = gb26875.notices(sent(Unit(1, (entry,))), AT)
        assert (notice.code, in_chinese(gb26875.word(notice.code))) == (code, said)


def test_data_are_confirmed_with_their_serial_and_the_addresses_turned_round() -> None:
    message = decoded(laid_out("02", WHOLE["an answer to an inspection"][0], serial="3412"))
    reply = gb26875.answer(message, AT)
    assert reply is not None
    assert (reply.command, reply.serial) == (Command.CONFIRM, 0x1234)
    assert (reply.source, reply.target) == (CENTRE, UNIT)
    frame = gb26875.encode(reply)
    assert frame[24:27].hex() == "000003"
    assert len(frame) == 30
    assert gb26875.answer(reply, AT) is None
    assert gb26875.deny(message, AT).command == Command.DENY


def test_orders_go_down_as_the_standard_lays_them_out() -> None:
    message = decoded(laid_out("02", WHOLE["the unit's clock"][0]))
    down = {
        "01": (gb26875.control(message, 90, 7, AT), "5A01" + STAMP),
        "02": (gb26875.control(message, 91, 8, AT, minutes=3), "5B0103"),
        "03": (gb26875.read(message, 62, 9, AT, Entry(**PART)), "3E0101022A0B070000"),
        "04": (gb26875.read(message, 81, 9, AT), "510100"),
    }
    for order, unit in down.values():
        assert (order.source, order.target) == (CENTRE, UNIT)
        assert gb26875.encode(order)[27:-3].hex().upper() == unit
    assert down["01"][0].command == Command.CONTROL
    assert down["03"][0].command == Command.REQUEST
    with pytest.raises(gb26875.NotEncodable):
        gb26875.read(message, 90, 1, AT)
    with pytest.raises(gb26875.NotEncodable):
        gb26875.control(message, 81, 1, AT)


def test_a_zero_time_and_a_type_of_the_users_are_taken_as_they_are() -> None:
    message = decoded(laid_out("02", "80010203", at="000000000000"))
    assert message.sent_at is None
    assert message.unit is None
    assert message.rest == bytes.fromhex("80010203")
    assert gb26875.encode(message) == message.raw


@pytest.mark.parametrize(
    ("frame", "reason", "detail"),
    [
        (laid_out("02", "150101")[:-3] + b"\x00##", Reason.CHECK, "computed"),
        (laid_out("02", "150101")[:-2] + b"#!", Reason.MALFORMED, "no ##"),
        (laid_out("02", "0102" + "0102"), Reason.MALFORMED, "are not 2 objects"),
        (laid_out("02", "150101")[:20], Reason.INCOMPLETE, ""),
        (b"noise", Reason.GARBAGE, ""),
    ],
)
def test_what_is_no_message_is_rejected_with_its_reason(
    frame: bytes, reason: Reason, detail: str
) -> None:
    good = laid_out("02", "150101")
    decoder = Gb26875Decoder()
    found = decoder.feed(frame) + decoder.flush() + decoder.feed(good)
    bad = found[0]
    assert isinstance(bad, Rejected)
    assert bad.reason is reason
    assert detail in bad.detail
    assert isinstance(found[-1], Message)


FIRE = "01022A0B070000" + "0200" + "B4C5C6F7BFDA".ljust(62, "0")
BURNING = Entry(**PART, status=2, description="磁器口", at=AT)


@pytest.mark.parametrize(
    ("unit", "entries", "fault", "lacking"),
    [
        ("0201" + FIRE + STAMP + "FF", (BURNING,), "1 bytes behind 1 objects", 0),
        ("0202" + FIRE + STAMP + FIRE[:12], (BURNING,), "object 2 of 2 is cut off", 1),
        ("0202" + FIRE + STAMP + FIRE + STAMP[:6], (BURNING, replace(BURNING, at=None)),
         "object 2 of 2 is cut off", 0),
        ("0202" + FIRE + FIRE + "07", (replace(BURNING, at=None),) * 2,
         "1 bytes behind 2 objects", 0),
        ("0201" + FIRE[:26], (replace(BURNING, description="磁器", at=None),),
         "object 1 of 1 is cut off", 0),
    ],
)  # fmt: skip
def test_a_byte_too_much_or_too_little_costs_no_fire(
    unit: str, entries: tuple[Entry, ...], fault: str, lacking: int
) -> None:
    read = decoded(laid_out("02", unit)).unit
    assert read is not None
    assert (read.entries, read.fault, read.lacking) == (entries, f"type 2: {fault}", lacking)


def test_a_malformed_unit_still_names_its_sender() -> None:
    (bad,) = Gb26875Decoder().feed(laid_out("02", "0102" + "0102"))
    assert isinstance(bad, Rejected)
    assert bad.sender == UNIT


def test_a_spoilt_length_swallows_no_other_frame() -> None:
    good = laid_out("02", "150101")
    spoilt = bytearray(good)
    spoilt[24] = 60
    decoder = Gb26875Decoder()
    found = decoder.feed(bytes(spoilt) + good + good)
    assert [type(part) for part in found] == [Rejected, Message, Message]


def test_a_length_that_ends_with_another_frame_does_not_swallow_it() -> None:
    good = laid_out("02", "150101")
    spoilt = good[:24] + bytes([good[24] + len(good)]) + good[25:]
    bad, *rest = Gb26875Decoder().feed(spoilt + good + good)
    assert (bad.raw, rest) == (spoilt, [decoded(good)] * 2)
    assert isinstance(bad, Rejected)
    assert bad.reason is Reason.CHECK


def test_a_mark_of_noise_costs_no_frame_and_a_serial_that_looks_like_one_is_none() -> None:
    fire = laid_out("02", WHOLE["a smoke detector on fire, with its place in words"][0])
    for frame in (fire, laid_out("03", "")):
        for noise in (b"@", b"@@", b"@@@", b"#@"):
            found = Gb26875Decoder().feed(noise + frame)
            assert b"".join(part.raw for part in found[:-1]) == noise
            assert found[-1] == decoded(frame)
    alike = laid_out("02", WHOLE["the panel's clock"][0], serial="4000")
    assert decoded(alike).serial == 0x40
    spoilt = alike[:-2] + b"!!"
    bad, good = Gb26875Decoder().feed(spoilt + fire)
    assert isinstance(bad, Rejected)
    assert bad.raw == spoilt
    assert good == decoded(fire)


@pytest.mark.parametrize(
    "message",
    [
        sent(Unit(60, ())),
        sent(Unit(2, (Entry(**PART, status=0, description="磁" * 16),))),
        sent(Unit(1, (Entry(**PLACE, status=70_000),))),
        sent(Unit(1, ())),
        sent(Unit(28, (Entry(moment=AT.replace(year=1999)),), labelled=False)),
        replace(sent(Unit(1, (Entry(**PLACE, status=1),))), source="12"),
        replace(sent(Unit(1, (Entry(**PLACE, status=1),))), serial=70_000),
        Message(Command.SEND, 1, rest=bytes(1025)),
    ],
)
def test_what_the_standard_has_no_bytes_for_is_refused(message: Message) -> None:
    with pytest.raises(gb26875.NotEncodable):
        gb26875.encode(message)


@pytest.mark.skipif(not SHARED.exists(), reason="the public frames are not here")
def test_public_frames_of_real_devices_are_read() -> None:
    rows: list[dict[str, Any]] = json.loads((SHARED / "gb26875.json").read_text("utf-8"))
    for row in rows:
        decoder = Gb26875Decoder()
        found = decoder.feed(bytes.fromhex(row["hex"])) + decoder.flush()
        wanted = row["expect"]
        if row.get("invalid"):
            assert all(isinstance(part, Rejected) for part in found), row
            continue
        (message,) = found
        assert isinstance(message, Message), row
        assert (message.serial, message.command) == (wanted["serial"], wanted["command"])
        assert (message.source, message.target) == (wanted["source"], wanted["target"])
        at = message.sent_at and message.sent_at.replace(tzinfo=None).isoformat()
        assert at == wanted["time"]
        assert decoded(gb26875.encode(message)) == message
        for entry, said in zip(message.unit.entries if message.unit else (),
                               wanted.get("objects", ()), strict=True):  # fmt: skip
            assert said.get("description") == entry.description
            assert said.get("part_type") == entry.part
            assert said.get("part_addr_le") == entry.part_address
