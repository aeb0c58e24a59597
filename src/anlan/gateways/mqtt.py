"""What the gateway makes of MQTT: readings for the spool, and PUBACK or PUBREC after them.

A device is the user name of its connection, else its client identifier. A gateway that reports for
others may speak for the devices that name it as their `account`. What a message means stands in the
directory's topic maps. Orders go to the topic ``anlan/<client>/down``, the only one that a device
may subscribe to. A client without an identifier is given one, at level 5; at level 3.1.1, where it
cannot be told, its user name stands for it.

Sessions do not outlive their connection: what a device sends again after it lost one is stored
once, by the identity of its readings. A new connection ends the one before it under the same client
identifier (3.1.4-3), of the same device only: nobody hangs up on another.
"""

import hmac
import json
import secrets
from collections.abc import Iterator
from typing import Any

from anlan.gateways import conversation
from anlan.gateways.conversation import Taken
from anlan.gateways.directory import DeviceEntry
from anlan.gateways.limits import Limits
from anlan.gateways.listener import Gateway
from anlan.gateways.orders import Order
from anlan.protocols import mqtt
from anlan.protocols.framing import Decoder, Reason, Rejected
from anlan.protocols.mqtt import LEVEL_5, Answer, Connack, Granted, Kind, Packet
from anlan.vocabulary import clock
from anlan.vocabulary.frames import BadFrame, Frame
from anlan.vocabulary.readings import Command, Outcome

LATE = 1.5  # keep-alive intervals (MQTT 5.0, 3.1.2.10)
# Answers of a CONNACK: at level 4 (3.2.2.3) and at level 5 (3.2.2.2).
REFUSED = {4: 5, 5: 0x87}
NOT_GRANTED = {4: 0x80, 5: 0x87}
UNREADABLE = 0x99  # payload format invalid
NO_SESSION_WITHOUT_CLIENT = 2  # of a CONNACK at level 4 (3.1.3-8)
MALFORMED_PACKET, TAKEN_OVER, PACKET_TOO_LARGE = 0x81, 0x8E, 0x95  # of a DISCONNECT at level 5
SESSION_EXPIRY, ASSIGNED_CLIENT, MAXIMUM_PACKET_SIZE = 0x11, 0x12, 0x27  # properties
LAST_ORDER = 0xFFFF


class Conversation(conversation.Conversation[Packet]):
    """One line of MQTT: one client."""

    protocol = mqtt.PROTOCOL
    ends_unspooled = True  # a client says a message again only on a new connection
    new_decoder = mqtt.MqttDecoder

    def __init__(self, gateway: Gateway, peer: str) -> None:
        super().__init__(gateway, peer)
        self._client: mqtt.Connect | None = None
        self._name = ""  # the client's
        self._device = ""
        self._unreleased: set[int] = set()
        self._hears_orders = False
        # No two orders of one line go under one number, and none begins where the last line did.
        self._orders = secrets.randbelow(LAST_ORDER)

    @classmethod
    def decoder(cls, limits: Limits) -> Decoder[Any]:
        return mqtt.MqttDecoder(longest=limits.longest_packet)

    def take(self, part: Packet | Rejected) -> Taken:
        """A stream that is no MQTT cannot be found into again: the line is closed.

        So it is for a packet that is too long; a client of MQTT 5, which was told how long one may
        be (3.2.2.3.6), is told why (4.13).
        """
        if isinstance(part, Rejected):
            bad = self.bad(part.raw, self._device, part.reason, part.detail)
            return Taken((bad,), self._parting(part.reason), thanks=False, ends=True)
        return self.hear(part)

    def _parting(self, reason: Reason) -> bytes:
        if self._client is None or self._level != LEVEL_5:
            return b""
        code = PACKET_TOO_LARGE if reason is Reason.TOO_LONG else MALFORMED_PACKET
        return mqtt.encode(mqtt.Disconnect(code=code), self._level)

    def hear(self, message: Packet) -> Taken:
        match message:
            case mqtt.Connect() if self._client is None:
                return self._connect(message)
            case _ if self._client is None or isinstance(message, mqtt.Connect):
                bad = self.bad(b"", self._device, "malformed", "CONNECT comes first, and once")
                return Taken((bad,), ends=True)
            case mqtt.Publish():
                return self._publish(message)
            case _:
                return self._other(message)

    def order(self, command: Command) -> Order | None:
        """The command as JSON on the device's own topic."""
        if self._client is None or not self._hears_orders:
            return None
        self._orders = self._orders % LAST_ORDER + 1
        said = {"id": command.id, "verb": command.verb, **dict(command.arguments)}
        told = mqtt.Publish(
            topic=self._down, payload=json.dumps(said, ensure_ascii=False).encode(), qos=1,
            number=self._orders,
        )  # fmt: skip
        return Order(mqtt.encode(told, self._level), self._key(self._orders))

    def _key(self, number: int) -> str:
        """A packet identifier means something on its own line only."""
        return f"{self.peer} {number}"

    @property
    def patience_s(self) -> float | None:
        if self._client is None or not self._client.keep_alive_s:
            return None
        return LATE * self._client.keep_alive_s

    @property
    def _level(self) -> int:
        return self._client.level if self._client else mqtt.LEVEL_311

    @property
    def _down(self) -> str:
        return f"anlan/{self._name}/down"

    def _connect(self, message: mqtt.Connect) -> Taken:
        device = (message.username or message.client).upper()
        entry = self.gateway.directory.get(device)
        if message.level != LEVEL_5 and not message.client and not message.clean:
            reason = "unknown_station" if device and entry is None else "malformed"
            why = "a session that lasts, and no client identifier"
            return self._unwanted(message, device, reason, why, NO_SESSION_WITHOUT_CLIENT)
        if entry is None or not _same_secret(message.password, entry):
            reason = "unknown_station" if entry is None else "password"
            why = f"client {message.client}"[:200]
            return self._unwanted(message, device, reason, why, REFUSED[message.level])
        self._client, self._device = message, device
        self._name = message.client or message.username or ""
        bound: list[tuple[int, int | str]] = []
        if message.level == LEVEL_5:
            bound = [(MAXIMUM_PACKET_SIZE, self.gateway.limits.longest_packet)]
            if dict(message.properties).get(SESSION_EXPIRY):
                bound.append((SESSION_EXPIRY, 0))
            if not message.client:
                self._name = f"anlan-{secrets.token_hex(8)}"
                bound.append((ASSIGNED_CLIENT, self._name))
        accepted = mqtt.encode(Connack(properties=tuple(bound)), message.level)
        alone = f"{device} {message.client}" if message.client else ""
        return Taken((), accepted, thanks=False, alone=alone)

    def _unwanted(
        self, message: mqtt.Connect, device: str, reason: str, detail: str, code: int
    ) -> Taken:
        bad = self.bad(b"", device, reason, detail)
        answer = mqtt.encode(Connack(code=code), message.level)
        return Taken((bad,), answer, thanks=False, ends=True)

    def farewell(self) -> bytes:
        """A client of MQTT 5 is told that its session is taken over, one of 3.1.1 nothing."""
        if self._level != LEVEL_5:
            return b""
        return mqtt.encode(mqtt.Disconnect(code=TAKEN_OVER), self._level)

    def _publish(self, message: mqtt.Publish) -> Taken:
        number = message.number
        if message.qos == 2 and number in self._unreleased:
            return Taken((), self._answer(Kind.PUBREC, number))
        lines = tuple(self._lines(message))
        code = 0 if isinstance(lines[0], Frame) or self._level != LEVEL_5 else UNREADABLE
        # Behind a PUBREC that refuses no release comes: the number is the next message's (4.3.3-9).
        if message.qos == 2 and number is not None and not code:
            self._unreleased.add(number)
        kind = {0: None, 1: Kind.PUBACK, 2: Kind.PUBREC}[message.qos]
        return Taken(lines, self._answer(kind, number, code) if kind else b"")

    def _lines(self, message: mqtt.Publish) -> Iterator[Frame | BadFrame]:
        """The frames of a message, one a device; what is wrong with it after them."""
        directory = self.gateway.directory
        told = mqtt.Told(message, self._speaker, clock.now(), self.peer)
        return told.lines(directory.topics, directory.account)

    @property
    def _speaker(self) -> mqtt.Speaker:
        return mqtt.Speaker(self._device)

    def _other(self, message: Packet) -> Taken:
        match message:
            case Answer(kind=Kind.PUBREL, number=number):
                self._unreleased.discard(number)
                return Taken((), self._answer(Kind.PUBCOMP, number), thanks=False)
            case Answer(kind=Kind.PUBACK, number=number, code=code):
                outcome = Outcome.OK if code < 0x80 else Outcome.REFUSED
                line = self.settle(self._device, self._key(number), outcome)
                return Taken((line,) if line else ())
            case mqtt.Subscribe():
                return self._subscribe(message)
            case mqtt.Unsubscribe():
                self._hears_orders = self._hears_orders and self._down not in message.filters
                codes = (0,) * len(message.filters) if self._level == LEVEL_5 else ()
                done = Granted(kind=Kind.UNSUBACK, number=message.number, codes=codes)
                return Taken((), mqtt.encode(done, self._level), thanks=False)
            case mqtt.Ping(kind=Kind.PINGREQ):
                self.gateway.counters.heartbeats += 1
                return Taken((), mqtt.encode(mqtt.Ping(kind=Kind.PINGRESP)), thanks=False)
        return Taken(ends=True)  # DISCONNECT, or a packet that no client sends

    def _subscribe(self, message: mqtt.Subscribe) -> Taken:
        codes = tuple(
            min(options & 3, 1) if name == self._down else NOT_GRANTED[self._level]
            for name, options in message.filters
        )
        self._hears_orders = self._hears_orders or any(code < 0x80 for code in codes)
        answer = Granted(kind=Kind.SUBACK, number=message.number, codes=codes)
        speaker = self._device if self._hears_orders else ""
        return Taken((), mqtt.encode(answer, self._level), thanks=False, speaker=speaker)

    def _answer(self, kind: Kind, number: int | None, code: int = 0) -> bytes:
        if number is None:
            return b""
        return mqtt.encode(Answer(kind=kind, number=number, code=code), self._level)


def _same_secret(given: bytes | None, entry: DeviceEntry) -> bool:
    """A device without a password is not let in."""
    known = entry.secret or str(entry.password or "")
    return bool(known) and hmac.compare_digest(given or b"", known.encode())
