"""JT/T 808: what is written is read again; noise is bounded and no byte goes missing."""

import random
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.protocols.noise import Proof, Storm, changed, in_two_pieces
from tests.protocols.test_jt808 import BODIES, decoded, laid_out

from anlan.protocols import jt808
from anlan.protocols.framing import Reason
from anlan.protocols.jt808 import Item, Jt808Decoder, Message, Packet, Position
from anlan.protocols.jt808.frames import LONGEST_FRAME, content_of, framed
from anlan.vocabulary.clock import CHINA

FRAMES = tuple(laid_out(m, body, edition=edition) for m, edition, body, _ in BODIES.values())

u16, u32 = st.integers(0, 0xFFFF), st.integers(0, 0xFFFFFFFF)
moments = st.datetimes(
    datetime.fromisoformat("2000-01-01"), datetime.fromisoformat("2099-12-31")
).map(lambda naive: naive.replace(microsecond=0, tzinfo=CHINA))
item = st.builds(Item, st.integers(0, 255), st.binary(max_size=60))


@st.composite
def positions(draw: st.DrawFn) -> Position:
    status = draw(u32)
    lat, lon = draw(st.integers(0, 90_000_000)) / 1e6, draw(st.integers(0, 180_000_000)) / 1e6
    place = (-lat if status & 4 else lat, -lon if status & 8 else lon)
    return Position(
        draw(u32), status, *((None, None) if status & 0x20 else place),
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
    assert in_two_pieces(Jt808Decoder(), stream, data) == message
    if message.packet is None:
        assert jt808.parse(message) == place


def forge(chance: random.Random) -> bytes:
    return framed(changed(chance, content_of(chance.choice(FRAMES))))


def listener():
    """Reads as a gateway does: the only fault there may be is that a message is malformed."""
    assembler = jt808.Assembler()

    def listen(message):
        jt808.answer(message, 1)
        try:
            body = jt808.parse(assembler.add(message).whole or message)
            for one in body.items if isinstance(body, Position) else ():
                assert one.alarm is None or one.alarm.at
        except jt808.Malformed:
            pass

    return listen


STORM = Storm("JT/T 808", Jt808Decoder, FRAMES, 2 * LONGEST_FRAME, forge, listener)


@pytest.mark.prove("noise")
def test_noise_never_raises_is_bounded_and_no_byte_goes_missing(proof: Proof) -> None:
    STORM.rage(proof)


def test_a_frame_whose_end_was_lost_costs_no_other() -> None:
    STORM.loses_no_frame_behind_a_cut_one()


@pytest.mark.parametrize("step", [1, 5, 5000])
def test_every_frame_of_a_line_without_end_flags_is_heard(step: int) -> None:
    """Each frame's first flag is taken for the last one's end; noise between is told apart."""
    stream = b"".join(frame[:-1] for frame in FRAMES) + b"\x7e" + b"noise" + FRAMES[0]
    decoder, found = Jt808Decoder(), []
    for at in range(0, len(stream), step):
        found += decoder.feed(stream[at : at + step])
    (first,) = Jt808Decoder().feed(FRAMES[0])
    assert found[-1] == first
    assert found[-2].reason is Reason.GARBAGE
    assert [decoded(frame) for frame in FRAMES] == found[:-2]
    assert b"".join(part.raw for part in found) == stream


@pytest.mark.parametrize("lost", [0, 1])
def test_a_line_that_breaks_within_a_frame_leaves_one_piece_behind(lost: int) -> None:
    """Also behind a frame that checks, whose end the next could have shared: not one for each
    byte."""
    whole, cut = FRAMES[0], FRAMES[1][lost:-4]
    decoder = Jt808Decoder()
    assert len(decoder.feed(whole + cut)) == 1
    (left,) = decoder.flush()
    assert (left.reason, left.raw) == (Reason.INCOMPLETE, cut)
    assert decoder.feed(whole) == [decoded(whole)]
