"""MQTT packets: hand-laid bytes of both versions, round trip, and what is refused."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlan.protocols.framing import Reason, Rejected
from anlan.protocols.mqtt import (
    LEVEL_5,
    LEVEL_311,
    LONGEST,
    Answer,
    Connack,
    Connect,
    Disconnect,
    Granted,
    Kind,
    Malformed,
    MqttDecoder,
    NotEncodable,
    Ping,
    Publish,
    Subscribe,
    Unsubscribe,
    Will,
    decode,
    encode,
)

# Laid by hand after MQTT 3.1.1 chapter 3 and MQTT 5.0 chapter 3.
CONNECT_311 = bytes.fromhex("10 16 0004 4D515454 04 C2 003C 0002 6431 0002 6432 0002 7077")
CONNECT_5 = bytes.fromhex("10 15 0004 4D515454 05 02 003C 05 11 0000000A 0003 616263")
PUBLISH_QOS1 = bytes.fromhex("32 0B 0003 612F62 000A 7B7D0D0A")
PUBLISH_5 = bytes.fromhex("32 11 0003 612F62 000A 07 26 0001 6B 0001 76 7B7D")


def test_a_connect_of_311_laid_by_hand():
    assert decode(CONNECT_311, LEVEL_311) == Connect(
        client="d1", level=LEVEL_311, clean=True, keep_alive_s=60, username="d2", password=b"pw"
    )


def test_a_connect_of_5_with_its_session_expiry():
    found = decode(CONNECT_5, LEVEL_311)
    assert found == Connect(client="abc", level=LEVEL_5, properties=((0x11, 10),))


def test_a_publish_of_both_versions():
    assert decode(PUBLISH_QOS1, LEVEL_311) == Publish(
        topic="a/b", payload=b"{}\r\n", qos=1, number=10
    )
    assert decode(PUBLISH_5, LEVEL_5) == Publish(
        topic="a/b", payload=b"{}", qos=1, number=10, properties=((0x26, ("k", "v")),)
    )


@pytest.mark.parametrize(
    ("frame", "level", "packet"),
    [
        ("2002 0000", 4, Connack()),
        ("2002 0105", 4, Connack(code=5, session_present=True)),
        ("2003 0000 00", 5, Connack()),
        ("4002 000A", 4, Answer(kind=Kind.PUBACK, number=10)),
        ("6202 000A", 4, Answer(kind=Kind.PUBREL, number=10)),
        ("4004 000A 99 00", 5, Answer(kind=Kind.PUBACK, number=10, code=0x99)),
        ("4003 000A 10", 5, Answer(kind=Kind.PUBACK, number=10, code=0x10)),
        ("8208 0001 0003 612F23 01", 4, Subscribe(number=1, filters=(("a/#", 1),))),
        ("9003 0001 80", 4, Granted(kind=Kind.SUBACK, number=1, codes=(0x80,))),
        ("A207 0001 0003 612F23", 4, Unsubscribe(number=1, filters=("a/#",))),
        ("C000", 4, Ping()),
        ("D000", 4, Ping(kind=Kind.PINGRESP)),
        ("E000", 4, Disconnect()),
        ("E002 8E 00", 5, Disconnect(code=0x8E)),
    ],
)
def test_small_packets_laid_by_hand(frame, level, packet):
    assert decode(bytes.fromhex(frame), level) == packet


@pytest.mark.parametrize(
    ("frame", "level", "said"),
    [
        ("3607 0003 612F62 0000", 4, "QoS 3"),
        ("3207 0003 612F62 0000", 4, "packet identifier 0"),
        ("3205 0003 612F2B", 4, "wildcard"),
        ("3805 0003 612F62", 4, "duplicate"),
        ("3004 0003 6162", 4, "too soon"),
        ("3004 0002 C328", 4, "UTF-8"),
        ("3003 0001 00", 4, r"U\+0000"),
        ("8202 0001", 4, "without a topic filter"),
        ("4003 000A 10", 4, "too many"),
        ("3008 0003 612F62 02 7F 00", 5, "property 127"),
        ("3008 0003 612F62 02 0100", 5, ""),
        ("3006 0003 612F62", 4, "says 6 bytes"),
        ("1010 0006 4D5149736470 03 02 003C 0002 6431", 4, "MQTT 3.1.1 and 5"),
    ],
)
def test_what_breaks_the_standard_is_malformed(frame, level, said):
    data = bytes.fromhex(frame)
    if said == "":
        assert decode(data, level).properties == ((1, 0),)
        return
    with pytest.raises(Malformed, match=said):
        decode(data, level)


def test_a_length_of_five_bytes_and_a_packet_too_long_are_rejected():
    (first, *_rest) = MqttDecoder().feed(bytes.fromhex("30 FFFFFFFF 01"))
    assert (first.reason, first.raw) == (Reason.MALFORMED, bytes.fromhex("30FFFFFFFF"))
    (first, *_rest) = MqttDecoder().feed(bytes.fromhex("30 FFFF7F 00"))
    assert first.reason is Reason.TOO_LONG
    assert str(LONGEST) in first.detail
    (first, *_rest) = MqttDecoder(longest=300).feed(bytes.fromhex("30 AB02 00"))
    assert (first.reason, "300 are taken" in first.detail) == (Reason.TOO_LONG, True)


def test_the_decoder_learns_the_level_from_the_connect():
    decoder = MqttDecoder()
    stream = CONNECT_5 + PUBLISH_5
    found = [part for at in range(len(stream)) for part in decoder.feed(stream[at : at + 1])]
    assert [type(part).__name__ for part in found] == ["Connect", "Publish"]
    assert decoder.level == LEVEL_5


def test_what_the_standard_has_no_bytes_for_is_refused():
    for packet in (
        Publish(topic="a", payload=b"", qos=1),
        Publish(topic="a", payload=b"", number=3),
        Publish(topic="a\0", payload=b""),
        Publish(topic="a" * 70_000, payload=b""),
        Answer(kind=Kind.PUBACK, number=70_000),
    ):
        with pytest.raises(NotEncodable):
            encode(packet)


texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=30)
topics = texts.filter(lambda text: "+" not in text and "#" not in text)
numbers = st.integers(1, 0xFFFF)
wills = st.none() | st.builds(
    Will, topic=texts, payload=st.binary(max_size=30), qos=st.integers(0, 2), retain=st.booleans()
)
user = st.lists(st.tuples(st.just(0x26), st.tuples(texts, texts)), max_size=3).map(tuple)


def of_level(level):
    """Any packet of a level."""
    props = user if level == LEVEL_5 else st.just(())
    codes = st.integers(0, 255) if level == LEVEL_5 else st.just(0)
    answers = st.sampled_from([Kind.PUBACK, Kind.PUBREC, Kind.PUBREL, Kind.PUBCOMP])
    acknowledged = st.builds(
        Publish, topic=topics, payload=st.binary(max_size=300), qos=st.sampled_from([1, 2]),
        retain=st.booleans(), duplicate=st.booleans(), number=numbers, properties=props,
    )  # fmt: skip
    return st.tuples(
        st.just(level),
        st.one_of(
            st.builds(
                Connect, client=texts, level=st.just(level), clean=st.booleans(),
                keep_alive_s=st.integers(0, 0xFFFF), username=st.none() | texts,
                password=st.none() | st.binary(max_size=30), will=wills, properties=props,
            ),
            st.builds(Publish, topic=topics, payload=st.binary(max_size=300), properties=props),
            acknowledged,
            st.builds(Answer, kind=answers, number=numbers, code=codes, properties=props),
            st.builds(
                Subscribe, number=numbers, properties=props,
                filters=st.lists(
                    st.tuples(texts, st.integers(0, 2)), min_size=1, max_size=4
                ).map(tuple),
            ),
            st.builds(
                Granted, kind=st.just(Kind.SUBACK), number=numbers,
                codes=st.binary(max_size=5).map(tuple), properties=props,
            ),
            st.builds(
                Connack, code=st.integers(0, 255), session_present=st.booleans(),
                properties=props,
            ),
            st.builds(
                Unsubscribe, number=numbers, properties=props,
                filters=st.lists(texts, min_size=1, max_size=4).map(tuple),
            ),
            st.builds(Disconnect, code=codes),
        ),
    )  # fmt: skip


packets = st.sampled_from([LEVEL_311, LEVEL_5]).flatmap(of_level)


@given(packets)
def test_every_packet_comes_back_as_it_went(sent):
    level, packet = sent
    frame = encode(packet, level)
    (found,) = MqttDecoder(level).feed(frame)
    assert not isinstance(found, Rejected)
    assert found == packet
    assert found.raw == frame
    assert replace(found, raw=b"") == packet
