"""The centre's questions and the stations' answers of SL 651-2014, laid out by hand.

Tables 44-86 and annex D; the CRCs were computed bit by bit, not with the code under test.
"""

import contextlib
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.protocols.sl651_frames import SENT, STATION, VECTORS, decoded

from anlan.protocols.framing import Malformed
from anlan.protocols.sl651 import NotEncodable, agrees, answered, encode, ordered, question
from anlan.protocols.sl651 import content as c
from anlan.protocols.sl651.content import Content, Parameter
from anlan.protocols.sl651.exchange import reporting_interval
from anlan.protocols.sl651.parameters import PARAMETERS

HEARD = decoded(VECTORS["a timed report of stage and voltage"][0])
EIGHT = SENT.replace(minute=0, second=0)
HOUR = timedelta(hours=1)
DOWN = {
    0x37: (b"", "7E7E500106000101123437800802000020082008150305D292"),
    0x51: (b"", "7E7E500106000101123451800802000020082008150305B41A"),
    0x42: (reporting_interval(28_800), "7E7E500106000101123442800B02000020082008150320080805F455"),
    0x38: (
        c.ask_period(EIGHT.replace(hour=0), EIGHT, HOUR, 0x39),
        "7E7E50010600010112343880170200002008200815032008200020082008041800010039230554F8",
    ),
    0x3A: (
        c.ask_elements([0x39, 0x38]),
        "7E7E50010600010112343A800C0200002008200815033923381205FE0A",
    ),
    0x47: (c.clear_storage(), "7E7E500106000101123447800A020000200820081503970005B5FB"),
    0x48: (c.factory_settings(), "7E7E500106000101123448800A020000200820081503980005B284"),
    0x49: (
        c.new_password(0x1234, 0xABCD),
        "7E7E5001060001011234498010020000200820081503031012340310ABCD056971",
    ),
    0x4C: (c.switch([True, False, True]), "7E7E50010600010112344C800A020000200820081503010505CE53"),
    0x4E: (
        c.move_gates([True, False, True], [120, 0, 50]),
        "7E7E50010600010112344E801002000020082008150303050120000000500588BE",
    ),
    0x4F: (c.quota(True), "7E7E50010600010112344F8009020000200820081503FF05B554"),
}


@pytest.mark.parametrize("function", DOWN)
def test_a_question_is_written_as_the_standard_lays_it_out(function: int) -> None:
    rest, text = DOWN[function]
    asked = question(HEARD, function, SENT, rest)
    assert encode(asked).hex().upper() == text
    assert decoded(text) == asked


def test_what_is_asked_for_is_read_again() -> None:
    period = ordered(0x38, DOWN[0x38][0])
    assert (period.since, period.until) == (EIGHT.replace(hour=0), EIGHT)
    assert (period.step, period.elements) == (HOUR, ("39",))
    assert ordered(0x3A, DOWN[0x3A][0]).elements == ("39", "38")
    codes = [one.code for one in ordered(0x43, c.ask_parameters([0x20, 0x28])).parameters]
    assert codes == ["20", "28"]
    password = ordered(0x49, DOWN[0x49][0]).parameters
    assert [one.raw.hex() for one in password] == ["1234", "abcd"]
    assert ordered(0x4E, DOWN[0x4E][0]) == Content(
        switches=(True, False, True), openings_cm=(120, 0, 50)
    )


UP = {
    "42, two parameters as they stand now": (
        "7E7E0150010600011234420015020007200820081503F1F15001060001200808210805034E5F",
        {"parameters": (
            Parameter("20", 1, 0, Decimal(8)), Parameter("21", 1, 0, Decimal(5)),
        )},
    ),
    "43, seconds, a resolution and a base of 180 m": (
        "7E7E015001060001123443001F020007200820081503F1F150010600012008082310006025090528230018000003CB01",
        {"parameters": (
            Parameter("20", 1, 0, Decimal(8)), Parameter("23", 2, 0, Decimal(60)),
            Parameter("25", 1, 1, Decimal("0.5")), Parameter("28", 4, 3, Decimal("180.000")),
        )},
    ),
    "41, what is no figures stays bytes": (
        "7E7E015001060001123441002A020007200820081503F1F15001060001012001000000031012340C08020F6031313338303030313338303003B2EB",
        {"parameters": (
            Parameter("01", 4, 0, raw=b"\x01\0\0\0"), Parameter("03", 2, 0, raw=b"\x12\x34"),
            Parameter("0C", 1, 0, Decimal(2)), Parameter("0F", 12, 0, raw=b"113800013800"),
        )},
    ),
    "45": (
        "7E7E015001060001123445001B020007200820081503F1F150010600010B56312E32302D534C36353103E7B0",
        {"version": "V1.20-SL651"},
    ),
    "46": (
        "7E7E0150010600011234460015020007200820081503F1F150010600014520000000420390D0",
        {"status": 0x42},
    ),
    "4C": (
        "7E7E01500106000112344C0011020007200820081503F1F15001060001010503B894",
        {"switches": (True, False, True, False, False, False, False, False)},
    ),
    "4E": (
        "7E7E01500106000112344E0015020007200820081503F1F15001060001020301200050031810",
        {"switches": (True, True), "openings_cm": (120, 50)},
    ),
    "4F": (
        "7E7E01500106000112344F0010020007200820081503F1F15001060001FF03F86C",
        {"quota": True},
    ),
    "50": (
        "7E7E015001060001123450004F020007200820081503F1F1500106000100010002" + "0000" * 28
        + "0003000403882F",
        {"events": (1, 2, *(0,) * 28, 3, 4)},
    ),
    "51": ("7E7E015001060001123451000F020007200820081503F1F1500106000103C2C1", {}),
}  # fmt: skip


@pytest.mark.parametrize("name", UP)
def test_an_answer_is_read_as_the_standard_lays_it_out(name: str) -> None:
    text, said = UP[name]
    message = decoded(text)
    assert message.serial == 7
    assert answered(message.function, message.rest) == Content(STATION, **said)


def test_phases_of_a_pump_are_a_report() -> None:
    text = (
        "7E7E015001060001123444002F020007200820081503F1F1500106000150F0F0200820081570112201"
        "7111220272112203731101057411010675110107038ED7"
    )
    figures = [item.values[0] for item in decoded(text).reports[0].items]
    assert figures == [Decimal(v) for v in ("220.1", "220.2", "220.3", "10.5", "10.6", "10.7")]


@pytest.mark.parametrize(
    ("function", "rest", "detail"),
    [
        (0x46, "F1F150010600014510000000", "not the 4 bytes"),
        (0x42, "F1F1500106000120", "ends inside"),
        (0x4C, "F1F1500106000105FF", "ends inside"),
        (0x51, "F1F150010600010102", "has none"),
    ],
)
def test_an_answer_that_does_not_add_up_is_malformed(function: int, rest: str, detail: str) -> None:
    with pytest.raises(Malformed, match=detail):
        answered(function, bytes.fromhex(rest))


def test_a_station_agrees_when_it_repeats_what_it_was_told_or_nothing() -> None:
    answer = decoded(UP["42, two parameters as they stand now"][0])
    for seconds, agreed in ((28_800, True), (300, True), (3600, False), (60, False)):
        assert agrees(answer, question(HEARD, 0x42, SENT, reporting_interval(seconds))) is agreed
    assert agrees(decoded(UP["51"][0]), question(HEARD, 0x51, SENT))


def test_an_interval_that_no_station_has_is_not_encodable() -> None:
    assert reporting_interval(3600) == bytes.fromhex("200801")
    for seconds in (45, 90, 18_000, 100_000):
        with pytest.raises(NotEncodable):
            reporting_interval(seconds)


decimal_rows = [row for row in PARAMETERS.values() if row.digits]


@given(st.lists(st.tuples(st.sampled_from(decimal_rows), st.integers(0, 10**11)), max_size=9))
def test_parameters_that_are_written_are_read_again(rows) -> None:
    parameters = tuple(
        c.parameter(row.code, Decimal(n % 10**row.digits).scaleb(-row.decimals)) for row, n in rows
    )
    assert answered(0x42, c.set_parameters(parameters)).parameters == parameters


@given(st.sampled_from(range(0x37, 0x52)), st.binary(max_size=80), st.booleans())
def test_noise_is_content_or_malformed(function: int, rest: bytes, down: bool) -> None:
    for data in (rest, bytes.fromhex(f"F1F1{STATION}") + rest):
        with contextlib.suppress(Malformed):
            (ordered if down else answered)(function, data)
