"""When many devices of one keeper, or on one cell, fall silent together: one alarm, not one each.

The figures are this platform's own until the district sets others [pv], in force from 2026-11-28.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

AT_LEAST = 5  # devices
SHARE = 0.5  # of those that the group has in service
TOGETHER = timedelta(hours=1)  # between the first and the last of them
OPERATOR, CELL = "operator", "cell"
MASS_SILENCE = "mass_silence"


@dataclass(frozen=True, slots=True)
class Device:
    """A device in service: where it hangs, when it last spoke, and whether it is silent now."""

    station: int
    operator: str
    cell: str
    last_at: datetime
    silent: bool

    @property
    def groups(self) -> tuple[tuple[str, str], ...]:
        named = ((CELL, self.cell), (OPERATOR, self.operator))
        return tuple((kind, name) for kind, name in named if name)


@dataclass(frozen=True, slots=True)
class Mass:
    """A group of which most fell silent together; `members` are stations, `since` the first."""

    kind: str
    name: str
    members: tuple[int, ...]
    in_service: int
    since: datetime

    @property
    def key(self) -> str:
        return group_key(self.kind, self.name)


def group_key(kind: str, name: str) -> str:
    return f"{kind}={name}"


def masses(devices: Iterable[Device]) -> list[Mass]:
    """The groups that fell silent together, the largest first; no device is in two of them.

    A cell counts before a keeper of the same size: it says more closely what is broken.
    """
    groups: dict[tuple[str, str], list[Device]] = {}
    for device in devices:
        for group in device.groups:
            groups.setdefault(group, []).append(device)
    found = [mass for group, mine in groups.items() if (mass := _mass(group, mine))]
    found.sort(key=lambda mass: (-len(mass.members), mass.kind, mass.name))
    taken: set[int] = set()
    chosen = []
    for mass in found:
        if not taken.intersection(mass.members):
            chosen.append(mass)
            taken.update(mass.members)
    return chosen


def _mass(group: tuple[str, str], mine: list[Device]) -> Mass | None:
    together = _closest([device for device in mine if device.silent])
    if len(together) < AT_LEAST or len(together) < SHARE * len(mine):
        return None
    return Mass(
        *group, tuple(sorted(device.station for device in together)), len(mine),
        min(device.last_at for device in together),
    )  # fmt: skip


def _closest(silent: list[Device]) -> list[Device]:
    """The most devices that last spoke within `TOGETHER` of each other; of as many, the newest."""
    ordered = sorted(silent, key=lambda device: device.last_at)
    best: list[Device] = []
    first = 0
    for end, device in enumerate(ordered, 1):
        while device.last_at - ordered[first].last_at > TOGETHER:
            first += 1
        if end - first >= len(best):
            best = ordered[first:end]
    return best


def over(silent: Mapping[str, int], in_service: Mapping[str, int]) -> set[str]:
    """The keys of groups of which less than the share is silent still."""
    return {
        key for key, count in in_service.items() if silent.get(key, 0) < max(1.0, SHARE * count)
    }
