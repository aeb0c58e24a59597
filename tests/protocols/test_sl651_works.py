"""Orders of SL 651-2014 that change a station or move water, laid out by hand (tables 50-81).

The CRCs were computed bit by bit, not with the code under test.
"""

from dataclasses import replace

import pytest
from tests.chinese import in_chinese
from tests.protocols.sl651_frames import SENT, decoded
from tests.protocols.test_sl651_content import DOWN, HEARD, UP

from anlan.protocols.sl651 import Coding, NotEncodable, agrees, encode
from anlan.protocols.sl651.answers import said
from anlan.protocols.sl651.orders import ordered

WRITTEN = {
    "set_work_mode": ({"mode": "2"}, "7E7E500106000101123440800B0200002008200815030C080205A5DA"),
    "clear_storage": ({}, DOWN[0x47][1]),
    "factory_settings": ({}, DOWN[0x48][1]),
    "new_password": ({"password": "abcd"}, DOWN[0x49][1]),
    "set_card": ({"on": "1"}, "7E7E50010600010112344B800E02000020082008150345200000020005FC29"),
    "switch_pumps": ({"count": "3", "on": "1、3"}, DOWN[0x4C][1]),
    "switch_valves": (
        {"count": "4", "on": "2 4"}, "7E7E50010600010112344D800A020000200820081503010A053E97",
    ),
    "move_gates": ({"openings": "120 0 50"}, DOWN[0x4E][1]),
    "set_quota": ({"on": "1"}, DOWN[0x4F][1]),
}  # fmt: skip


@pytest.mark.parametrize("verb", WRITTEN)
def test_an_order_is_written_as_the_standard_lays_it_out(verb: str) -> None:
    given, text = WRITTEN[verb]
    asked = ordered(HEARD, verb, given, SENT)
    assert asked is not None
    assert encode(asked).hex().upper() == text


IN_ASCII = {
    "ask_now": ({}, b""),
    "set_interval": ({"seconds": "540"}, b"21 09 "),
    "ask_period": (
        {"since": "2020-08-19T08:00:00+08:00", "until": "2020-08-20T08:00:00+08:00",
         "element": "stage", "step": "60"},
        b"20081908 20082008 DRH01 Z ",
    ),
    "ask_element": ({"element": "battery"}, b"VT "),
    "read_basic": ({}, b"0C 0D 0F "),
    "set_setting": ({"code": "28", "value": "180.5"}, b"28 180.500 "),
    "set_work_mode": ({"mode": "2"}, b"0C 02 "),
    "clear_storage": ({}, b"97 "),
    "factory_settings": ({}, b"98 "),
    "new_password": ({"password": "5678"}, b"03 1234 03 5678 "),
    "set_card": ({"on": "1"}, b"ZT 00000200 "),
    "switch_pumps": ({"count": "3", "on": "1 3"}, b"01 05 "),
    "move_gates": ({"openings": "120 0 50"}, b"03 05 0120 0000 0050 "),
    "set_quota": ({"on": "0"}, b"00 "),
}  # fmt: skip


@pytest.mark.parametrize("verb", IN_ASCII)
def test_an_ascii_station_is_told_in_words_and_repeats_them(verb: str) -> None:
    given, words = IN_ASCII[verb]
    asked = ordered(replace(HEARD, coding=Coding.ASCII), verb, given, SENT)
    assert asked is not None
    assert asked.rest == words
    down = decoded(encode(asked).hex())
    assert (down.coding, down.rest, down.function) == (Coding.ASCII, words, asked.function)
    head = f"ST {HEARD.station} ".encode()
    told = words.split()[2:] if verb == "new_password" else words.split()
    answer = replace(
        HEARD, coding=Coding.ASCII, function=asked.function, reports=(),
        rest=head + b" ".join(told) + b" ",
    )  # fmt: skip
    other = replace(answer, rest=head + b" ".join([*told[:-1], b"77"]) + b" ")
    assert agrees(answer, asked)
    assert agrees(replace(answer, rest=b""), asked)
    assert agrees(other, asked) is not (verb.startswith(("set", "new", "switch")))
    assert "5678" not in str(said(answer))


@pytest.mark.parametrize(
    ("verb", "given"),
    [
        ("set_work_mode", {"mode": "5"}), ("new_password", {"password": "12345"}),
        ("set_card", {}), ("set_quota", {"on": "yes"}),
        ("switch_pumps", {"count": "3", "on": "4"}), ("switch_pumps", {"count": "0"}),
        ("switch_pumps", {"count": "3", "on": "0"}), ("switch_valves", {"on": "1"}),
        ("switch_valves", {"count": "65"}), ("move_gates", {"openings": ""}),
        ("move_gates", {"openings": "1.5"}), ("move_gates", {"openings": "10000"}),
        ("move_gates", {"openings": "1 " * 65}),
    ],
)  # fmt: skip
def test_what_no_station_can_be_told_is_not_written(verb: str, given: dict[str, str]) -> None:
    with pytest.raises(NotEncodable):
        ordered(HEARD, verb, given, SENT)


ANSWERED = {
    "4C": ("switch_pumps", {"count": "3", "on": "1 3"}, True, ["1, 3号水泵开，其余关"]),
    "4C, other": ("switch_pumps", {"count": "3", "on": "2"}, False, ["1, 3号水泵开，其余关"]),
    "4E": ("move_gates", {"openings": "500 80"}, True, ["1号闸门开度120cm", "2号闸门开度50cm"]),
    "4E, other": (
        "move_gates",
        {"openings": "0 80"},
        False,
        ["1号闸门开度120cm", "2号闸门开度50cm"],
    ),
    "4F": ("set_quota", {"on": "1"}, True, ["水量定值控制已投入"]),
    "4F, other": ("set_quota", {"on": "0"}, False, ["水量定值控制已投入"]),
}


@pytest.mark.parametrize("name", ANSWERED)
def test_a_station_agrees_when_it_says_that_it_stands_as_it_was_told(name: str) -> None:
    verb, given, agreed, words = ANSWERED[name]
    answer = decoded(UP[name[:2]][0])
    asked = ordered(HEARD, verb, given, SENT)
    assert asked is not None
    assert agrees(answer, asked) is agreed
    assert [in_chinese(one) for one in said(answer)] == words


def test_the_card_bit_alone_is_held_against_the_answer_to_4b() -> None:
    asked = ordered(HEARD, "set_card", {"on": "1"}, SENT)
    assert asked is not None
    for word, agreed in ((b"\0\0\x02\x80", True), (b"\0\0\x00\x80", False)):
        rest = bytes.fromhex("F1F150010600014520") + word
        assert agrees(replace(HEARD, function=0x4B, rest=rest), asked) is agreed
    password = ordered(HEARD, "new_password", {"password": "ABCD"}, SENT)
    assert password is not None
    for word, agreed in (("ABCD", True), ("1234", False)):
        rest = bytes.fromhex(f"F1F150010600010310{word}")
        answer = replace(HEARD, function=0x49, rest=rest, reports=())
        assert agrees(answer, password) is agreed
        assert [in_chinese(one) for one in said(answer)] == ["密码 ***"]
