"""Noise at a decoder: frames spoilt, cut off and mixed with bytes, in pieces of any size."""

import os
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from anlan.protocols.framing import Decoder, Rejected

INPUTS = 1_000_000 if os.environ.get("ANLAN_PROVE") else 20_000
Proof = Callable[[str, str], None]


@dataclass(frozen=True)
class Storm:
    """What is thrown at a decoder: good frames, and `forge`, a spoilt one whose checksum fits.

    `limit` is what its buffer may hold, `listener` makes what hears every message of one stream.
    """

    name: str
    decoder: Callable[[], Decoder]
    frames: Sequence[bytes]
    limit: int
    forge: Callable[[random.Random], bytes]
    listener: Callable[[], Callable[[object], object]]

    def rage(self, proof: Proof) -> None:
        """Nothing raises, no buffer grows past its limit, every byte comes back."""
        chance = random.Random(self.name)
        messages = rejections = 0
        for _ in range(INPUTS):
            stream = self._stream(chance)
            found = self._fed(chance, stream)
            assert b"".join(part.raw for part in found) == stream
            listen = self.listener()
            for part in found:
                if isinstance(part, Rejected):
                    rejections += 1
                else:
                    messages += 1
                    listen(part)
        assert messages > INPUTS / 2
        assert rejections > INPUTS / 4
        proof(
            f"Noise at the {self.name} decoder",
            f"{INPUTS} random inputs: none raised, none grew the buffer past {self.limit} bytes, "
            f"every byte came back in one of {messages} messages or {rejections} rejections",
        )

    def loses_no_frame_behind_a_cut_one(self) -> None:
        """Wherever the end of a frame is lost, the next one is heard, in one piece or in bytes."""
        for first, second in zip(self.frames, [*self.frames[1:], self.frames[0]], strict=True):
            (whole,) = self.decoder().feed(second)
            most = len(first) - 1
            for kept in {*range(1, most, 7), *range(max(1, most - 30), most + 1)}:
                stream = first[:kept] + second
                for step in (len(stream), 1):
                    decoder, found = self.decoder(), []
                    for at in range(0, len(stream), step):
                        found += decoder.feed(stream[at : at + step])
                    found += decoder.flush()
                    assert b"".join(part.raw for part in found) == stream
                    assert found[-1] == whole, (first, kept, step)

    def _stream(self, chance: random.Random) -> bytes:
        stream = bytearray()
        for _ in range(chance.randint(1, 3)):
            stream += chance.choice(self.frames)
            match chance.randint(0, 4):
                case 0:
                    stream[chance.randrange(len(stream))] = chance.randrange(256)
                case 1:
                    del stream[chance.randrange(len(stream)) :]
                case 2:
                    stream += chance.randbytes(chance.randint(0, 40))
                case 3:
                    stream += self.forge(chance)
        return bytes(stream)

    def _fed(self, chance, stream):
        decoder, found, at = self.decoder(), [], 0
        while at < len(stream):
            step = chance.randint(1, 200)
            found += decoder.feed(stream[at : at + step])
            at += step
            assert decoder.pending <= self.limit
        return found + decoder.flush()


def in_two_pieces(decoder: Decoder, stream: bytes, data: st.DataObject) -> object:
    """The last message of a stream fed in two pieces, cut anywhere; all before it is rejected."""
    cut = data.draw(st.integers(0, len(stream)))
    found = decoder.feed(stream[:cut]) + decoder.feed(stream[cut:])
    assert all(isinstance(part, Rejected) for part in found[:-1])
    return found[-1]


def changed(chance: random.Random, content: bytes) -> bytes:
    """One byte of it is another."""
    spoilt = bytearray(content)
    spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
    return bytes(spoilt)
