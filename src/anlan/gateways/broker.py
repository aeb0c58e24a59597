"""A foreign MQTT broker as a source: we are its client, and the promise starts at our PUBACK.

The session is persistent (clean 0) and the subscription QoS 1: what is published while we are away
waits at the broker, and what we have not acknowledged it sends again. A message is acknowledged
when it is in the spool; one that is too long, or no MQTT, when that is there: the queue goes on.

A broker has a name, and speaks for the devices whose `account` is that name, for nobody else.
"""

import asyncio
import contextlib
import logging
import re
import ssl
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from anlan.gateways import mqtt
from anlan.gateways.conversation import Taken
from anlan.gateways.listener import Gateway
from anlan.protocols import mqtt as packets
from anlan.protocols.framing import Reason, Rejected
from anlan.protocols.mqtt import Connack, Connect, Granted, Kind, Packet, Passed, Publish

log = logging.getLogger(__name__)

PORTS = {"mqtt": 1883, "mqtts": 8883}
KEEP_ALIVE_S = 30
FIRST_WAIT_S, LONGEST_WAIT_S = 1.0, 60.0
WITHIN_S = 20.0
_READ_BYTES = 64 * 1024
_REFUSED = 0x80  # the codes of a SUBACK from here on
_NAMED = re.compile(r"([A-Za-z0-9_.-]{1,40})=(?=\w+://)")
TOO_LONG = "too_long"


class BadBroker(ValueError):
    """An address of a broker that cannot be used; the text says why and holds no password."""


class Lost(ConnectionError):
    """The broker let us not in or has gone; the text says why."""


@dataclass(frozen=True, slots=True)
class BrokerAddress:
    """Whose broker it is, where, and what is asked of it. The password is never shown."""

    name: str
    host: str
    port: int
    topics: str
    secure: bool = False
    username: str | None = None
    password: str | None = field(default=None, repr=False)

    def __str__(self) -> str:
        return f"{self.host}:{self.port}/{self.topics}"


def broker_address(url: str) -> BrokerAddress:
    """``NAME=mqtt://user:password@host:port/topic/filter``; mqtts is TLS. Raises `BadBroker`."""
    named = _NAMED.match(url)
    scheme, _, rest = url[named.end() if named else 0 :].partition("://")
    network, _, topics = rest.partition("/")
    try:
        parts = urlsplit(f"//{network}")
        host, port = parts.hostname or "", parts.port or PORTS.get(scheme, 0)
    except ValueError:
        raise BadBroker("host and port cannot be read") from None
    if scheme not in PORTS:
        raise BadBroker("it must begin with mqtt:// or mqtts://")
    if not host or not topics:
        raise BadBroker("host and topic filter are needed: mqtt://host:1883/geohazard/#")
    if named is None:
        raise BadBroker("it must begin with the name of the account that its devices have: NAME=…")
    return BrokerAddress(
        named[1], host, port, unquote(topics), scheme == "mqtts",
        None if parts.username is None else unquote(parts.username),
        None if parts.password is None else unquote(parts.password),
    )  # fmt: skip


class _Talk(mqtt.Conversation):
    """What a broker says and is answered. It speaks for the devices that name it as account."""

    def __init__(self, gateway: Gateway, to: BrokerAddress, hello: Connect) -> None:
        super().__init__(gateway, to.name)
        self._to = to
        self._client = hello

    def take(self, part: Packet | Rejected) -> Taken:
        match part:
            case Connack(code=0):
                asked = packets.Subscribe(number=1, filters=((self._to.topics, 1),))
                return Taken((), packets.encode(asked), thanks=False)
            case Connack(code=code):
                raise Lost(f"it refused us with code {code}")
            case Granted(codes=codes) if max(codes) >= _REFUSED:
                raise Lost(f"it does not let us subscribe to {self._to.topics}")
            case Publish():
                return self._publish(part)
            case Passed():
                return self._pass(part)
            case Rejected(detail=detail):
                raise Lost(f"it sent what is no MQTT: {detail}")
        return Taken()

    def _pass(self, message: Passed) -> Taken:
        """Counted and acknowledged: it would come again, and be no better."""
        reason = TOO_LONG if message.reason is Reason.RANGE else message.reason
        detail = f"{message.detail}; topic {message.topic}"[:200]
        answer = self._answer(Kind.PUBACK, message.number)
        return Taken((self.bad(message.raw, "", reason, detail),), answer)

    @property
    def _speaker(self) -> packets.Speaker:
        return packets.Speaker(self._to.name, broker=True)


class BrokerLink:
    """The link to one broker, opened again whenever it is lost. `client` must stay the same."""

    def __init__(self, gateway: Gateway, to: BrokerAddress, client: str) -> None:
        self._gateway = gateway
        self._to = to
        self._hello = Connect(
            client=client, clean=False, keep_alive_s=KEEP_ALIVE_S, username=to.username,
            password=None if to.password is None else to.password.encode(),
        )  # fmt: skip
        self._wait_s = FIRST_WAIT_S

    async def run(self) -> None:
        """Until it is cancelled."""
        while True:
            try:
                await self._once()
            except (OSError, TimeoutError) as fault:
                log.warning("MQTT broker %s: %s", self._to, fault or "it does not answer")
            except Exception:
                log.exception("MQTT broker %s: a fault of ours", self._to)
            await asyncio.sleep(self._wait_s)
            self._wait_s = min(2 * self._wait_s, LONGEST_WAIT_S)

    async def _once(self) -> None:
        secure = ssl.create_default_context() if self._to.secure else None
        async with asyncio.timeout(WITHIN_S):
            reader, writer = await asyncio.open_connection(self._to.host, self._to.port, ssl=secure)
        try:
            await self._listen(reader, writer)
        finally:
            writer.close()
            with contextlib.suppress(OSError, TimeoutError):
                async with asyncio.timeout(1):
                    await writer.wait_closed()

    async def _listen(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        loop = asyncio.get_running_loop()
        decoder, talk = packets.BrokerDecoder(), _Talk(self._gateway, self._to, self._hello)
        writer.write(packets.encode(self._hello))
        heard = sent = loop.time()
        while True:
            try:
                async with asyncio.timeout_at(sent + KEEP_ALIVE_S / 2):
                    data = await reader.read(_READ_BYTES)
            except TimeoutError:
                if loop.time() - heard > mqtt.LATE * KEEP_ALIVE_S:
                    raise
                writer.write(packets.encode(packets.Ping()))
                sent = loop.time()
                continue
            if not data:
                raise Lost("it hung up")
            heard = loop.time()
            if await self._handle(decoder.feed(data), talk, writer):
                sent = heard

    async def _handle(
        self, parts: list[Packet | Rejected], talk: _Talk, writer: asyncio.StreamWriter
    ) -> bool:
        """Keep what came and answer it; was anything answered?"""
        taken = [talk.take(part) for part in parts]
        if not await self._gateway.keep(taken, self._to.host):
            raise Lost("what it sent could not be spooled and is not acknowledged")
        if any(isinstance(part, Granted) for part in parts):
            log.info("MQTT broker %s is heard", self._to)
            self._wait_s = FIRST_WAIT_S
        answers = b"".join(each.answer for each in taken)
        if answers:
            writer.write(answers)
            async with asyncio.timeout(WITHIN_S):
                await writer.drain()
        self._gateway.counters.acked += sum(bool(each.answer) and each.thanks for each in taken)
        return bool(answers)
