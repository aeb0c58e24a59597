"""The devices a gateway knows: a snapshot handed to it from outside, replaced as a whole."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from anlan.protocols.mqtt import TopicMap


@dataclass(frozen=True, slots=True)
class DeviceEntry:
    """What a gateway must know of a device.

    `stays_online`: after its report the station is told to stay (ESC) rather than to leave (EOT),
    which empties the battery of a station that sleeps between reports. `secret` is the password
    of a protocol whose passwords are text; `account` is who may report for the device beside it.
    `gcj02`: it states its positions in GCJ-02, not in WGS 84. `also` are passwords that it may have
    as well, since it was ordered to take a new one. `terminal`: maker and id of the one that has
    registered for a vehicle, and alone may.
    """

    password: int
    name: str = ""
    stays_online: bool = True
    secret: str = ""
    account: str = ""
    gcj02: bool = False
    also: frozenset[int] = frozenset()
    terminal: str = ""


class DeviceDirectory(Mapping[str, DeviceEntry]):
    """Device address (upper case) -> entry; never changes. A bare password stands for an entry.

    `topics` say what messages on MQTT topics mean.
    """

    def __init__(
        self,
        devices: Mapping[str, DeviceEntry | int] | None = None,
        topics: Iterable[TopicMap] = (),
    ) -> None:
        entries = {
            device.upper(): entry if isinstance(entry, DeviceEntry) else DeviceEntry(entry)
            for device, entry in (devices or {}).items()
        }
        self._entries = MappingProxyType(entries)
        self.topics = tuple(topics)

    def __getitem__(self, device: str) -> DeviceEntry:
        return self._entries[device]

    def account(self, device: str) -> str | None:
        """Who may report for a device beside itself; None where it is not in the register."""
        entry = self._entries.get(device)
        return None if entry is None else entry.account

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)
