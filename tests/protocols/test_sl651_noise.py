"""SL 651-2014: what is written is read again; noise is bounded and no byte goes missing."""

import random
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.protocols.noise import Proof, Storm, changed, in_two_pieces
from tests.protocols.sl651_frames import FIVE, SEEN, SENT, STATION, VECTORS, decoded, report
from tests.protocols.test_sl651_text import HOUR, PACKETS, TIMED

from anlan.protocols.sl651 import (
    Assembler,
    Control,
    Direction,
    Item,
    Message,
    Report,
    Sl651Decoder,
    about,
    crc,
    doubts,
    encode,
    measured,
    pictures,
    readings,
    relayed,
    unread,
)
from anlan.protocols.sl651.answers import said
from anlan.protocols.sl651.frames import LONGEST_FRAME
from anlan.vocabulary.clock import CHINA

FRAMES = tuple(bytes.fromhex(text) for text, _ in VECTORS.values())
TEXTS = (TIMED, HOUR, *PACKETS)

instants = st.datetimes(
    datetime(2000, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    datetime(2099, 12, 31, 23, 59),  # noqa: DTZ001
    timezones=st.just(CHINA),
).map(lambda at: at.replace(second=0, microsecond=0, fold=0))


@st.composite
def figures(draw: st.DrawFn, size: int, decimals: int) -> Decimal | None:
    if draw(st.integers(0, 9)) == 0:
        return None
    negative = size > 1 and draw(st.booleans())
    most = 10 ** (2 * (size - negative)) - 1
    whole = draw(st.integers(1 if negative else 0, most))
    return Decimal(f"{'-' if negative else ''}{whole}E-{decimals}")


@st.composite
def plain_items(draw: st.DrawFn, at: datetime) -> Item:
    code = draw(st.sampled_from(["02", "1A", "26", "27", "38", "39", "7A", "E0", "FF02", "FFF1"]))
    size, decimals = draw(st.integers(1, 31)), draw(st.integers(0, 7))
    return Item(code, at, size, decimals, (draw(figures(size, decimals)),))


@st.composite
def rows(draw: st.DrawFn, at: datetime) -> Item:
    if draw(st.booleans()):
        values = draw(st.lists(st.none() | st.integers(0, 254).map(lambda n: Decimal(n) / 10)))
        return Item("F4", at, 1, 1, tuple(values), FIVE)
    size, decimals = draw(st.integers(1, 6)), draw(st.integers(0, 7))
    values = draw(st.lists(figures(size, decimals), min_size=1, max_size=20))
    minutes = draw(st.sampled_from([1, 5, 30, 60, 120, 1440]))
    return Item("39", at, size, decimals, tuple(values), timedelta(minutes=minutes))


@st.composite
def messages(draw: st.DrawFn) -> Message:
    station = draw(st.binary(min_size=5, max_size=5)).hex().upper()
    reports = []
    for n in range(draw(st.integers(1, 2))):
        parts = [draw(plain_items(draw(instants))) for _ in range(draw(st.integers(0, 8)))]
        if draw(st.booleans()):
            parts.append(Item("45", draw(instants), 4, raw=draw(st.binary(min_size=4, max_size=4))))
        if n == 1 and draw(st.booleans()):
            parts.append(draw(rows(draw(instants))))
        reports.append(Report(station, draw(st.integers(0, 255)), tuple(parts)))
    return Message(
        direction=Direction.UP,
        centre=draw(st.integers(0, 255)),
        station=station,
        password=draw(st.integers(0, 0xFFFF)),
        function=draw(st.sampled_from([0x30, 0x31, 0x32, 0x33, 0x34])),
        serial=draw(st.integers(0, 0xFFFF)),
        sent_at=draw(instants),
        end=draw(st.sampled_from([Control.ETX, Control.ETB])),
        reports=tuple(reports),
    )


@given(messages(), st.binary(max_size=40), st.data())
def test_what_is_written_is_read_again_whatever_stands_before_it(
    message: Message, noise: bytes, data: st.DataObject
) -> None:
    noise = noise.replace(b"\x7e", b"")
    stream = noise + encode(message)
    assert in_two_pieces(Sl651Decoder(), stream, data) == message


@given(st.sampled_from([0x39, 0x27, 0x26, 0x38, 0x02]), st.data())
def test_the_standard_width_holds_every_value_the_standard_allows(
    code: int, data: st.DataObject
) -> None:
    digits, decimals = {0x39: (7, 3), 0x27: (9, 3), 0x26: (6, 1), 0x38: (4, 2), 0x02: (3, 1)}[code]
    whole = data.draw(st.integers(-(10**digits) + 1, 10**digits - 1))
    value = Decimal(whole).scaleb(-decimals)
    message = report(0x32, 1, (Report(STATION, 0x48, (measured(code, SEEN, [value]),)),))
    (read,) = decoded(encode(message).hex()).reports[0].items
    assert read.values == (value,)


def forge(chance: random.Random) -> bytes:
    body = changed(chance, chance.choice(FRAMES)[:-2])
    return body + crc(body).to_bytes(2, "big")


def forge_text(chance: random.Random) -> bytes:
    body = changed(chance, chance.choice(TEXTS)[:-4])
    return body + f"{crc(body):04X}".encode()


def listener():
    """Reads as a gateway does."""
    packets = Assembler()

    def listen(message: Message) -> None:
        if message.packet is not None:
            whole = packets.add(message).whole
            return None if whole is None else listen(whole)
        for station in ("", about(message), *relayed(message)):
            readings(message, SENT, station)
            pictures(message, station)
        doubts(message)
        unread(message)
        said(message)
        return None

    return listen


STORM = Storm("SL 651", Sl651Decoder, FRAMES, 2 * LONGEST_FRAME, forge, listener)
STORM_OF_TEXTS = Storm("SL 651 ASCII", Sl651Decoder, TEXTS, 2 * LONGEST_FRAME, forge_text, listener)


@pytest.mark.prove("noise")
@pytest.mark.parametrize("storm", [STORM, STORM_OF_TEXTS], ids=["hex", "ascii"])
def test_noise_never_raises_is_bounded_and_no_byte_goes_missing(storm: Storm, proof: Proof) -> None:
    storm.rage(proof)


@pytest.mark.parametrize("storm", [STORM, STORM_OF_TEXTS], ids=["hex", "ascii"])
def test_a_frame_that_lost_its_end_costs_only_itself(storm: Storm) -> None:
    storm.loses_no_frame_behind_a_cut_one()


def test_a_flood_of_noise_stays_bounded() -> None:
    chance = random.Random(6512014)
    decoder = Sl651Decoder()
    for _ in range(64):
        decoder.feed(b"\x7e\x7e" + chance.randbytes(16_384))
        assert decoder.pending <= 2 * LONGEST_FRAME
