"""Coverage-guided noise at every decoder, in a process of its own: `fuzzing.py RUNS SEED`.

The first byte of an input chooses the decoder. What a decoder may do: give messages, give typed
rejections, wait for more. Anything else ends the process.
"""

import sys

import atheris

with atheris.instrument_imports(include=["anlan.protocols"]):
    from anlan.protocols.framing import Rejected
    from anlan.protocols.gb26875 import Gb26875Decoder
    from anlan.protocols.hj212 import Hj212Decoder
    from anlan.protocols.jt808 import Jt808Decoder
    from anlan.protocols.mqtt import MqttDecoder
    from anlan.protocols.sl651 import Sl651Decoder

DECODERS = (Sl651Decoder, Hj212Decoder, Jt808Decoder, Gb26875Decoder, MqttDecoder)
BUFFER = 1 << 20  # more than any decoder may hold


def one_input(data: bytes) -> None:
    if len(data) < 2:
        return
    decoder = DECODERS[data[0] % len(DECODERS)]()
    cut, stream = data[1] * (len(data) - 2) // 255, data[2:]
    parts = [*decoder.feed(stream[:cut]), *decoder.feed(stream[cut:])]
    if decoder.pending > BUFFER:
        raise AssertionError(f"{decoder.pending} bytes held")
    parts += decoder.flush()
    for part in parts:
        if isinstance(part, Rejected) and not part.reason:
            raise AssertionError("a rejection without a reason")


def main() -> None:
    runs, seed = sys.argv[1:3]
    atheris.Setup(
        [sys.argv[0], f"-runs={runs}", f"-seed={seed}", "-max_len=2048", "-verbosity=0",
         *sys.argv[3:]],
        one_input,
    )  # fmt: skip
    atheris.Fuzz()


if __name__ == "__main__":
    main()
