"""Figures of SL 651-2014 that are no measure: annex E has some that name a state, and a body may
hold some that nothing can be.

The figures are those of tables E.1 and of E.3.2.2, E.4.2.3 and E.8.2.2 of the standard.
"""

from datetime import timedelta

import pytest
from tests.protocols.sl651_frames import SENT, STATION, item, report

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
