"""GB/T 26875.3: what is written is read again; noise is bounded and no byte goes missing."""

import os
import random
from collections.abc import Callable
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.protocols.test_gb26875 import WHOLE, laid_out

from anlan.protocols import gb26875
from anlan.protocols.framing import Rejected
from anlan.protocols.gb26875 import TYPES, Entry, Gb26875Decoder, Message, Unit
from anlan.protocols.gb26875.frames import LONGEST_FRAME
from anlan.vocabulary.clock import CHINA

INPUTS = 1_000_000 if os.environ.get("ANLAN_PROVE") else 20_000
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
    cut = data.draw(st.integers(0, len(stream)))
    decoder = Gb26875Decoder()
    found = decoder.feed(stream[:cut]) + decoder.feed(stream[cut:])
    assert found[-1] == message
    assert all(isinstance(part, Rejected) for part in found[:-1])


@pytest.mark.prove
def test_noise_never_raises_is_bounded_and_no_byte_goes_missing(
    proof: Callable[[str, str], None],
) -> None:
    chance = random.Random(26875)
    kinds = {Message: 0, Rejected: 0}
    for _ in range(INPUTS):
        stream = bytearray()
        for _ in range(chance.randint(1, 3)):
            stream += chance.choice(FRAMES)
            match chance.randint(0, 4):
                case 0:
                    stream[chance.randrange(len(stream))] = chance.randrange(256)
                case 1:
                    del stream[chance.randrange(len(stream)) :]
                case 2:
                    stream += chance.randbytes(chance.randint(0, 40))
                case 3:  # a changed byte under a sum that fits
                    body = bytearray(chance.choice(FRAMES)[2:-3])
                    body[chance.randrange(len(body))] = chance.randrange(256)
                    stream += b"@@" + body + bytes([sum(body) % 256]) + b"##"
        decoder, found = Gb26875Decoder(), []
        at = 0
        while at < len(stream):
            step = chance.randint(1, 200)
            found += decoder.feed(bytes(stream[at : at + step]))
            at += step
            assert decoder.pending <= 2 * LONGEST_FRAME
        found += decoder.flush()
        assert b"".join(part.raw for part in found) == stream
        for part in found:
            kinds[type(part)] += 1
            if isinstance(part, Message):
                gb26875.answer(part, NOW)
    assert kinds[Message] > INPUTS / 2
    assert kinds[Rejected] > INPUTS / 4
    proof(
        "Noise at the GB/T 26875.3 decoder",
        f"{INPUTS} random inputs: none raised, none grew the buffer past {2 * LONGEST_FRAME} "
        f"bytes, every byte came back in one of {kinds[Message]} messages or {kinds[Rejected]} "
        "rejections",
    )
