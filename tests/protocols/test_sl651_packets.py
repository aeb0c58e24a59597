"""Divided bodies of SL 651-2014: put together in any order, asked for again, given up in bounds."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.protocols.sl651_frames import SEEN, SENT, STATION, decoded, item, report

from anlan.protocols.sl651 import (
    Assembler,
    Coding,
    Control,
    Message,
    NotEncodable,
    Packet,
    Report,
    answer,
    ask_again,
    divided,
    encode,
    items,
    measured,
)

# A timed report of stage 194.290 and 12.50 V in three packets; CRCs computed bit by bit.
FIRST = "7E7E0150010600011234320017160030010007200820081503F1F1500106000148F0F0200817E22F"
SECOND = "7E7E015001060001123432000D1600300220081539230019429038174C70"
THIRD = "7E7E01500106000112343200061600300312125003E71D"
SECOND_AGAIN = "7E7E015001060001123432000D1600300220081539230019429038034370"
NAK_SECOND = "7E7E500106000101123432800B16003002000720082008000015BCDB"
ALL_RECEIVED = "7E7E500106000101123432800B1600300300072008200800001BBD0B"
WHOLE = report(
    0x32, 7, (Report(STATION, 0x48, (item("39", 4, 3, "194.290"), item("38", 2, 2, "12.50"))),)
)
ON_THE_HOUR = SENT.replace(minute=0, second=0)


def test_three_packets_become_the_message_and_are_answered_once() -> None:
    together = Assembler()
    first, second, third = map(decoded, (FIRST, SECOND, THIRD))
    assert together.add(first).whole is None
    assert together.add(second).whole is None
    whole = together.add(third).whole
    assert whole == WHOLE
    assert whole is not None
    assert whole.raw.hex().upper() == FIRST + SECOND + THIRD
    assert len(together) == 0
    reply = answer(replace(whole, packet=third.packet), ON_THE_HOUR, Control.ESC)
    assert encode(reply).hex().upper() == ALL_RECEIVED
    assert decoded(ALL_RECEIVED) == reply


def test_a_missing_packet_is_asked_for_and_comes_again() -> None:
    together = Assembler()
    together.add(decoded(FIRST))
    last = decoded(THIRD)
    assert together.add(last).again == 2
    nak = ask_again(last, together.serial(last), 2, ON_THE_HOUR)
    assert encode(nak).hex().upper() == NAK_SECOND
    assert together.add(decoded(SECOND_AGAIN)).whole is not None


def test_after_two_requests_the_body_is_given_up() -> None:
    together = Assembler()
    first, third = decoded(FIRST), decoded(THIRD)
    together.add(first)
    assert [together.add(third).again for _ in range(2)] == [2, 2]
    given_up = together.add(third)
    assert given_up.given_up == (first, third)
    assert given_up.why == "packet 2 of 3 did not come"
    assert len(together) == 0


def test_a_new_serial_or_another_length_begins_a_new_body() -> None:
    together = Assembler()
    first = decoded(FIRST)
    together.add(first)
    newer = divided(report(0x32, 8, WHOLE.reports), longest=23)
    assert together.add(newer[0]).given_up == (first,)
    assert together.add(decoded(SECOND_AGAIN)).again == 3 if len(newer) == 3 else True
    assert len(together) == 1


def test_packets_of_two_bodies_are_never_joined() -> None:
    together = Assembler()
    other = Report(STATION, 0x48, (item("39", 4, 3, "188.880"), item("38", 2, 2, "11.90")))
    first, second, third = map(decoded, (FIRST, SECOND, THIRD))
    said, cut = items.encode((other,)), len(first.rest)
    begun = replace(first, serial=8, rest=said[:cut])
    later = [replace(second, rest=said[cut : cut + 10]), replace(third, rest=said[cut + 10 :])]
    assert [together.add(part).whole for part in (first, second)] == [None, None]
    added = together.add(later[0])
    assert (added.whole, added.given_up) == (None, (first, second))
    asked = together.add(later[1])
    assert (asked.whole, asked.again) == (None, 1)
    whole = together.add(begun).whole
    assert whole is not None
    assert whole.reports == (other,)


def test_packets_of_other_centres_stations_or_functions_are_other_bodies() -> None:
    for other in ({"station": "5001060002"}, {"centre": 2}, {"function": 0x34}):
        together = Assembler()
        together.add(decoded(FIRST))
        together.add(decoded(SECOND))
        assert together.add(replace(decoded(THIRD), **other)).whole is None
        assert len(together) == 2


def test_a_body_that_is_too_large_is_refused_to_its_end_and_leaves_the_others() -> None:
    together = Assembler()
    together.add(decoded(FIRST))
    parts = [
        report(0x36, None, (), sent_at=None, packet=Packet(70, n), rest=b"x" * 4000)
        for n in range(1, 71)
    ]
    parts[0] = replace(parts[0], serial=9, sent_at=SENT)
    found = [together.add(_heard(part)) for part in parts]
    assert sum(len(one.given_up) for one in found) == 70
    assert {one.why for one in found if one.given_up} == {"the body is larger than 256 KiB"}
    assert all(one.too_large for one in found if one.given_up)
    assert len(together) == 1
    small = report(0x36, 10, (), packet=Packet(70, 1), rest=b"x")
    assert together.add(_heard(small)).given_up == ()


def test_the_bodies_that_wait_are_bounded_in_number_and_bytes() -> None:
    together, left = Assembler(), 0
    for function in range(0x30, 0x3B):
        part = report(function, 1, (), packet=Packet(2, 1), end=Control.ETB, rest=b"x")
        left += len(together.add(decoded(encode(part).hex())).given_up)
    assert (len(together), left) == (8, 3)
    bytes_held = 0
    for n in range(2, 120):
        part = report(0x36, None, (), sent_at=None, packet=Packet(4000, n), rest=b"x" * 4000)
        bytes_held += 4000 - sum(len(p.rest) for p in together.add(_heard(part)).given_up)
        assert bytes_held <= 300_000


def _heard(message: Message) -> Message:
    return decoded(encode(replace(message, end=Control.ETB)).hex())


@given(st.integers(1, 60), st.integers(24, 90), st.sampled_from(Coding), st.randoms())
def test_what_is_divided_comes_together_in_any_order(count, longest, coding, chance) -> None:
    values = [None, *(chance.randint(-999, 999999) for _ in range(count))]
    figures = [None if v is None else item("39", 4, 3, str(v / 1000)).values[0] for v in values]
    row = measured(0x39, SEEN, figures, timedelta(minutes=5))
    message = report(0x31, 5, (Report(STATION, 0x48, (row,)),), coding=coding)
    parts = [decoded(encode(p).hex()) for p in divided(message, longest)]
    if len(parts) == 1:
        return
    expected = decoded(encode(message).hex())
    *early, last = parts
    chance.shuffle(early)
    together = Assembler()
    added = [together.add(part) for part in (*early, last)]
    assert [a.whole for a in added if a.whole] == [expected]


def test_a_body_that_no_number_of_packets_holds_is_said_to() -> None:
    with pytest.raises(NotEncodable):
        divided(WHOLE, longest=5)
