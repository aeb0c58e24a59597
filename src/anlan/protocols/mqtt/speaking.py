"""What a message gives by the maps there are: a frame a device, and why the rest of it gives none.

Who says a thing matters: a client speaks for itself and for the devices whose `account` it is, a
broker for those alone whose `account` is its name.
"""

import contextlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from anlan.protocols.framing import Malformed
from anlan.protocols.mqtt.decoding import decode
from anlan.protocols.mqtt.mapping import TopicMap, matches, readings
from anlan.protocols.mqtt.packets import LEVEL_5, LEVEL_311, Publish
from anlan.vocabulary.frames import BadFrame, Frame
from anlan.vocabulary.readings import Reading

PROTOCOL = "mqtt"
UNMAPPED = "unmapped_topic"
MOST_READINGS = 1000  # of one message, by all the maps that fit
LONGEST_DEVICE = 40  # of an address that a bad frame names
REPEATED = 4096  # a longer message stands with the first doubt about it alone

Accounts = Callable[[str], str | None]  # of a registered device; None of a stranger
_Fault = tuple[str, str, str]  # device, reason, detail


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who said a message: the device that is connected, or a broker by its name."""

    name: str
    broker: bool = False

    @property
    def connected(self) -> str:
        return "" if self.broker else self.name

    def refusal(self, device: str, accounts: Accounts) -> tuple[str, str] | None:
        """Why it may not speak for the device, as reason and detail; None where it may."""
        if self.broker and not device:
            return "malformed", "the message names no device"
        account = accounts(device)
        if account is None and self.broker:
            return "unknown_station", f"said by {self.name}"
        own = device == self.name and not self.broker
        if account is not None and (own or account.upper() == self.name.upper()):
            return None
        more = "; it is not the device's account" if self.broker else ""
        return "foreign_station", f"said by {self.name}{more}"


@dataclass(frozen=True, slots=True)
class Told:
    """A message with what is to be known of its coming: who said it, when, and from where."""

    message: Publish
    speaker: Speaker
    received_at: datetime
    peer: str

    def lines(self, maps: Iterable[TopicMap], accounts: Accounts) -> Iterator[Frame | BadFrame]:
        """The frames of the message, one a device; what is wrong with it after them."""
        found, faults, unread = self._heard(maps)
        refused = [(one, why) for one in found if (why := self.speaker.refusal(one, accounts))]
        for device, why in refused:
            del found[device]
            reason, detail = why
            detail = f"{detail}; topic {self.message.topic}"[:200]
            faults.append((device[:LONGEST_DEVICE], reason, detail))
        raw = self.message.raw.hex().upper()
        kept = raw
        for device, mine in found.items():
            yield Frame(PROTOCOL, device, self.received_at, kept, tuple(mine))
            kept = ""  # it stands with the first: a message may speak for hundreds
        # One of several maps that fit is enough: the others are for other kinds of messages.
        doubts = faults if found else unread + faults
        for place, (device, reason, detail) in enumerate(doubts):
            kept = "" if place and len(self.message.raw) > REPEATED else raw
            yield BadFrame(PROTOCOL, device, self.peer, self.received_at, kept, reason, detail)

    def _heard(
        self, maps: Iterable[TopicMap]
    ) -> tuple[dict[str, list[Reading]], list[_Fault], list[_Fault]]:
        """Readings by device; what of them could not be read; and maps that read nothing."""
        found: dict[str, list[Reading]] = {}
        faults: list[_Fault] = []
        unread: list[_Fault] = []
        said, device = self.message, self.speaker.connected
        fitting = [one for one in maps if matches(one.topic, said.topic) is not None]
        if not fitting:
            unread.append((device, UNMAPPED, said.topic[:200]))
        room = MOST_READINGS
        for given in fitting:
            try:
                heard = readings(given, said.topic, said.payload, device, self.received_at)
            except Malformed as fault:
                unread.append((device, "malformed", f"{given.name}: {fault}"[:200]))
                continue
            wrong = [str(fault) for fault in heard.faults]
            room -= len(heard.readings)
            if room < 0:
                wrong.append(f"more than {MOST_READINGS} readings by all maps")
            for reading in heard.readings if room >= 0 else ():
                found.setdefault(reading.device, []).append(reading)
            if wrong:
                about = next(iter({r.device for r in heard.readings}), device)
                detail = f"{given.name}: {'; '.join(wrong)}"[:200]
                faults.append((about[:LONGEST_DEVICE], "unreadable_value", detail))
        return found, faults, unread


def kept(raw: str) -> Publish | None:
    """The message whose bytes were kept, in hex; None where they hold no JSON.

    Bytes do not say of which level their line was: it is the one at which the payload is JSON.
    """
    for level in (LEVEL_5, LEVEL_311):
        with contextlib.suppress(ValueError, RecursionError):
            packet = decode(bytes.fromhex(raw), level) if raw else None
            if isinstance(packet, Publish):
                json.loads(packet.payload.decode("utf-8-sig"))
                return packet
    return None
