"""Orders on their way down: what waits for a device to speak, and what it has not answered yet.

Used on the gateway's event loop alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from anlan.vocabulary import clock
from anlan.vocabulary.readings import Command


@dataclass(frozen=True, slots=True)
class Order:
    """A command as bytes for the line, and the key that the device's answer to it repeats."""

    frame: bytes
    key: str


class Orders:
    """Every command is given out at most once, to the device it names, before it expires."""

    def __init__(self) -> None:
        self._waiting: dict[str, dict[str, Command]] = {}
        self._given: dict[str, Command] = {}
        self._unanswered: dict[str, dict[str, list[Command]]] = {}

    def hold(self, command: Command) -> bool:
        """Keep the command until its device speaks; False when it is known or too late."""
        known = command.id in self._waiting.get(command.device, {})
        if known or command.id in self._given or _late(command):
            return False
        self._waiting.setdefault(command.device, {})[command.id] = command
        return True

    def waiting(self) -> frozenset[str]:
        """The ids of what waits."""
        return frozenset(i for commands in self._waiting.values() for i in commands)

    def renew(self, queued: Iterable[Command], known: frozenset[str]) -> list[str]:
        """What the register holds as queued; the devices of new ones come back.

        `known` is what waited before the register was read: what it does not hold any more was
        carried by another gateway, and waits no longer here.
        """
        commands = list(queued)
        gone = known - {command.id for command in commands}
        for device, waiting in list(self._waiting.items()):
            self._waiting[device] = {i: c for i, c in waiting.items() if i not in gone}
            if not self._waiting[device]:
                del self._waiting[device]
        self._forget_late()
        return [command.device for command in commands if self.hold(command)]

    def open(self, device: str) -> bool:
        """Is there something to tell the device, or something it has not answered?"""
        waiting = self._waiting.get(device, {}).values()
        asked = [c for each in self._unanswered.get(device, {}).values() for c in each]
        return any(not _late(command) for command in (*waiting, *asked))

    def give(self, device: str) -> list[Command]:
        """What is to be sent to the device now; it is not given out again."""
        waiting = self._waiting.pop(device, {})
        given = [command for command in waiting.values() if not _late(command)]
        self._given.update((command.id, command) for command in given)
        return given

    def take_back(self, commands: Iterable[Command]) -> None:
        """They were given out and have not left the house: let them wait again."""
        for command in commands:
            self._given.pop(command.id, None)
            self.hold(command)

    def sent(self, command: Command, key: str) -> None:
        """The command is on its way; the device's answer will repeat `key`."""
        asked = self._unanswered.setdefault(command.device, {})
        asked.setdefault(key, []).append(command)

    def unanswered(self, device: str, key: str) -> Command | None:
        """The oldest command that an answer of the device with this key belongs to."""
        return next(iter(self._unanswered.get(device, {}).get(key, ())), None)

    def answered(self, device: str, key: str) -> Command | None:
        """The same, and it is answered now: another answer belongs to the next one, if any."""
        commands = self._unanswered.get(device, {}).get(key)
        return commands.pop(0) if commands else None

    def _forget_late(self) -> None:
        self._given = {i: c for i, c in self._given.items() if not _late(c)}
        for device, asked in list(self._unanswered.items()):
            kept = {k: [c for c in each if not _late(c)] for k, each in asked.items()}
            self._unanswered[device] = {k: each for k, each in kept.items() if each}
            if not self._unanswered[device]:
                del self._unanswered[device]


def _late(command: Command) -> bool:
    return clock.now() >= command.expires_at
