"""Coverage-guided noise at one decoder (or `any`), as a process: `fuzzing.py NAME RUNS FOLDER`.

What a decoder may do: give messages, give typed rejections, wait for more; the bytes all come back.
A document's parser gives the document or its one fault. Anything else ends the process, and so does
memory past 2 GB.
"""

import contextlib
import sys

import atheris

with atheris.instrument_imports(include=["anlan.protocols"]):
    from tests.protocols.targets import DOCUMENTS, STORMS

    from anlan.protocols.framing import Rejected

SEED, LONGEST, MEGABYTES = 651, 2048, 2048


def stream(name):
    """The first byte of an input says where the stream is cut in two."""
    storm = STORMS[name]

    def one_input(data: bytes) -> None:
        if not data:
            return
        decoder, whole, listen = storm.decoder(), data[1:], storm.listener()
        cut = data[0] * len(whole) // 255
        parts = [*decoder.feed(whole[:cut]), *decoder.feed(whole[cut:])]
        if decoder.pending > storm.limit:
            raise AssertionError(f"{decoder.pending} bytes held")
        parts += decoder.flush()
        if b"".join(part.raw for part in parts) != whole:
            raise AssertionError("bytes went missing")
        for part in parts:
            if not isinstance(part, Rejected):
                listen(part)
            elif not part.reason:
                raise AssertionError("a rejection without a reason")

    return one_input


def document(name):
    parse, fault, _samples = DOCUMENTS[name]

    def one_input(data: bytes) -> None:
        with contextlib.suppress(fault):
            parse(data)

    return one_input


def any_of_them(data: bytes) -> None:
    """The first byte says which."""
    if data:
        EVERY[data[0] % len(EVERY)](data[1:])


EVERY = [*map(stream, STORMS), *map(document, DOCUMENTS)]


def main() -> None:
    name, runs, folder = sys.argv[1:]
    ways = dict(zip([*STORMS, *DOCUMENTS], EVERY, strict=True))
    atheris.Setup(
        [sys.argv[0], f"-runs={runs}", f"-seed={SEED}", f"-max_len={LONGEST}", "-verbosity=0",
         f"-rss_limit_mb={MEGABYTES}", folder],
        ways.get(name, any_of_them),
    )  # fmt: skip
    atheris.Fuzz()


if __name__ == "__main__":
    main()
