"""Figures of SL 651-2014 that are no measure: annex E has some that name a state, and a body may
hold some that nothing can be.

The figures are those of tables E.1 and of E.3.2.2, E.4.2.3 and E.8.2.2 of the standard. And what a
station states of its pumps and gates by itself (tables 71 and 77).
"""

from datetime import timedelta

import pytest
from tests.protocols.sl651_frames import SENT, STATION, decoded, item, report
from tests.protocols.test_sl651_content import UP

from anlan.protocols.sl651 import (
    Assembler,
    Coding,
    Message,
    Report,
    Sl651Decoder,
    decode,
    divided,
    doubts,
    encode,
    readings,
    unread,
)
from anlan.vocabulary.elements import Element

E = Element


def stated(code: str, decimals: int, figure: str) -> list[tuple[Element, float | None]]:
    message = report(0x32, 1, (Report(STATION, 0x4B, (item(code, 4, decimals, figure),)),))
    assert doubts(message) == ()
    return [(one.element, one.value) for one in readings(decode(encode(message)), SENT)]


@pytest.mark.parametrize(
    ("figure", "metres"),
    [
        ("1.25", 1.25),
        ("0.00", 0.0),
        ("444.00", 0.0),  # shut
        ("555.00", None),  # it has no leaf
        ("888.00", None),  # out of the water
        ("999.00", None),  # fully open
        ("444.01", 444.01),
    ],
)
def test_a_gate_that_is_shut_is_not_444_m_open(figure: str, metres: float | None) -> None:
    assert stated("09", 2, figure) == [(E.GATE_OPENING, metres)]


def test_each_gates_own_figure_is_read_so() -> None:
    items = (item("0A", 2, 0, "3"), item("09", 3, 2, "444.00"))
    message = report(0x32, 1, (Report(STATION, 0x5A, items),))
    assert [(one.element, one.value) for one in readings(message, SENT)] == [
        (E.GATE_OPENING_3, 0.0)
    ]


@pytest.mark.parametrize(
    ("figure", "metres"), [("12.34", 12.34), ("0.00", 0.0), ("444.00", None), ("443.99", 443.99)]
)
def test_a_well_that_has_run_dry_is_not_444_m_deep(figure: str, metres: float | None) -> None:
    assert stated("0E", 2, figure) == [(E.GROUNDWATER_DEPTH, metres)]


@pytest.mark.parametrize(
    ("point", "degrees"),
    [("1", 0.0), ("5", 90.0), ("9", 180.0), ("16", 337.5), ("0", None), ("17", None), ("99", None)],
)
def test_only_sixteen_points_are_a_wind(point: str, degrees: float | None) -> None:
    assert stated("33", 0, point) == [(E.WIND_DIRECTION, degrees)]


@pytest.mark.parametrize("figure", ["1" + "0" * 400, "1_0", "1E3", "Infinity", "NaN"])
def test_a_word_that_is_no_figure_is_no_reading(figure: str) -> None:
    """Four hundred figures are an infinite stage to a machine."""
    text = f"ST {STATION} H TT 2008200815 Z {figure} VT 12.50 ".encode()
    bare = report(0x32, 1, (), rest=text, coding=Coding.ASCII)
    (message,) = Sl651Decoder().feed(encode(bare))
    assert isinstance(message, Message)
    assert [(one.element, one.value) for one in readings(message, SENT)] == [(E.BATTERY, 12.5)]
    assert doubts(message) == (("element", f"element 39: {figure} is not decimal"),)
    keyed = report(0x35, 1, (), rest=f"\xf2\xf2Z {figure} VT 12.50".encode("latin-1"))
    assert [(one.element, one.value) for one in readings(keyed, SENT)] == [(E.BATTERY, 12.5)]
    assert doubts(keyed) == (("unsupported", f"Z {figure}"),)


def test_a_row_that_runs_past_every_calendar_costs_the_line_nothing() -> None:
    """60,000 values 99 days apart end in the year 18000."""
    row = item("33", 1, 0, *["5"] * 60_000, step=timedelta(days=99))
    message = report(0x38, 1, (Report(STATION, 0x48, (row,)),))
    packets, line, whole = Assembler(), Sl651Decoder(), None
    for packet in divided(message):
        for part in line.feed(encode(packet)):
            assert isinstance(part, Message)
            whole = packets.add(part).whole or whole
    assert whole is not None
    assert [one.value for one in readings(whole, SENT)] == [90.0]
    assert [reason for reason, _detail in doubts(whole)] == ["out_of_range"]


@pytest.mark.parametrize(
    ("rest", "found"),
    [
        # Two gates, 1 and 2 open, 120 and 50 cm.
        ("02030120" + "0050", {E.GATES_OPEN: 2, E.GATE_OPENING_1: 1.2, E.GATE_OPENING_2: 0.5}),
        ("01000000", {E.GATES_OPEN: 0, E.GATE_OPENING: 0}),
        ("0201FFFF0000", {E.GATES_OPEN: 1, E.GATE_OPENING_1: None, E.GATE_OPENING_2: 0}),
        ("0205", {E.GATES_OPEN: 1}),  # how far, it does not say; of two gates bit 2 is none
        ("F1F1" + STATION + "01010444", {E.GATES_OPEN: 1, E.GATE_OPENING: 4.44}),
    ],
)
def test_gates_that_a_station_states_by_itself_are_readings(
    rest: str, found: dict[Element, float | None]
) -> None:
    message = report(0x4E, 7, (), rest=bytes.fromhex(rest))
    got = readings(message, SENT)
    assert {one.element: one.value for one in got} == found
    assert {one.at for one in got} == {SENT.replace(second=0)}
    assert (doubts(message), unread(message)) == ((), "")


def test_what_a_station_answers_when_it_moved_them_is_read_as_well() -> None:
    assert [(one.element, one.value) for one in readings(decoded(UP["4E"][0]), SENT)] == [
        (E.GATES_OPEN, 2), (E.GATE_OPENING_1, 1.2), (E.GATE_OPENING_2, 0.5),
    ]  # fmt: skip
    assert [(one.element, one.value) for one in readings(decoded(UP["4C"][0]), SENT)] == [
        (E.PUMPS_RUNNING, 2)
    ]


def test_a_gate_beyond_the_eighth_and_what_nobody_reads_are_named() -> None:
    nine = report(0x4E, 7, (), rest=bytes.fromhex("09FF01" + "0010" * 9))
    assert len(readings(nine, SENT)) == 9
    ((reason, detail),) = doubts(nine)
    assert (reason, detail) == (
        "unsupported",
        "0A GN 输水设备、闸门(组)编号 9; 09 GH 闸坝、水库闸门开启高度 0.1 m",
    )
    valves = report(0x4D, 7, (), rest=bytes.fromhex("0105"))
    broken = report(0x4E, 7, (), rest=bytes.fromhex("0203012" + "0"))
    for message, said in ((valves, "function 4D of 2 bytes"), (broken, "function 4E of 4 bytes")):
        assert (readings(message, SENT), unread(message)) == ((), said)
    assert unread(report(0x4C, 7, ())) == unread(report(0x46, 7, (), rest=b"x")) == ""
