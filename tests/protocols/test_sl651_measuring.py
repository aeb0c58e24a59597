"""From SL 651-2014 elements to readings: which quantity, whose, and when.

The frames are laid out by hand from tables 32, 36 and C.1; the CRCs were computed bit by bit.
"""

from datetime import timedelta

import pytest
from tests.protocols.sl651_frames import SEEN, SENT, STATION, decoded, item, report
from tests.protocols.test_sl651_faults import OPENING, frame

from anlan.protocols.sl651 import (
    Coding,
    Message,
    Report,
    Sl651Decoder,
    doubts,
    encode,
    readings,
    relayed,
    text,
)
from anlan.vocabulary.elements import STAGES_RELATIVE, UNITS, Element
from anlan.vocabulary.readings import Reading

E = Element
GROUPS = "F4600102030405060708090A0B0CF5C00A8C0A8D0A8E0A8F0A900A910A920A930A940A950A960A97"
MOMENTS = "261901234539230019429038121250"
# Sent 09:00:02, the groups under 09:00 (the hour's end) with everything else.
HOUR_END = (
    f"7E7E015001060001123434004E020003200820090002F1F1500106000148F0F02008200900{GROUPS}"
    f"{MOMENTS}03914A"
)
# As table 36 has it: the groups under 08:05, what is of 09:00 under its own time.
AS_TABLE_36 = (
    f"7E7E0150010600011234340055020003200820090002F1F1500106000148F0F02008200805{GROUPS}"
    f"F0F02008200900{MOMENTS}037673"
)
# The first one, sent again at 13:00:02.
LATE = (
    f"7E7E015001060001123434004E020003200820130002F1F1500106000148F0F02008200900{GROUPS}"
    f"{MOMENTS}039477"
)
# River stage, stages behind and in front of the dam, intakes 1 and 8, soil at 10 and 100 cm.
RESERVOIR = (
    "7E7E015001060001123432003D020004200820081503F1F150010600014BF0F02008200815"
    "3923001942903A23001891103B23002035003C23002010104323002010801011025117110348035883"
)
RELAY = (
    "7E7E015001060001123432004A020005200820081503F1F1500106000148F0F0200820081539230019429038"
    "121250F1F1500106000250F0F020082008102219000025F1F1500106000948F0F02008200815392300201000"
    "03DD77"
)


def test_every_stage_and_depth_is_a_quantity_of_its_own() -> None:
    found = readings(decoded(RESERVOIR), SENT)
    assert {one.element: one.value for one in found} == {
        E.STAGE: 194.29, E.STAGE_DOWNSTREAM: 189.11, E.STAGE_UPSTREAM: 203.5,
        E.STAGE_INTAKE_1: 201.01, E.STAGE_INTAKE_8: 201.08,
        E.SOIL_MOISTURE_10: 25.1, E.SOIL_MOISTURE_100: 34.8,
    }  # fmt: skip
    assert len({(one.element, one.at) for one in found}) == len(found) == 7
    assert {UNITS[one.element] for one in found} == {"m", "%"}


@pytest.mark.parametrize("text", [HOUR_END, AS_TABLE_36, LATE])
def test_the_groups_of_an_hour_stand_where_they_were_measured(text: str) -> None:
    message = decoded(text)
    assert encode(message).hex().upper() == text
    assert doubts(message) == ()
    nine = SENT.replace(hour=9, minute=0, second=0)
    moments = [nine - timedelta(minutes=5 * n) for n in range(11, -1, -1)]
    found = readings(message, SENT)
    rain = [(one.at, one.value) for one in found if one.element is E.RAIN_5MIN]
    stage = [(one.at, one.value) for one in found if one.element is E.STAGE_RELATIVE_1]
    assert rain == [(at, n / 10) for n, at in enumerate(moments, 1)]
    assert stage == [(at, 27 + n / 100) for n, at in enumerate(moments)]
    others = {one.element: one.at for one in found if one.element not in (E.RAIN_5MIN, stage)}
    assert others[E.RAIN_TOTAL] == others[E.STAGE] == others[E.BATTERY] == nine


def test_a_group_that_has_only_begun_is_not_taken_for_one_of_the_hour_before() -> None:
    body = f"0001200820085000F1F1{STATION}48F0F02008200805F560"
    text = frame(body + "000A000B000C000D000E000F" + "FFFF" * 0, function=0x34)
    (message,) = Sl651Decoder().feed(text)
    assert isinstance(message, Message)
    assert [one.at.minute for one in readings(message, SENT)] == [5, 10, 15, 20, 25, 30]
    started = report(0x34, 1, (Report(STATION, 0x48, (
        item("F5", 2, 2, *(str(n) for n in range(10)), None, None, at=SEEN.replace(minute=5),
             step=timedelta(minutes=5)),
    )),), sent_at=SENT.replace(minute=51))  # fmt: skip
    assert [one.at.minute for one in readings(started, SENT)][:2] == [5, 10]
    assert doubts(started) == ()


def test_all_eight_groups_of_relative_stages_are_readings() -> None:
    step = timedelta(minutes=5)
    rows = [
        item(f"{0xF5 + n:02X}", 2, 2, *[str(n)] * 12, at=SEEN - 11 * step, step=step)
        for n in range(8)
    ]
    found = readings(report(0x34, 1, (Report(STATION, 0x48, tuple(rows)),)), SENT)
    assert len(found) == 96
    assert {one.element: one.value for one in found} == {
        element: n for n, element in enumerate(STAGES_RELATIVE)
    }


def test_five_minutes_of_rain_said_twice_are_one_reading_with_its_figure() -> None:
    step = timedelta(minutes=5)
    group = item("F4", 1, 1, *["0"] * 11, None, at=SEEN - 11 * step, step=step)
    alone = item("22", 3, 1, "2.5")
    found = readings(report(0x34, 1, (Report(STATION, 0x50, (group, alone)),)), SENT)
    assert len(found) == 12
    assert found[-1] == Reading(STATION, E.RAIN_5MIN, SEEN, 2.5, SENT)


def test_a_relays_frame_says_something_of_every_station_in_it() -> None:
    message = decoded(RELAY)
    assert relayed(message) == ("5001060002", "5001060009")
    assert doubts(message) == ()
    assert {one.device for one in readings(message, SENT)} == {STATION}
    (rain,) = readings(message, SENT, "5001060002")
    assert (rain.device, rain.element, rain.value) == ("5001060002", E.RAIN_5MIN, 2.5)
    assert (rain.at, rain.sent_at) == (SEEN - timedelta(minutes=5), SENT)


@pytest.mark.parametrize("empty", ["3900", "FF0200", "4500", "F500", "F403"])
def test_an_element_of_no_bytes_spoils_only_itself(empty: str) -> None:
    raw = frame(OPENING + empty + "38121250")
    (message,) = Sl651Decoder().feed(raw)
    assert isinstance(message, Message)
    name = empty[:-2]
    assert doubts(message) == (("element", f"element {name}: it says that it has no bytes"),)
    assert [(r.element, r.value) for r in readings(message, SENT)] == [(E.BATTERY, 12.5)]
    assert encode(message) == raw


def test_the_groups_of_several_hours_in_ascii_follow_one_another() -> None:
    body = f"ST {STATION} P TT 2008200605 DRH00 DRP {'01' * 12} {'02' * 11}FF "
    message = report(0x38, 1, text.parse(body.encode()), coding=Coding.ASCII)
    found = readings(message, SENT)
    assert [one.value for one in found] == [0.1] * 12 + [0.2] * 11 + [None]
    begun = SENT.replace(hour=6, minute=5, second=0)
    assert [one.at for one in found] == [begun + n * timedelta(minutes=5) for n in range(24)]


def test_what_stands_under_a_makers_own_function_is_doubted_not_dropped() -> None:
    message = report(0xE1, 1, (), rest=b"abc")
    assert doubts(message) == (("unsupported", "function E1 of 3 bytes"),)
    assert doubts(report(0x2F, 1, ())) == ()


def test_a_cell_that_is_no_figure_costs_its_row_nothing_else() -> None:
    body = f"0001200820081503F1F1{STATION}48F0F02008200700041800000539" + "1B19429019AB00194310"
    raw = frame(body, function=0x31)
    (message,) = Sl651Decoder().feed(raw)
    assert isinstance(message, Message)
    assert [one.value for one in readings(message, SENT)] == [194.29, None, 194.31]
    assert doubts(message) == (("element", "element 39: 19AB00 is not decimal"),)
    assert encode(message) == raw
    written = f"ST {STATION} H TT 2008200700 DRN05 Z 194.290 19?4 194.310 "
    message = report(0x31, 1, text.parse(written.encode()), coding=Coding.ASCII)
    assert [one.value for one in readings(message, SENT)] == [194.29, None, 194.31]
    assert doubts(message) == (("element", "element 39: 19?4 is not decimal"),)
