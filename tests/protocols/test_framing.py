"""The buffer under every protocol: bounded, and able to find the next frame after garbage."""

from anlan.protocols.framing import Cut, FrameBuffer, Reason, Rejected


def bracketed(buffer: bytearray) -> Cut | None:
    """A toy protocol: ``<`` … ``>``, at most 16 bytes; ``<!…>`` fails its check."""
    if buffer[0] != ord("<"):
        start = buffer.find(b"<")
        return Cut(start if start > 0 else len(buffer), Reason.GARBAGE)
    end = buffer.find(b">")
    if end < 0:
        return None
    return Cut(end + 1, Reason.CHECK, "!") if buffer[1] == ord("!") else Cut(end + 1)


def framed(data: bytes, step: int = 100) -> list[bytes | Rejected]:
    frames = FrameBuffer(bracketed, limit=20)
    found = []
    for start in range(0, len(data), step):
        found += frames.feed(data[start : start + step])
    return found


def test_frames_come_out_whole_however_they_arrive() -> None:
    for step in range(1, 12):
        assert framed(b"<abc><d><ef>", step) == [b"<abc>", b"<d>", b"<ef>"]


def test_neighbouring_garbage_is_one_rejection_and_the_frame_behind_it_is_found() -> None:
    assert framed(b"xyz<a>pq<b>") == [
        Rejected(Reason.GARBAGE, b"xyz"),
        b"<a>",
        Rejected(Reason.GARBAGE, b"pq"),
        b"<b>",
    ]


def test_a_frame_that_fails_its_check_is_told_with_its_bytes() -> None:
    assert framed(b"<!a><b>") == [Rejected(Reason.CHECK, b"<!a>", "!"), b"<b>"]


def test_a_frame_that_never_ends_is_given_up_at_the_limit() -> None:
    found = framed(b"<" + b"x" * 30 + b"<ok>")
    assert found[0] == Rejected(Reason.INCOMPLETE, b"<" + b"x" * 19)
    assert found[-1] == b"<ok>"


def test_a_flush_gives_up_what_has_begun_and_finds_what_stands_behind_it() -> None:
    def first_wants_ten(buffer: bytearray) -> Cut | None:
        if buffer[:1] == b"#":
            return Cut(10) if len(buffer) >= 10 else None
        return bracketed(buffer)

    frames = FrameBuffer(first_wants_ten, limit=20)
    assert frames.feed(b"#12<a>") == []
    assert len(frames) == 6
    assert frames.flush() == [Rejected(Reason.INCOMPLETE, b"#12"), b"<a>"]
    assert len(frames) == 0
    assert frames.flush() == []


def test_much_garbage_is_told_in_bounded_pieces() -> None:
    found = framed(b"z" * 1000, step=1000)
    assert all(isinstance(part, Rejected) and len(part.raw) <= 40 for part in found)
    assert b"".join(part.raw for part in found if isinstance(part, Rejected)) == b"z" * 1000
