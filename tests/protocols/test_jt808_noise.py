"""JT/T 808: what is written is read again; noise is bounded and no byte goes missing."""

import os
import random
from collections.abc import Callable
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.protocols.test_jt808 import BODIES, laid_out

from anlan.protocols import jt808
from anlan.protocols.framing import Rejected
from anlan.protocols.jt808 import Item, Jt808Decoder, Message, Packet, Position
from anlan.protocols.jt808.frames import LONGEST_FRAME
from anlan.vocabulary.clock import CHINA

INPUTS = 1_000_000 if os.environ.get("ANLAN_PROVE") else 20_000
FRAMES = tuple(laid_out(m, body, edition=edition) for m, edition, body, _ in BODIES.values())

u16, u32 = st.integers(0, 0xFFFF), st.integers(0, 0xFFFFFFFF)
moments = st.datetimes(
    datetime.fromisoformat("2000-01-01"), datetime.fromisoformat("2099-12-31")
).map(lambda naive: naive.replace(microsecond=0, tzinfo=CHINA))
item = st.builds(Item, st.integers(0, 255), st.binary(max_size=60))


@st.composite
def positions(draw: st.DrawFn) -> Position:
    status = draw(u32)
    place = (draw(st.integers(0, 90_000_000)) / 1e6, draw(st.integers(0, 180_000_000)) / 1e6)
    return Position(
        draw(u32), status,
        -place[0] if status & 4 else place[0], -place[1] if status & 8 else place[1],
        draw(st.integers(-500, 9000)), draw(u16) / 10, draw(st.integers(0, 359)), draw(moments),
        tuple(draw(st.lists(item, max_size=6))),
    )  # fmt: skip


@given(positions(), st.sampled_from([2013, 2019]), u16, st.binary(max_size=40), st.data())
def test_a_position_is_read_again_whatever_stands_before_it(
    place: Position, edition: int, serial: int, noise: bytes, data: st.DataObject
) -> None:
    phone = data.draw(st.text("0123456789", min_size=12, max_size=12))
    message = Message(
        0x0200, phone.zfill(12 if edition == 2013 else 20), serial,
        jt808.written(place, edition), edition,
        packet=data.draw(st.none() | st.just(Packet(3, 2))),
    )  # fmt: skip
    stream = noise.replace(b"\x7e", b"") + jt808.encode(message)
    cut = data.draw(st.integers(0, len(stream)))
    decoder = Jt808Decoder()
    found = decoder.feed(stream[:cut]) + decoder.feed(stream[cut:])
    assert found[-1] == message
    assert all(isinstance(part, Rejected) for part in found[:-1])
    if message.packet is None:
        assert jt808.parse(message) == place


@pytest.mark.prove
def test_noise_never_raises_is_bounded_and_no_byte_goes_missing(
    proof: Callable[[str, str], None],
) -> None:
    chance = random.Random(808)
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
                case 3:  # a changed byte under a check code that fits
                    content = bytearray(jt808.frames.content_of(chance.choice(FRAMES)))
                    content[chance.randrange(len(content))] = chance.randrange(256)
                    stream += jt808.frames.framed(bytes(content))
        decoder, assembler = Jt808Decoder(), jt808.Assembler()
        found = []
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
                understood(assembler.add(part) or part)
    assert kinds[Message] > INPUTS / 2
    assert kinds[Rejected] > INPUTS / 4
    proof(
        "Noise at the JT/T 808 decoder",
        f"{INPUTS} random inputs: none raised, none grew the buffer past {2 * LONGEST_FRAME} "
        f"bytes, every byte came back in one of {kinds[Message]} messages or {kinds[Rejected]} "
        "rejections",
    )


def understood(message: Message) -> None:
    """Read it as a gateway does: the only fault there may be is that it is malformed."""
    jt808.answer(message, 1)
    try:
        body = jt808.parse(message)
        for one in body.items if isinstance(body, Position) else ():
            assert one.alarm is None or one.alarm.at
    except jt808.Malformed:
        pass
