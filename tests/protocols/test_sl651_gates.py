"""How gates stand: whose opening, openings and flow a report states, and what is not certain."""

import pytest
from tests.protocols.sl651_frames import SEEN, SENT, STATION, item, report

from anlan.protocols.sl651 import Report, decode, doubts, elements_named, encode, readings
from anlan.vocabulary.elements import UNITS, Element

E = Element
LOCK = 0x5A


def sluice(*stated):
    """A timed report of a sluice: identifier and figure of each element, as they stand in it."""
    decimals = {"09": 2, "31": 3, "39": 3}
    items = tuple(item(code, 5, decimals.get(code, 0), value) for code, value in stated)
    return report(0x32, 1, (Report(STATION, LOCK, items),))


def figures(message):
    return {one.element: one.value for one in readings(message, SENT)}


def left(message):
    return "; ".join(detail for _reason, detail in doubts(message))


def test_a_sluice_without_numbers_states_its_only_gate():
    message = sluice(("39", "194.290"), ("09", "1.25"), ("0C", "3"), ("31", "42.500"))
    assert figures(message) == {
        E.STAGE: 194.29, E.GATE_OPENING: 1.25, E.GATES_OPEN: 3, E.GATE_DISCHARGE: 42.5,
    }  # fmt: skip
    assert left(message) == ""
    assert [UNITS[e] for e in (E.GATE_OPENING, E.GATES_OPEN, E.GATE_DISCHARGE)] == ["m", "", "m³/s"]
    assert {one.at for one in readings(message, SENT)} == {SEEN}


def test_each_gate_has_a_series_of_its_own_and_none_takes_anothers_figures():
    message = sluice(("0A", "1"), ("09", "1.25"), ("31", "9.000"), ("0A", "3"), ("09", "0.00"))
    assert figures(message) == {
        E.GATE_OPENING_1: 1.25, E.GATE_DISCHARGE_1: 9.0, E.GATE_OPENING_3: 0.0,
    }  # fmt: skip
    assert left(message) == ""
    assert figures(decode(encode(message))) == figures(message)


@pytest.mark.parametrize(
    ("stated", "found", "codes"),
    [
        # One number says which, wherever it stands.
        ([("09", "1.25"), ("0A", "2")], {E.GATE_OPENING_2: 1.25}, ""),
        # Whose are figures before the first of several numbers?
        ([("09", "1.25"), ("0A", "1"), ("09", "2.00"), ("0A", "2")],
         {E.GATE_OPENING_1: 2.0}, "09 0A"),
        ([("0A", "9"), ("09", "1.25")], {}, "0A 09"),
        ([("0A", "0"), ("0C", "2")], {}, "0A 0C"),
        ([("0A", "1")], {}, "0A"),
        # The kind of a conduit is a code.
        ([("0B", "3"), ("31", "4.000")], {E.GATE_DISCHARGE: 4.0}, "0B"),
    ],
)  # fmt: skip
def test_what_is_not_certain_is_named_and_nobodys(stated, found, codes):
    message = sluice(*stated)
    assert figures(message) == found
    assert elements_named(left(message)) == codes if codes else left(message) == ""


def test_a_gate_that_states_nothing_has_no_data():
    assert figures(sluice(("0A", "1"), ("09", "999.99"))) == {E.GATE_OPENING_1: None}


def test_what_a_person_keyed_in_of_a_gate_is_its_reading():
    message = report(0x35, 7, (), rest=b"\xf2\xf2GN 2 GH 1.5 NN")
    assert figures(message) == {E.GATE_OPENING_2: 1.5}
    assert left(message) == ""
