"""SL 651-2014: vectors typed from the standard, public frames, and what becomes of them."""

import json
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.protocols.sl651_frames import SEEN, SENT, STATION, VECTORS, decoded, item, report

from anlan.protocols import jpeg
from anlan.protocols.framing import Rejected
from anlan.protocols.sl651 import (
    Control,
    Direction,
    Item,
    Message,
    Packet,
    Report,
    Sl651Decoder,
    answer,
    crc,
    doubts,
    elements_named,
    encode,
    pictures,
    readings,
)
from anlan.protocols.sl651.elements import ELEMENTS, Kind
from anlan.protocols.sl651.manual import keyed_in
from anlan.vocabulary.elements import Element
from anlan.vocabulary.readings import Picture, Reading


@pytest.mark.parametrize("name", VECTORS)
def test_typed_frames_are_read_and_written_as_the_standard_lays_them_out(name: str) -> None:
    text, message = VECTORS[name]
    assert decoded(text) == message
    assert encode(message).hex().upper() == text


ANSWERS = {
    Control.ESC: "7E7E50010600010112343280080200072008200815041B095D",
    Control.EOT: "7E7E500106000101123432800802000720082008150404C11C",
    Control.NAK: "7E7E500106000101123432800802000720082008150415CDDC",
}


@pytest.mark.parametrize("end", ANSWERS)
def test_an_answer_has_the_station_first_and_the_serial_of_what_it_answers(end: Control) -> None:
    text = ANSWERS[end]
    message = decoded(VECTORS["a timed report of stage and voltage"][0])
    reply = answer(message, SENT + timedelta(seconds=1), end)
    assert encode(reply).hex().upper() == text
    assert decoded(text) == reply


def test_an_answer_to_a_divided_body_carries_the_number_of_its_last_packet() -> None:
    message = decoded(VECTORS["the first of two packets"][0])
    reply = answer(message, SENT, Control.EOT)
    assert decoded(encode(reply).hex()).packet == Packet(2, 2)


def test_the_crc_is_modbus() -> None:
    assert crc(b"123456789") == 0x4B37


def test_the_markers_f128_and_f028_of_real_stations_are_read_too() -> None:
    text, message = VECTORS["a timed report of stage and voltage"]
    variant = bytes.fromhex(text[:-4].replace("F1F1", "F128").replace("F0F0", "F028"))
    whole = variant + crc(variant).to_bytes(2, "big")
    assert decoded(whole.hex()) == message


# Public frames.

SAMPLES = Path(__file__).parents[2] / "../shared/protocols/sl651.json"


def plain(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def as_published(item: Item) -> dict[str, Any]:
    """An element in the words of the sample file."""
    said: dict[str, Any] = {"id": item.code}
    if item.raw:
        return said | {"raw": item.raw.hex().upper()}
    if item.step is None:
        return said | {"value": plain(item.values[0])}
    return said | {"values": [plain(value) for value in item.values]}


@pytest.mark.skipif(not SAMPLES.exists(), reason="the public frames are not beside this checkout")
def test_public_frames_are_read_as_others_read_them() -> None:
    samples = json.loads(SAMPLES.read_text("utf-8"))
    for sample in samples:
        found = Sl651Decoder().feed(bytes.fromhex(sample["hex"]))
        if sample.get("invalid"):
            assert all(isinstance(part, Rejected) for part in found), sample["reason"]
            assert found
            continue
        expect = sample["expect"]
        (message,) = found
        assert isinstance(message, Message), sample
        assert message.direction is Direction[expect["direction"].upper()]
        assert message.centre == expect["center"]
        assert message.station == expect["station"]
        assert f"{message.password:04X}" == expect["password"]
        assert f"{message.function:02X}" == expect["func"]
        assert message.end is Control[expect["end"]]
        assert message.serial == expect.get("serial")
        if "send_time" in expect:
            assert message.sent_at == datetime.fromisoformat(expect["send_time"] + "+08:00")
        assert (message.packet is None) == (expect["start"] == "STX")
        if message.packet is not None:
            assert message.packet == Packet(expect["packets_total"], expect["packet_no"])
        if "manual_text" in expect:
            assert message.text == expect["manual_text"]
        if "elements" in expect:
            check_elements(message, expect)
        elif "body_rest" in expect and message.packet is None:
            assert message.rest.hex().upper() == expect["body_rest"]


def check_elements(message: Message, expect: dict[str, Any]) -> None:
    (report,) = message.reports
    assert report.station == expect["body_station"]
    assert f"{report.station_class:02X}" == expect["station_class"]
    said = [as_published(item) for item in report.items]
    for element in expect["elements"]:
        element.pop("name", None)
        element.pop("step_dhm", None)
        element.pop("obs_time", None)
    assert said == expect["elements"]
    seen = datetime.fromisoformat(expect["obs_time"] + "+08:00")
    assert {each.observed_at for each in report.items} == {seen}


@pytest.mark.skipif(not SAMPLES.exists(), reason="the public frames are not beside this checkout")
def test_public_frames_come_back_the_same_when_they_are_written_again() -> None:
    for sample in json.loads(SAMPLES.read_text("utf-8")):
        if sample.get("invalid"):
            continue
        # F128 and F028 are read but not written; a row of 12 is written without its zero step.
        if "real RTU variant" in sample.get("note", "") or sample["expect"]["func"] == "38":
            continue
        assert encode(decoded(sample["hex"])).hex().upper() == sample["hex"]


# Readings.


def test_a_report_becomes_readings_with_the_time_of_observation() -> None:
    message = decoded(VECTORS["discharge before stage, a maker's own element, a HEX station"][0])
    assert readings(message, SENT) == (
        Reading("500106EA60", Element.DISCHARGE, SEEN, 28400.5, SENT),
        Reading("500106EA60", Element.STAGE, SEEN, 195.5, SENT),
    )


def test_a_row_of_rain_becomes_a_reading_every_five_minutes() -> None:
    message = decoded(VECTORS["an hourly report of rain with two observation times"][0])
    rain = [r for r in readings(message, SENT) if r.element is Element.RAIN_5MIN]
    assert [r.at.strftime("%H:%M") for r in rain] == [
        f"{8 + n // 60:02d}:{n % 60:02d}" for n in range(5, 65, 5)
    ]
    assert [r.value for r in rain] == [0, 1.0, 0.5, None, 0, 0, 0, 0, 0, 25.4, 0, 0.1]
    others = [(r.element, r.at.hour, r.value) for r in readings(message, SENT)[12:]]
    assert others == [(Element.RAIN_HOUR, 9, 26.6), (Element.RAIN_TOTAL, 9, 1234.5)]


def test_a_missing_value_and_all_nines_are_no_data() -> None:
    missing = decoded(VECTORS["a missing stage and a status word"][0])
    assert [(r.element, r.value) for r in readings(missing, SENT)] == [
        (Element.STAGE, None), (Element.STATUS, 6),
    ]  # fmt: skip
    nines = report(0x32, 1, (Report(STATION, 0x48, (item("39", 4, 3, "9999.999"),)),))
    assert [r.value for r in readings(nines, SENT)] == [None]
    near = report(0x32, 1, (Report(STATION, 0x48, (item("39", 4, 3, "999.999"),)),))
    assert [r.value for r in readings(near, SENT)] == [999.999]


def test_weather_and_water_quality_are_readings_in_the_houses_units() -> None:
    said = {"33": (1, 0, "5"), "35": (2, 1, "3.4"), "08": (3, 0, "987"), "18": (2, 1, "65.5"),
            "0E": (3, 2, "12.34"), "3B": (4, 3, "203.500"), "46": (2, 2, "7.12"),
            "4C": (3, 2, "0.42"), "01": (4, 2, "300.00")}  # fmt: skip
    items = tuple(item(code, *row) for code, row in said.items())
    found = readings(report(0x32, 1, (Report(STATION, 0x4B, items),)), SENT)
    assert {r.element: r.value for r in found} == {
        Element.WIND_DIRECTION: 90.0, Element.WIND_SPEED: 3.4, Element.AIR_PRESSURE: 987.0,
        Element.HUMIDITY: 65.5, Element.GROUNDWATER_DEPTH: 12.34, Element.STAGE_UPSTREAM: 203.5,
        Element.PH: 7.12, Element.AMMONIA_NITROGEN: 0.42, Element.CROSS_SECTION: 300.0,
    }  # fmt: skip


def test_what_the_table_has_is_a_reading_or_is_named_as_what_nobody_keeps() -> None:
    """Nothing that is acknowledged may go without a trace."""
    for code, row in ELEMENTS.items():
        if row.kind is not Kind.DECIMAL or code == 0x05:  # DT: how the row beside it is to be read
            continue
        message = report(0x32, 1, (Report(STATION, 0x4B, (item(f"{code:02X}", 4, 0, "7"),)),))
        kept, named = readings(message, SENT), doubts(message)
        assert bool(kept) != bool(named), row.name
        if named:
            assert named[0][0] == "unsupported"
            assert row.name in named[0][1]
            assert " 7" in named[0][1]
            assert elements_named(named[0][1]) == f"{row.code:02X}"


def test_a_makers_own_element_is_named_with_its_bytes() -> None:
    own = Item("FF02", SENT, raw=bytes.fromhex("0102"))
    message = report(0x32, 1, (Report(STATION, 0x4B, (own, item("39", 4, 3, "194.290"))),))
    assert [r.value for r in readings(message, SENT)] == [194.29]
    assert doubts(message) == (("unsupported", "FF02 0102"),)
    assert elements_named("FF02 0102") == "FF02"


@pytest.mark.parametrize(
    ("text", "values", "left"),
    [
        ("ST 01060001 TT 08200800 Z 194.29 Q 8200 NN",
         [("08-20 08:00", 194.29), ("08-20 08:00", 8200.0)], ""),
        ("Q 1.234", [("08-20 08:15", 1.234)], ""),
        ("TT 12312355 Z 190.1", [("12-31 23:55", 190.1)], ""),  # of the year before
        ("ST 60102250 TT 08200800 Z 194.29", [], "ST 60102250 TT 08200800 Z 194.29"),
        ("TT 08329900 Z 1 ZS 5 水位 平", [], "TT 08329900 Z 1 ZS 5 水位 平"),
        ("Z 194.3 ZS 5", [("08-20 08:15", 194.3)], "ZS 5"),
    ],
)  # fmt: skip
def test_what_a_person_keyed_in_is_read_and_the_rest_of_it_is_kept(
    text: str, values: list[tuple[str, float]], left: str
) -> None:
    message = report(0x35, 7, (), rest=b"\xf2\xf2" + text.encode("gb18030"))
    found = readings(message, SENT)
    assert [(f"{r.at:%m-%d %H:%M}", r.value) for r in found] == values
    assert all(r.at <= SENT for r in found)
    assert doubts(message) == ((("unsupported", left),) if left else ())


@pytest.mark.parametrize(
    ("sent", "words", "meant"),
    [
        ("2025-12-31T23:58:00+08:00", "TT 01010000 Z 194.29", "2026-01-01T00:00:00+08:00"),
        ("2026-01-01T00:03:00+08:00", "TT 12312355 Z 194.29", "2025-12-31T23:55:00+08:00"),
        ("2025-03-01T08:00:00+08:00", "TT 02290800 Z 194.29", "2024-02-29T08:00:00+08:00"),
        ("2025-08-20T08:00:00+08:00", "TT 08200755 Z 194.29", "2025-08-20T07:55:00+08:00"),
    ],
)
def test_what_was_keyed_in_around_new_year_is_of_the_year_that_was_meant(
    sent: str, words: str, meant: str
) -> None:
    at = datetime.fromisoformat(sent)
    message = report(0x35, 7, (), rest=b"\xf2\xf2" + words.encode("ascii"), sent_at=at)
    ((keyed,), left) = keyed_in(message)
    assert (keyed.observed_at, left) == (datetime.fromisoformat(meant), "")
    kept, named = readings(message, at + timedelta(minutes=3)), doubts(message)
    assert [r.at for r in kept] == ([keyed.observed_at] if keyed.observed_at <= at else [])
    assert bool(kept) != bool(named), "what lies ahead is doubted, as of every report"


def test_a_jpeg_is_a_picture_and_anything_else_is_doubted() -> None:
    header = bytes.fromhex("FFD8FFE000044A46FFC0000B080010002001011100FFDA0004")
    whole = header + b"\x00\x12" * 9 + b"\xff\xd9"
    assert jpeg.size(whole) == (32, 16)
    message = report(0x36, 7, (Report(STATION, 0x48, (Item("F3", SEEN, raw=whole),)),))
    assert pictures(decoded(encode(message).hex())) == (Picture(STATION, SEEN, whole),)
    assert doubts(message) == ()
    huge = whole.replace(b"\x00\x10\x00\x20", b"\xff\xff\xff\xff")
    for wrong in (b"\xff\xd8" * 50, whole[:-2], whole[:4] + whole[9:], huge, b"<svg/>"):
        message = report(0x36, 7, (Report(STATION, 0x48, (Item("F3", SEEN, raw=wrong),)),))
        assert pictures(message) == ()
        ((reason, detail),) = doubts(message)
        assert (reason, detail) == (
            "unsupported",
            f"a picture of {len(wrong)} bytes that is no JPEG",
        )


def test_a_test_report_gives_no_readings() -> None:
    message, whole = VECTORS["a timed report of stage and voltage"]
    assert len(readings(decoded(message), SENT)) == 2
    values = {name: getattr(whole, name) for name in ("serial", "reports")}
    assert readings(report(0x30, **values), SENT) == ()


def test_what_is_observed_after_it_was_sent_is_doubted_and_left_out() -> None:
    late = SEEN + timedelta(minutes=10)
    items = (item("39", 4, 3, "194"), item("38", 2, 2, "12", at=late))
    message = report(0x32, 1, (Report(STATION, 0x48, items),))
    assert [r.element for r in readings(message, SENT)] == [Element.STAGE]
    ((reason, detail),) = doubts(message)
    assert reason == "out_of_range"
    assert detail == "element 38 observed 2020-08-20 08:25, sent before"
