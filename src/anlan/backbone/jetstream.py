"""NATS JetStream between gateways and recorders: one message a batch of lines.

A gateway publishes what it has spooled and trims its spool only when a recorder has taken the
message over, so a bus that loses what it holds loses nothing: the gateway sends it again. Recorders
share one durable consumer; what a recorder does not finish comes to another. Storing twice is
harmless (`design.md` 4), so nothing here needs to be exactly once.
"""

import asyncio
import contextlib
import logging
import queue
import threading
from collections import deque
from collections.abc import Coroutine, Sequence
from typing import Any, NamedTuple

import nats
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.js import JetStreamContext
from nats.js.api import (
    AckPolicy,
    ConsumerConfig,
    ConsumerInfo,
    RetentionPolicy,
    StorageType,
    StreamConfig,
)
from nats.js.errors import NotFoundError

from anlan.backbone.spool import Spool

log = logging.getLogger(__name__)

STREAM, SUBJECT, RECORDERS = "ANLAN_FRAMES", "anlan.frames", "recorders"
MESSAGE_LINES = 2000
MESSAGE_BYTES = 512 * 1024  # NATS takes 1 MiB unless it is told otherwise
OUTSTANDING = 2000  # messages published and not yet recorded; the rest waits in the spool
DELIVERY_BYTES = 4 * MESSAGE_BYTES  # of messages recorded together, and held ready besides
ASKED_AT_ONCE = 8  # messages
GATHERED_S = 0.02  # of frames go into a message: few large ones cost less than many small ones
RECORDED_WITHIN_S = 30.0  # then the bus gives the message to another recorder
ASK_EVERY_S = 0.2
IDLE_S = 0.02
AFTER_A_FAULT_S = 1.0
PATIENCE_S = 5.0


AS_WE_KEEP_IT = StreamConfig(
    name=STREAM, subjects=[SUBJECT], storage=StorageType.FILE,
    retention=RetentionPolicy.WORK_QUEUE, max_age=0,
    # The acknowledged floor also passes what is purged, as if it had been recorded.
    deny_purge=True, deny_delete=True,
)  # fmt: skip
MUST_BE = ("subjects", "storage", "retention", "max_age")


class WrongStream(Exception):
    """The bus has a stream of our name that would lose what it is given."""


class _Link:
    """A connection that comes back by itself, on an event loop in a thread of its own."""

    def __init__(self, url: str, name: str) -> None:
        self._url = url
        self._name = name
        self._loop = asyncio.new_event_loop()
        self._stopping = asyncio.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop; a second call does nothing."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stopping.set)
            self._thread.join(PATIENCE_S)

    def _run(self) -> None:
        self._loop.run_until_complete(self._forever())
        self._loop.close()

    async def _forever(self) -> None:
        working = asyncio.create_task(self._keep_working())
        await self._stopping.wait()
        working.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await working

    async def _keep_working(self) -> None:
        while True:
            try:
                async with await _connected(self._url, self._name) as bus:
                    await self._work(bus.jetstream(timeout=PATIENCE_S))
            except Exception as fault:
                log.warning("%s: the bus is away, trying again: %r", self._name, fault)
                await asyncio.sleep(AFTER_A_FAULT_S)

    async def _work(self, stream: JetStreamContext) -> None:
        raise NotImplementedError

    def _soon(self, work: Coroutine[Any, Any, Any]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop)


async def _connected(url: str, name: str) -> Client:
    async def said(_fault: Exception) -> None:
        """What goes wrong is raised where it is awaited; the library would print it."""

    return await nats.connect(
        url, name=name, error_cb=said, allow_reconnect=False, connect_timeout=2,
    )  # fmt: skip


async def _lay_out(stream: JetStreamContext) -> ConsumerInfo:
    """The stream and the recorders' consumer, made when they are missing; what the consumer is."""
    try:
        held = (await stream.stream_info(STREAM)).config
    except NotFoundError:
        held = (await stream.add_stream(AS_WE_KEEP_IT)).config
    wrong = [key for key in MUST_BE if getattr(held, key) != getattr(AS_WE_KEEP_IT, key)]
    if wrong:
        raise WrongStream(
            f"the stream {STREAM} was made otherwise ({', '.join(wrong)}) and is not used:"
            " have it deleted on the bus, it is made anew"
        )
    if not (held.deny_purge and held.deny_delete):  # of an earlier release
        await stream.update_stream(held.evolve(deny_purge=True, deny_delete=True))
    try:
        info: ConsumerInfo = await stream.consumer_info(STREAM, RECORDERS)
    except NotFoundError:
        info = await stream.add_consumer(
            STREAM,
            ConsumerConfig(
                durable_name=RECORDERS, ack_policy=AckPolicy.EXPLICIT,
                ack_wait=RECORDED_WITHIN_S, max_ack_pending=OUTSTANDING,
            ),
        )  # fmt: skip
    return info


class Published(NamedTuple):
    """A message on the bus, and the last number of the spool that it carries."""

    sequence: int
    number: int


class Forwarder(_Link):
    """Publishes what a spool holds, and trims the spool by what the recorders have taken over."""

    def __init__(self, spool: Spool, url: str) -> None:
        self._spool = spool
        super().__init__(url, "anlan gateway")

    async def _work(self, stream: JetStreamContext) -> None:
        laid_out = await _lay_out(stream)
        sent, asked = self._spool.committed, 0.0
        outstanding: deque[Published] = deque()
        while True:
            full = len(outstanding) >= OUTSTANDING
            lines = [] if full else self._spool.read(sent, MESSAGE_LINES, MESSAGE_BYTES)
            if lines:
                answer = await stream.publish(SUBJECT, b"\n".join(line for _n, line in lines))
                if outstanding and answer.seq <= outstanding[-1].sequence:
                    raise ConnectionError("the bus has lost messages; sending them again")
                sent = lines[-1][0]
                outstanding.append(Published(answer.seq, sent))
                await asyncio.sleep(GATHERED_S)
            if outstanding and self._loop.time() - asked >= ASK_EVERY_S:
                asked = self._loop.time()
                info = await stream.consumer_info(STREAM, RECORDERS)
                if info.created != laid_out.created:  # another gateway has made it anew
                    raise ConnectionError("the bus has lost the stream; sending it all again")
                self._trim(outstanding, info)
            if not lines:
                await asyncio.sleep(IDLE_S)

    def _trim(self, outstanding: deque[Published], info: ConsumerInfo) -> None:
        floor = info.ack_floor.stream_seq if info.ack_floor else 0
        last = None
        while outstanding and outstanding[0].sequence <= floor:
            last = outstanding.popleft()
        if last is not None:
            self._spool.commit(last.number)
        if outstanding and not info.num_pending and not info.num_ack_pending:
            raise ConnectionError("the bus no longer has what it was given; sending it again")


class JetStreamIntake(_Link):
    """What the gateways published, for one recorder of several."""

    def __init__(self, url: str) -> None:
        self._ready: queue.SimpleQueue[Msg] = queue.SimpleQueue()
        self._came = self._went = 0  # bytes; each is counted by one thread
        super().__init__(url, "anlan recorder")

    def take(self) -> "JetStreamDelivery | None":
        """What is ready here, as one delivery: the more has gathered, the less each line costs."""
        messages, size = [], 0
        with contextlib.suppress(queue.Empty):
            while size < DELIVERY_BYTES:
                messages.append(self._ready.get_nowait())
                size += len(messages[-1].data)
        self._went += size
        return JetStreamDelivery(messages, self._soon) if messages else None

    async def _work(self, stream: JetStreamContext) -> None:
        await _lay_out(stream)
        mine = await stream.pull_subscribe_bind(RECORDERS, STREAM)
        while True:
            if self._came - self._went >= DELIVERY_BYTES:
                await asyncio.sleep(IDLE_S)
                continue
            try:
                for message in await mine.fetch(ASKED_AT_ONCE, timeout=1.0):
                    self._came += len(message.data)
                    self._ready.put(message)
            except TimeoutError:
                continue


class JetStreamDelivery:
    """The lines of some messages; done, the bus forgets them."""

    def __init__(self, messages: Sequence[Msg], soon: Any) -> None:
        self._messages = messages
        self._soon = soon
        self.lines: Sequence[bytes] = [
            line for message in messages for line in message.data.split(b"\n")
        ]

    def done(self) -> None:
        for message in self._messages:
            self._soon(message.ack())
