"""Orders on their way down: what waits for a device to speak, and what it has not answered yet.

A station that slept again, or whose line died without a word, has not heard what was sent to it:
what it has not answered is said once more when it next speaks, three times in all (SL 651-2014
6.3.2.3, HJ 212-2017 6.1). Used on the gateway's event loop alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from anlan.vocabulary import clock
from anlan.vocabulary.frames import CommandAnswer, Line
from anlan.vocabulary.readings import Command

MOST_TIMES = 3
ANSWER_TAKES = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Order:
    """A command as bytes for the line, and the key that the device's answer to it repeats."""

    frame: bytes
    key: str


@dataclass(slots=True)
class _Sent:
    """A command that left, on which line and when last, and every key it went under."""

    command: Command
    line: object
    at: datetime
    keys: list[str] = field(default_factory=list)

    def unheard(self, line: object) -> bool:
        """Whether it is to be said again to a device that now speaks on `line`."""
        if len(self.keys) >= MOST_TIMES or _late(self.command):
            return False
        return self.line is not line or clock.now() - self.at >= ANSWER_TAKES


class Orders:
    """Every command goes to the device it names, before it expires, until it is answered."""

    def __init__(self) -> None:
        self._waiting: dict[str, dict[str, Command]] = {}
        self._sent: dict[str, list[_Sent]] = {}
        self._settling: dict[str, _Sent] = {}
        self._leaving: dict[str, str] = {}  # id -> device: given out, not yet on its way
        self._known: dict[str, Command] = {}

    def hold(self, command: Command) -> bool:
        """Keep the command until its device speaks; False when it is known or too late."""
        if command.id in self._known or _late(command):
            return False
        self._known[command.id] = command
        self._waiting.setdefault(command.device, {})[command.id] = command
        return True

    def waiting(self) -> frozenset[str]:
        """The ids of what waits."""
        return frozenset(i for commands in self._waiting.values() for i in commands)

    def renew(self, open_ones: Iterable[Command], known: frozenset[str]) -> list[str]:
        """What the register holds as open; the devices of new ones come back.

        `known` is what waited before the register was read: what it does not hold any more was
        carried by another gateway, and waits no longer here.
        """
        commands = list(open_ones)
        gone = known - {command.id for command in commands}
        for device, waiting in list(self._waiting.items()):
            self._waiting[device] = {i: c for i, c in waiting.items() if i not in gone}
            if not self._waiting[device]:
                del self._waiting[device]
        self._forget_late()
        return [command.device for command in commands if self.hold(command)]

    def open(self, device: str) -> bool:
        """Is there something to tell the device, or something it has not answered?"""
        asked = [each.command for each in self._sent.get(device, ())]
        waiting = self._waiting.get(device, {}).values()
        leaving = self._leaving and device in self._leaving.values()
        return bool(leaving) or any(not _late(command) for command in (*waiting, *asked))

    def give(self, device: str, line: object) -> list[Command]:
        """What is to be said to the device now that it can be reached on `line`."""
        if device not in self._waiting and device not in self._sent:
            return []
        waiting = self._waiting.pop(device, {}).values()
        unheard = [s.command for s in self._sent.get(device, ()) if s.unheard(line)]
        commands = [command for command in waiting if not _late(command)] + unheard
        self._leaving.update((command.id, device) for command in commands)
        return commands

    def take_back(self, commands: Iterable[Command]) -> None:
        """They were given out and have not left the house: let them wait again."""
        sent = {each.command.id for all_of in self._sent.values() for each in all_of}
        for command in commands:
            self.unsaid(command)
            if command.id not in sent:
                self._waiting.setdefault(command.device, {})[command.id] = command

    def unsaid(self, command: Command) -> None:
        """It was given out and there is no way to say it."""
        self._leaving.pop(command.id, None)

    def sent(self, command: Command, key: str, line: object) -> None:
        """The command is on its way on `line`; the device's answer will repeat `key`."""
        self._leaving.pop(command.id, None)
        asked = self._sent.setdefault(command.device, [])
        found = next((each for each in asked if each.command.id == command.id), None)
        if found is None:
            found = _Sent(command, line, clock.now())
            asked.append(found)
        found.line, found.at = line, clock.now()
        found.keys.append(key)

    def unanswered(self, device: str, key: str) -> Command | None:
        """The oldest command that an answer of the device with this key belongs to."""
        asked = self._sent.get(device, ())
        return next((each.command for each in asked if key in each.keys), None)

    def answered(self, device: str, key: str) -> Command | None:
        """The same, and it is answered now: another answer belongs to the next one, if any.

        `kept` is told whether the answer came to the disk.
        """
        asked = self._sent.get(device, [])
        sent = next((each for each in asked if key in each.keys), None)
        if sent is None:
            return None
        asked.remove(sent)
        if not asked:
            del self._sent[device]
        self._settling[sent.command.id] = sent
        return sent.command

    def kept(self, lines: Iterable[Line], *, durable: bool) -> None:
        """The answers among these lines are on the disk; or they are not, and were never heard."""
        commands = (line.command for line in lines if isinstance(line, CommandAnswer))
        for sent in filter(None, (self._settling.pop(one, None) for one in commands)):
            if not durable:
                self._sent.setdefault(sent.command.device, []).append(sent)

    def _forget_late(self) -> None:
        self._known = {i: c for i, c in self._known.items() if not _late(c)}
        for device, asked in list(self._sent.items()):
            self._sent[device] = [each for each in asked if not _late(each.command)]
            if not self._sent[device]:
                del self._sent[device]


def _late(command: Command) -> bool:
    return clock.now() >= command.expires_at
