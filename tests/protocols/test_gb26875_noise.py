"""GB/T 26875.3: what is written is read again; noise is bounded and no byte goes missing."""

import random
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.protocols.noise import Proof, Storm, changed, in_two_pieces
from tests.protocols.test_gb26875 import WHOLE, laid_out

from anlan.protocols import gb26875
from anlan.protocols.gb26875 import TYPES, Entry, Gb26875Decoder, Message, Unit
from anlan.protocols.gb26875.frames import LONGEST_FRAME
from anlan.vocabulary.clock import CHINA

NOW = datetime(2026, 7, 6, 11, 0, tzinfo=CHINA)
FRAMES = tuple(laid_out("02", unit) for unit, _ in WHOLE.values())

byte = st.integers(0, 255)
moments = st.datetimes(
    datetime.fromisoformat("2000-01-01"), datetime.fromisoformat("2255-12-31")
).map(lambda naive: naive.replace(microsecond=0, tzinfo=CHINA))
VALUES = {
    "part_address": st.integers(0, 2**32 - 1),
    "status": st.integers(0, 2**16 - 1),
    "figure": st.integers(-(2**15), 2**15 - 1),
    "version": st.tuples(byte, byte),
    "description": st.text("磁器口AB12-_ ", max_size=15),
    "configuration": st.text("磁器口AB12-_ ", max_size=60),
    "moment": st.none() | moments,
}
addresses = st.binary(min_size=6, max_size=6).map(lambda raw: raw.hex().upper())


@st.composite
def units(draw: st.DrawFn) -> Unit:
    kind = draw(st.sampled_from(sorted(TYPES)))
    fields = [name for name in TYPES[kind].fields if name != "reserved"]
    labelled = draw(st.booleans()) and "configuration" not in fields
    entries = []
    for _ in range(draw(st.integers(1, 3))):
        values = {name: draw(VALUES.get(name, byte)) for name in fields}
        entries.append(Entry(**values, at=draw(st.none() | moments) if labelled else None))
    return Unit(kind, tuple(entries), labelled)


@given(st.integers(0, 65535), addresses, addresses, st.none() | moments, units(),
       st.binary(max_size=40), st.data())  # fmt: skip
def test_what_is_written_is_read_again_whatever_stands_before_it(
    serial: int,
    source: str,
    target: str,
    at: datetime | None,
    unit: Unit,
    noise: bytes,
    data: st.DataObject,
) -> None:
    message = Message(2, serial, source, target, at, unit=unit)
    stream = noise.replace(b"@", b"") + gb26875.encode(message)
    assert in_two_pieces(Gb26875Decoder(), stream, data) == message


def forge(chance: random.Random) -> bytes:
    body = changed(chance, chance.choice(FRAMES)[2:-3])
    return b"@@" + body + bytes([sum(body) % 256]) + b"##"


def listener():
    def listen(message):
        gb26875.answer(message, NOW)
        gb26875.told(message, NOW)
        gb26875.doubt(message)

    return listen


STORM = Storm("GB/T 26875.3", Gb26875Decoder, FRAMES, 2 * LONGEST_FRAME, forge, listener)


@pytest.mark.prove("noise")
def test_noise_never_raises_is_bounded_and_no_byte_goes_missing(proof: Proof) -> None:
    STORM.rage(proof)


def test_a_frame_that_lost_its_end_costs_only_itself() -> None:
    STORM.loses_no_frame_behind_a_cut_one()
