"""The gateway's append-only spool: what is in it is what a device has been told we have.

A record is written behind the last one, fsynced, and only then acknowledged to the device; the bus
and the database come later. Many callers share one fsync (group commit). Records are numbered from
1, without gaps, over all restarts; when the recorder has them in the database it commits up to a
number and whole segments behind it are removed.

A segment is named after its first record. At open a torn tail (nothing readable after it) is cut
away: it was never acknowledged. Bytes that do not check, with readable records after them, are
damage: kept in place, reported in `Spool.damage`, never skipped in silence.
"""

import contextlib
import fcntl
import logging
import mmap
import os
import threading
from collections.abc import Generator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from math import inf
from pathlib import Path

from anlan.backbone.records import HEADER, LARGEST_PAYLOAD, Found, record, scan

log = logging.getLogger(__name__)

SEGMENT_BYTES = 16 << 20
_SUFFIX = ".seg"

sync = getattr(os, "fdatasync", os.fsync)


class SpoolFault(Exception):
    """The spool cannot do what was asked: closed, in use, or its disk failed."""


@dataclass(frozen=True, slots=True)
class Damage:
    """Bytes of a segment that are not a record any more. `after` is the last good number before."""

    segment: str
    position: int
    size: int
    after: int


@dataclass(slots=True)
class _Segment:
    path: Path
    first: int
    last: int
    size: int


@dataclass(frozen=True, slots=True)
class _Append:
    lines: Sequence[bytes]
    done: "Future[int]"


class Spool:
    """A folder of segments, open for one process; every method may be called from any thread."""

    def __init__(self, folder: Path, segment_bytes: int = SEGMENT_BYTES) -> None:
        self._folder = folder
        self._segment_bytes = segment_bytes
        self._wake = threading.Condition()
        self._waiting: list[_Append] = []
        self._closing = False
        self._failed: OSError | None = None
        self._places = threading.Lock()
        self._cursor = (0, 0)
        self.torn_bytes = 0
        self.damage: list[Damage] = []
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = self._lock_folder()
        self._committed = self._read_committed()
        self._segments = self._open_segments()
        self._durable = max(self._segments[-1].last, self._committed)
        self._file = os.open(self._segments[-1].path, os.O_WRONLY | os.O_APPEND)
        self._writer = threading.Thread(target=self._write_forever, name="spool", daemon=True)
        self._writer.start()

    @property
    def committed(self) -> int:
        """The last number that the recorder has taken over."""
        return self._committed

    @property
    def last(self) -> int:
        """The last number that is on the disk."""
        return self._durable

    def append(self, lines: Sequence[bytes]) -> int:
        """Put the lines on the disk, in order and together; returns the number of the last.

        Blocks until they are fsynced. Raises `SpoolFault` (or the disk's `OSError`) when they are
        not: then nothing may be acknowledged.
        """
        return self.append_soon(lines).result()

    def append_soon(self, lines: Sequence[bytes]) -> "Future[int]":
        """The same without blocking: on an event loop, ``await asyncio.wrap_future(…)``."""
        if any(len(line) > LARGEST_PAYLOAD for line in lines):
            raise ValueError(f"a record holds at most {LARGEST_PAYLOAD} bytes")
        order = _Append(lines, Future())
        with self._wake:
            if self._failed is not None:
                raise SpoolFault("the spool's disk failed; open it again") from self._failed
            if self._closing:
                raise SpoolFault("the spool is closed")
            self._waiting.append(order)
            self._wake.notify()
        return order.done

    def read(
        self, after: int, limit: int = 500, most_bytes: float = inf
    ) -> list[tuple[int, bytes]]:
        """Up to `limit` records with numbers above `after`, in order: ``(number, payload)``.

        As many as fit into `most_bytes` with a byte behind each, but one at least. A hole in a
        segment found while reading is added to `damage`; the numbers then jump.
        """
        records: list[tuple[int, bytes]] = []
        size = 0
        with contextlib.closing(self._records(after)) as found:
            for number, body, end in found:
                size += len(body) + 1
                if records and size > most_bytes:
                    break
                records.append((number, body))
                self._cursor = (number, end)
                if len(records) >= limit:
                    break
        return records

    def commit(self, number: int) -> None:
        """The recorder has everything up to `number`: remember it durably, drop whole segments."""
        if number > self._durable:
            raise ValueError(f"record {number} has not been written")
        if number <= self._committed:
            return
        target = self._folder / "committed"
        fresh = target.with_suffix(".new")
        with open(fresh, "wb") as file:
            file.write(b"%d\n" % number)
            file.flush()
            os.fsync(file.fileno())
        os.replace(fresh, target)
        self._sync_folder()
        self._committed = number
        with self._places:
            spent = [s for s in self._segments[:-1] if s.last <= number]
            self._segments = [s for s in self._segments if s not in spent]
        for segment in spent:
            segment.path.unlink(missing_ok=True)

    def close(self) -> None:
        """Write what waits, then let the folder go. A second call does nothing."""
        with self._wake:
            if self._closing:
                return
            self._closing = True
            self._wake.notify()
        self._writer.join()
        os.close(self._file)
        os.close(self._lock)

    # What follows happens at open.

    def _lock_folder(self) -> int:
        handle = os.open(self._folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(handle)
            raise SpoolFault(f"{self._folder} is in use by another process") from error
        return handle

    def _read_committed(self) -> int:
        try:
            text = (self._folder / "committed").read_bytes()
        except FileNotFoundError:
            return 0
        try:
            return int(text)
        except ValueError:
            # Storing a reading twice is harmless, losing one is not: deliver again.
            log.error("the spool's committed number is unreadable: %r", text)
            self.damage.append(Damage("committed", 0, len(text), 0))
            return 0

    def _open_segments(self) -> list[_Segment]:
        paths = sorted(self._folder.glob(f"{'[0-9]' * 20}{_SUFFIX}"))
        segments: list[_Segment] = []
        after = self._committed
        for path in paths:
            first = int(path.stem)
            if first > after + 1:
                self._report(Damage(path.name, 0, 0, after))
            segment = self._open_segment(path, first, newest=path == paths[-1])
            segments.append(segment)
            after = segment.last
        if segments and segments[-1].last >= self._committed:
            self._sync_file(segments[-1].path)
            return segments
        for segment in segments:  # all taken over already, and the newest part is gone
            segment.path.unlink()
        return [self._start_segment(self._committed + 1)]

    def _open_segment(self, path: Path, first: int, newest: bool) -> _Segment:
        data = path.read_bytes()
        segment = _Segment(path, first, first - 1, len(data))
        in_hole = False
        for part in scan(data, 0, len(data), first - 1):
            if isinstance(part, Found):
                if part.number != segment.last + 1 and not in_hole:
                    self._report(Damage(path.name, part.start, 0, segment.last))
                segment.last, in_hole = part.number, False
                continue
            in_hole = True
            if newest and part[1] == len(data):
                self._cut(segment, part[0])
            else:
                self._report(Damage(path.name, part[0], part[1] - part[0], segment.last))
        return segment

    def _cut(self, segment: _Segment, size: int) -> None:
        self.torn_bytes += segment.size - size
        log.warning("cut %d torn bytes off %s", segment.size - size, segment.path.name)
        os.truncate(segment.path, size)
        segment.size = size

    def _sync_file(self, path: Path) -> None:
        handle = os.open(path, os.O_WRONLY)
        os.fsync(handle)
        os.close(handle)

    def _report(self, damage: Damage) -> None:
        if damage not in self.damage:
            log.error("the spool is damaged: %s", damage)
            self.damage.append(damage)

    def _start_segment(self, first: int) -> _Segment:
        path = self._folder / f"{first:020d}{_SUFFIX}"
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.fsync(handle)
        os.close(handle)
        self._sync_folder()
        return _Segment(path, first, first - 1, 0)

    def _sync_folder(self) -> None:
        handle = os.open(self._folder, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)

    # What follows happens in the writer's thread.

    def _write_forever(self) -> None:
        while True:
            with self._wake:
                self._wake.wait_for(lambda: self._waiting or self._closing)
                orders, self._waiting = self._waiting, []
                if not orders:
                    return
            try:
                self._write(orders)
            except Exception as error:
                log.exception("the spool could not write")
                for order in orders:
                    if order.done.set_running_or_notify_cancel():
                        order.done.set_exception(error)

    def _write(self, orders: list[_Append]) -> None:
        """One write and one fsync for all that waited, then tell them."""
        if self._failed is not None:
            raise self._failed
        segment = self._segments[-1]
        if segment.size >= self._segment_bytes:
            segment = self._rotate(segment)
        number, numbers, parts = self._durable, [], []
        for order in orders:
            for line in order.lines:
                number += 1
                parts.append(record(number, line))
            numbers.append(number)
        data = b"".join(parts)
        self._write_through(segment, data)
        # In this order: a reader never sees a record that it may not commit yet.
        segment.last = self._durable = number
        segment.size += len(data)
        for order, written in zip(orders, numbers, strict=True):
            if order.done.set_running_or_notify_cancel():
                order.done.set_result(written)

    def _write_through(self, segment: _Segment, data: bytes) -> None:
        rest = memoryview(data)
        try:
            while rest:
                rest = rest[os.write(self._file, rest) :]
        except OSError:
            # A full disk: take back the part that went in, so that the next record follows.
            self._take_back(segment.size)
            raise
        try:
            sync(self._file)
        except OSError as error:
            # After a failed fsync nobody knows what is on the disk: only a new open may tell.
            self._failed = error
            raise

    def _take_back(self, size: int) -> None:
        try:
            os.ftruncate(self._file, size)
        except OSError as error:
            self._failed = error

    def _rotate(self, full: _Segment) -> _Segment:
        fresh = self._start_segment(full.last + 1)
        handle = os.open(fresh.path, os.O_WRONLY | os.O_APPEND)
        os.close(self._file)
        self._file = handle
        with self._places:
            self._segments = [*self._segments, fresh]
        return fresh

    # Reading.

    def _records(self, after: int) -> Generator[tuple[int, bytes, int]]:
        """Number, payload and where it ends in its segment."""
        with self._places:
            segments = [s for s in self._segments if s.last > after]
        for segment in segments:
            yield from self._records_of(segment, after)

    def _records_of(self, segment: _Segment, after: int) -> Generator[tuple[int, bytes, int]]:
        number, position = self._cursor
        start = position if segment.first <= number == after else 0
        known = after if start else segment.first - 1
        size = segment.size
        if start >= size:
            return
        try:
            handle = os.open(segment.path, os.O_RDONLY)
        except FileNotFoundError:  # committed and removed meanwhile
            return
        try:
            data = mmap.mmap(handle, size, access=mmap.ACCESS_READ)
        finally:
            os.close(handle)
        with data:
            for part in scan(data, start, size, known):
                if not isinstance(part, Found):
                    self._report(Damage(segment.path.name, part[0], part[1] - part[0], known))
                    continue
                known = part.number
                if part.number > after:
                    yield part.number, bytes(data[part.start + HEADER.size : part.end]), part.end
