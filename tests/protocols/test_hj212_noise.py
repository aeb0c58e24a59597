"""HJ 212: what is written is read again; noise is bounded and no byte goes missing."""

import random
from datetime import datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.protocols.noise import Proof, Storm, changed, in_two_pieces

from anlan.protocols import hj212
from anlan.protocols.hj212 import Checksum, Hj212Decoder, Message, Packet, orders
from anlan.protocols.hj212.frames import LONGEST_FRAME, segment_of
from anlan.vocabulary.clock import CHINA

NOW = datetime(2026, 7, 6, 11, 0, tzinfo=CHINA)
FRAMES = tuple(
    b"##%04d%b%04X\r\n" % (len(body), body, hj212.crc(body))
    for body in (
        b"QN=20260706103512345;ST=21;CN=2011;PW=123456;MN=A1;Flag=5;CP=&&DataTime=20260706103000;"
        b"w01010-Rtd=28.6,w01010-Flag=N;w01018-Rtd=x,w01018-Flag=N&&",
        b"ST=32;CN=2051;PW=1;MN=A1;Flag=6;PNUM=2;PNO=1;CP=&&DataTime=20260706103000;011-Rtd=1&&",
        b"QN=20260706103512345;ST=91;CN=9012;PW=1;MN=A1;Flag=4;CP=&&ExeRtn=1&&",
        b"ST=32;CN=3020;PW=1;MN=A1;CP=&&PolId=w01018,i11001-Info=//a,b//&&",
    )
)

words = st.text("abcwRtdZ0123456789_.浓度", min_size=1, max_size=12)
keys = st.tuples(words, st.sampled_from(["", "-Rtd", "-Avg", "-Flag"])).map("".join)
contents = st.lists(
    st.lists(st.tuples(keys, st.just("") | words | words.map(lambda w: f"//{w},{w}//")), min_size=1)
    .map(tuple),
    max_size=4,
).map(tuple)  # fmt: skip


@st.composite
def messages(draw: st.DrawFn) -> Message:
    packet = draw(st.none() | st.integers(1, 5).map(lambda n: Packet(5, n)))
    flag = draw(st.sampled_from([0, 1, 4, 5, 8, 9]))
    return Message(
        st=draw(st.sampled_from(["21", "32", "91"])),
        cn=draw(st.sampled_from(["2011", "2051", "9014", "1012"])),
        mn=draw(words),
        pw=draw(st.just("") | words),
        qn=draw(st.sampled_from(["", "20260706103512345"])),
        flag=draw(st.none() | st.just(flag)) if packet is None else flag | 2,
        packet=packet,
        content=draw(contents),
        checksum=draw(st.sampled_from(list(Checksum))),
    )


@given(messages(), st.binary(max_size=40), st.data())
def test_what_is_written_is_read_again_whatever_stands_before_it(
    message: Message, noise: bytes, data: st.DataObject
) -> None:
    try:
        frame = hj212.encode(message)
    except hj212.NotEncodable:  # too long for one frame
        return
    segment = segment_of(frame)
    assume(hj212.crc(segment) != hj212.modbus(segment))  # where both fit, the frame cannot say
    stream = noise.replace(b"#", b"") + frame
    assert in_two_pieces(Hj212Decoder(), stream, data) == message


def listener():
    """Reads as a gateway does, and whoever puts packets together."""
    assembler = hj212.Assembler()

    def listen(message):
        whole = assembler.add(message) or message
        for one in (hj212.certain(message), whole):
            hj212.frame_of(one, "A1", NOW, one.raw)
            hj212.doubts(one, NOW)
        hj212.answer(message)
        hj212.outcome(message)
        orders.told(message)

    return listen


def forge(chance: random.Random) -> bytes:
    body = changed(chance, chance.choice(FRAMES)[6:-6])
    return b"##%04d%b%04X\r\n" % (len(body), body, hj212.crc(body))


STORM = Storm("HJ 212", Hj212Decoder, FRAMES, 2 * LONGEST_FRAME, forge, listener)


@pytest.mark.prove("noise")
def test_noise_never_raises_is_bounded_and_no_byte_goes_missing(proof: Proof) -> None:
    STORM.rage(proof)


def test_a_frame_that_lost_its_end_costs_only_itself() -> None:
    STORM.loses_no_frame_behind_a_cut_one()


def test_a_flood_of_noise_stays_bounded() -> None:
    chance = random.Random(2122017)
    decoder = Hj212Decoder()
    for _ in range(64):
        decoder.feed(b"##9999Q" + chance.randbytes(16_384))
        assert decoder.pending <= 2 * LONGEST_FRAME
