"""SL 651-2014: what is wrong is said, with its sender and its bytes, and never raised."""

from dataclasses import replace
from typing import Any

import pytest
from tests.protocols.sl651_frames import FIVE, SENT, STATION, VECTORS, item, report

from anlan.protocols.framing import Malformed, Reason, Rejected
from anlan.protocols.sl651 import (
    Control,
    Message,
    NotEncodable,
    Report,
    Sl651Decoder,
    crc,
    encode,
    readings,
)
from anlan.protocols.sl651.figures import moment
from anlan.vocabulary.elements import Element


def frame(body: str, *, function: int = 0x32, end: str = "03") -> bytes:
    size = len(bytes.fromhex(body))
    head = f"7E7E01{STATION}1234{function:02X}{size:04X}02{body}{end}"
    data = bytes.fromhex(head)
    return data + crc(data).to_bytes(2, "big")


OPENING = f"0001200820081503F1F1{STATION}48F0F02008200815"


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ("0001200820", "no serial number"),
        ("0001201320081503", "is not a time"),
        ("000120082008150A", "is not a time"),
        ("00012008200815033923" "00194290", "before any station"),
        (OPENING + "39230019", "ends inside a field"),
        (f"0001200820081503F1F1{STATION}48F0F02008321500", "is not a time"),
        (f"0001200820081503F133{STATION}48", "is no marker"),
        (OPENING + "0418000010" "3923" "0019429000", "no row"),
        (OPENING + "0418000000" "3923" "00194290", "time step of nothing"),
        (OPENING + "04180000AB" "3923" "00194290", "not a time step"),
        (OPENING + "041000" "3923" "00194290", "not 3 bytes"),
        (OPENING + "0418000000F5C0" "001122", "no row of 2-byte"),
    ],
)  # fmt: skip
def test_a_body_that_does_not_add_up_is_malformed_and_names_its_sender(
    body: str, detail: str
) -> None:
    (found,) = Sl651Decoder().feed(frame(body))
    assert isinstance(found, Rejected)
    assert found.reason is Reason.MALFORMED
    assert detail in found.detail
    assert found.sender == STATION


def test_an_end_mark_of_the_other_direction_is_malformed() -> None:
    (found,) = Sl651Decoder().feed(frame(OPENING, end="1B"))
    assert isinstance(found, Rejected)
    assert "does not end" in found.detail


def test_figures_that_are_none_spoil_only_their_element() -> None:
    (message,) = Sl651Decoder().feed(frame(OPENING + "392300AB4290" + "38121250"))
    assert isinstance(message, Message)
    assert message.faults == ("element 39: 00AB4290 is not decimal",)
    assert [(r.element, r.value) for r in readings(message, SENT)] == [(Element.BATTERY, 12.5)]


def test_a_wrong_crc_is_told_and_the_next_frame_is_read() -> None:
    good = bytes.fromhex(VECTORS["a heartbeat"][0])
    bad = bytearray(good)
    bad[-1] ^= 1
    found = Sl651Decoder().feed(bytes(bad) + good)
    assert isinstance(found[0], Rejected)
    assert found[0].reason is Reason.CHECK
    assert found[0].raw == bytes(bad)
    assert found[1:] == [VECTORS["a heartbeat"][1]]


def test_a_spoilt_length_does_not_swallow_the_frame_behind_it() -> None:
    good = bytes.fromhex(VECTORS["a heartbeat"][0])
    long = bytearray(good)
    long[12] = 0x20  # says 32 bytes of body, has 8
    found = Sl651Decoder().feed(bytes(long) + good * 2)
    assert [type(part) for part in found] == [Rejected, Message, Message]
    assert found[0] == Rejected(Reason.CHECK, bytes(long), found[0].detail)  # type: ignore[union-attr]


def test_half_a_frame_waits_and_is_given_up_when_the_line_falls_silent() -> None:
    good = bytes.fromhex(VECTORS["a heartbeat"][0])
    decoder = Sl651Decoder()
    assert decoder.feed(good[:20]) == []
    assert decoder.pending == 20
    assert decoder.flush() == [Rejected(Reason.INCOMPLETE, good[:20])]
    assert decoder.feed(good) == [VECTORS["a heartbeat"][1]]


def test_three_starting_bytes_are_one_too_many_but_the_frame_is_read() -> None:
    good = bytes.fromhex(VECTORS["a heartbeat"][0])
    found = Sl651Decoder().feed(b"\x7e" + good)
    assert found == [Rejected(Reason.GARBAGE, b"\x7e"), VECTORS["a heartbeat"][1]]


@pytest.mark.parametrize(
    "wrong",
    [
        {"station": "12"},
        {"reports": (Report("12", 0x48),)},
        {"end": Control.ACK},
        {"reports": (Report(STATION, 0x48, (item("39", 2, 3, "194.29"),)),)},
        {"reports": (Report(STATION, 0x48, (item("39", 4, 2, "194.295"),)),)},
        {"reports": (Report(STATION, 0x48, (item("39", 40, 2, "1"),)),)},
        {"reports": (Report(STATION, 0x48, (item("F4", 1, 1, "25.5", step=FIVE),)),)},
        {
            "reports": (
                Report(
                    STATION,
                    0x48,
                    (item("39", 4, 3, "1", "2", step=FIVE), item("38", 2, 2, "12")),
                ),
            )
        },
        {"sent_at": SENT.replace(year=1999)},
        {"rest": b"x" * 5000},
    ],
)
def test_what_the_standard_has_no_bytes_for_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(NotEncodable):
        encode(replace(report(0x32, 1, ()), **wrong))


@pytest.mark.parametrize("spoilt", ["FF0811251904", "261328112000", "260231112000", "2A0811251904"])
def test_packed_figures_that_are_no_time_are_refused(spoilt: str) -> None:
    with pytest.raises(Malformed, match=spoilt):
        moment(bytes.fromhex(spoilt))
