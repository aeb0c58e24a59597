"""The spool keeps what it said it has: over torn tails, full disks, crashes and restarts."""

import asyncio
import errno
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from anlan.backbone import spool as spooling
from anlan.backbone.intake import DELIVERY_BYTES, SpoolIntake
from anlan.backbone.records import HEADER, LARGEST_PAYLOAD, record
from anlan.backbone.spool import Damage, Spool, SpoolFault


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "spool"


@pytest.fixture
def opened(folder: Path) -> Iterator[Callable[..., Spool]]:
    spools: list[Spool] = []

    def again(**options: int) -> Spool:
        for spool in spools:
            spool.close()
        spools.append(Spool(folder, **options))
        return spools[-1]

    yield again
    for spool in spools:
        spool.close()


def all_of(spool: Spool, after: int = 0) -> list[tuple[int, bytes]]:
    return spool.read(after, limit=10**9)


def only_segment(folder: Path) -> Path:
    (path,) = folder.glob("*.seg")
    return path


def test_lines_are_numbered_in_order_and_read_back(opened: Callable[..., Spool]) -> None:
    spool = opened()
    assert spool.append([b"a", b"b"]) == 2
    assert spool.append([b"c"]) == 3
    assert all_of(spool) == [(1, b"a"), (2, b"b"), (3, b"c")]
    assert spool.read(1, limit=1) == [(2, b"b")]
    assert spool.read(3) == []
    assert spool.read(0, most_bytes=4) == [(1, b"a"), (2, b"b")]
    assert spool.read(2, most_bytes=1) == [(3, b"c")]


def test_the_recorder_takes_only_so_many_bytes_at_once(opened: Callable[..., Spool]) -> None:
    spool = opened()
    spool.append([b"x" * LARGEST_PAYLOAD for _ in range(9)])
    intake, came = SpoolIntake(spool), 0
    while delivery := intake.take():
        assert sum(map(len, delivery.lines)) <= DELIVERY_BYTES
        came += len(delivery.lines)
        delivery.done()
    assert came == 9


def test_numbers_go_on_after_a_restart(opened: Callable[..., Spool]) -> None:
    opened().append([b"a"])
    spool = opened()
    assert spool.append([b"b"]) == 2
    assert all_of(spool) == [(1, b"a"), (2, b"b")]


def test_numbers_go_on_after_everything_was_committed_and_trimmed(
    opened: Callable[..., Spool], folder: Path
) -> None:
    spool = opened(segment_bytes=1)
    spool.append([b"a"])
    spool.append([b"b"])
    spool.commit(2)
    spool = opened(segment_bytes=1)
    assert spool.committed == 2
    assert spool.append([b"c"]) == 3
    assert all_of(spool, spool.committed) == [(3, b"c")]


def test_committed_segments_leave_the_disk_and_others_stay(
    opened: Callable[..., Spool], folder: Path
) -> None:
    spool = opened(segment_bytes=1)
    for line in (b"a", b"b", b"c"):
        spool.append([line])
    spool.commit(2)
    assert [int(path.stem) for path in sorted(folder.glob("*.seg"))] == [3]
    assert all_of(spool, 2) == [(3, b"c")]


def test_a_commit_never_goes_backward_nor_ahead_of_the_disk(opened: Callable[..., Spool]) -> None:
    spool = opened()
    spool.append([b"a", b"b"])
    spool.commit(2)
    spool.commit(1)
    assert spool.committed == 2
    with pytest.raises(ValueError, match="not been written"):
        spool.commit(3)


def test_an_empty_line_and_the_largest_are_kept(opened: Callable[..., Spool]) -> None:
    spool = opened()
    spool.append([b"", b"x" * LARGEST_PAYLOAD])
    with pytest.raises(ValueError, match="at most"):
        spool.append([b"x" * (LARGEST_PAYLOAD + 1)])
    assert [len(body) for _, body in all_of(opened())] == [0, LARGEST_PAYLOAD]


def test_a_tail_torn_at_any_byte_is_cut_and_writing_goes_on(tmp_path: Path) -> None:
    whole = record(1, b"first") + record(2, b"second")
    for size in range(len(whole)):
        folder = tmp_path / str(size)
        folder.mkdir()
        (folder / f"{1:020d}.seg").write_bytes(whole[:size])
        spool = Spool(folder)
        kept = 1 if size >= len(record(1, b"first")) else 0
        assert [number for number, _ in all_of(spool)] == list(range(1, kept + 1))
        assert spool.torn_bytes == size - kept * len(record(1, b"first"))
        assert spool.damage == []
        assert spool.append([b"next"]) == kept + 1
        spool.close()


@pytest.mark.parametrize("tail", [b"\0" * 4096, b"\xff" * 100, b"\0" * 15])
def test_a_tail_of_zeros_or_noise_is_cut(
    opened: Callable[..., Spool], folder: Path, tail: bytes
) -> None:
    opened().append([b"a"])
    with open(only_segment(folder), "ab") as file:
        file.write(tail)
    spool = opened()
    assert spool.torn_bytes == len(tail)
    assert all_of(spool) == [(1, b"a")]


@pytest.mark.parametrize("byte", range(HEADER.size + 3))
def test_a_spoilt_record_in_the_middle_is_reported_and_the_rest_is_read(
    opened: Callable[..., Spool], folder: Path, byte: int
) -> None:
    opened().append([b"one", b"two", b"three"])
    path = only_segment(folder)
    spoilt = bytearray(path.read_bytes())
    start = len(record(1, b"one"))
    spoilt[start + byte] ^= 0x5A
    path.write_bytes(spoilt)
    spool = opened()
    assert spool.damage == [Damage(path.name, start, len(record(2, b"two")), 1)]
    assert all_of(spool) == [(1, b"one"), (3, b"three")]
    assert path.read_bytes() == spoilt, "the bytes stay as evidence"
    assert spool.append([b"four"]) == 4


def test_damage_that_comes_while_the_spool_is_open_is_reported_too(
    opened: Callable[..., Spool], folder: Path
) -> None:
    spool = opened()
    spool.append([b"one", b"two", b"three"])
    path = only_segment(folder)
    spoilt = bytearray(path.read_bytes())
    spoilt[len(record(1, b"one")) + HEADER.size] ^= 1
    path.write_bytes(spoilt)
    assert [number for number, _ in all_of(spool)] == [1, 3]
    assert all_of(spool)
    assert len(spool.damage) == 1


def test_a_missing_segment_is_reported(opened: Callable[..., Spool], folder: Path) -> None:
    spool = opened(segment_bytes=1)
    for line in (b"a", b"b", b"c"):
        spool.append([line])
    (folder / f"{2:020d}.seg").unlink()
    spool = opened()
    assert [(d.segment, d.after) for d in spool.damage] == [(f"{3:020d}.seg", 1)]
    assert [number for number, _ in all_of(spool)] == [1, 3]


def test_a_missing_first_segment_is_reported(opened: Callable[..., Spool], folder: Path) -> None:
    spool = opened(segment_bytes=1)
    for line in (b"a", b"b", b"c"):
        spool.append([line])
    (folder / f"{1:020d}.seg").unlink()
    spool = opened()
    assert [(d.segment, d.after) for d in spool.damage] == [(f"{2:020d}.seg", 0)]
    assert [number for number, _ in all_of(spool)] == [2, 3]


def test_an_unreadable_commit_delivers_again_rather_than_losing(
    opened: Callable[..., Spool], folder: Path
) -> None:
    spool = opened()
    spool.append([b"a"])
    spool.commit(1)
    (folder / "committed").write_bytes(b"?")
    spool = opened()
    assert spool.committed == 0
    assert spool.damage[0].segment == "committed"
    assert all_of(spool) == [(1, b"a")]


def test_a_second_process_is_refused(opened: Callable[..., Spool], folder: Path) -> None:
    opened()
    with pytest.raises(SpoolFault, match="in use"):
        Spool(folder)


def test_a_closed_spool_takes_nothing(opened: Callable[..., Spool]) -> None:
    spool = opened()
    spool.close()
    spool.close()
    with pytest.raises(SpoolFault, match="closed"):
        spool.append([b"a"])


def test_a_full_disk_is_told_and_writing_goes_on_when_there_is_room(
    opened: Callable[..., Spool], monkeypatch: pytest.MonkeyPatch
) -> None:
    spool = opened()
    spool.append([b"before"])
    write = os.write

    def half_then_full(handle: int, data: bytes) -> int:
        if len(data) > 5:
            return write(handle, data[:5])
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(os, "write", half_then_full)
    with pytest.raises(OSError, match="no space"):
        spool.append([b"lost"])
    monkeypatch.undo()
    assert spool.append([b"after"]) == 2
    spool = opened()
    assert spool.damage == []
    assert spool.torn_bytes == 0
    assert all_of(spool) == [(1, b"before"), (2, b"after")]


def test_after_a_failed_fsync_nothing_more_is_promised(
    opened: Callable[..., Spool], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(handle: int) -> None:
        raise OSError(errno.EIO, "broken disk")

    spool = opened()
    with monkeypatch.context() as patch:
        patch.setattr(spooling, "sync", broken)
        with pytest.raises(OSError, match="broken disk"):
            spool.append([b"a"])
    with pytest.raises(SpoolFault):
        spool.append([b"b"])


def test_waiting_callers_share_one_fsync(
    opened: Callable[..., Spool], monkeypatch: pytest.MonkeyPatch
) -> None:
    spool = opened()
    gate, syncs = threading.Event(), []

    def slow(handle: int) -> None:
        syncs.append(handle)
        gate.wait(10)
        os.fsync(handle)

    monkeypatch.setattr(spooling, "sync", slow)
    first = spool.append_soon([b"first"])
    while not syncs:
        pass
    rest = [spool.append_soon([b"%d" % n]) for n in range(50)]
    gate.set()
    assert [first.result(10), *(done.result(10) for done in rest)] == list(range(1, 52))
    assert len(syncs) == 2


def test_many_threads_append_and_one_reads_and_commits(opened: Callable[..., Spool]) -> None:
    spool = opened(segment_bytes=2000)
    seen: list[tuple[int, bytes]] = []

    def write(worker: int) -> None:
        for n in range(100):
            spool.append([b"%d:%d" % (worker, n)] * 2)

    def take() -> None:
        while len(seen) < 1600:
            batch = spool.read(spool.committed, limit=97)
            if batch:
                seen.extend(batch)
                spool.commit(batch[-1][0])

    threads = [threading.Thread(target=write, args=(w,)) for w in range(8)]
    threads.append(threading.Thread(target=take))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert [number for number, _ in seen] == list(range(1, 1601))
    for worker in range(8):
        mine = [body for _, body in seen if body.startswith(b"%d:" % worker)]
        assert mine == [b"%d:%d" % (worker, n) for n in range(100) for _ in range(2)]


def test_an_event_loop_waits_without_being_blocked(opened: Callable[..., Spool]) -> None:
    spool = opened()

    async def together() -> list[int]:
        waits = [asyncio.wrap_future(spool.append_soon([b"%d" % n])) for n in range(20)]
        return sorted(await asyncio.gather(*waits))

    assert asyncio.run(together()) == list(range(1, 21))


CRASHING = """
import os, sys
from pathlib import Path
from anlan.backbone.spool import Spool

spool = Spool(Path(sys.argv[1]), segment_bytes=200)
for n in range(20):
    print(spool.append([b"line %d" % n]), flush=True)
batch = spool.read(spool.committed, limit=7)
if sys.argv[2] == "committed":
    spool.commit(batch[-1][0])
spool.append_soon([b"never told"])
os._exit(9)
"""


@pytest.mark.parametrize("moment", ["read", "committed"])
def test_a_crash_between_append_and_commit_loses_nothing_that_was_told(
    folder: Path, opened: Callable[..., Spool], moment: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CRASHING, str(folder), moment],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 9, done.stderr
    told = [int(line) for line in done.stdout.split()]
    spool = opened()
    after = 7 if moment == "committed" else 0
    assert spool.committed == after
    kept = all_of(spool, spool.committed)
    expected = [(n, b"line %d" % (n - 1)) for n in told if n > after]
    assert kept[: len(expected)] == expected
    assert [body for _, body in kept[len(expected) :]] in ([], [b"never told"])
    assert spool.damage == []
