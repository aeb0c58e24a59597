"""Many devices of one keeper, network or cell fall silent together: one alarm, not one each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

OPERATOR, NETWORK, CELL = "operator", "network", "cell"
MASS_SILENCE = "mass_silence"
NEARLY = 0.9  # [pv] a smaller group that holds so much of a larger one's silence explains it better


@dataclass(frozen=True, slots=True)
class MassLimits:
    """From when silence is that of a group: so many devices, such a share of those that the group
    has in service, no longer than `together` between the first and the last of them."""

    at_least: int
    share: float
    together: timedelta


@dataclass(frozen=True, slots=True)
class Device:
    """A device in service: where it hangs, when it last spoke, and whether it is silent now."""

    station: int
    operator: str
    network: str
    cell: str
    last_at: datetime
    silent: bool

    @property
    def groups(self) -> tuple[tuple[str, str], ...]:
        named = ((CELL, self.cell), (NETWORK, self.network), (OPERATOR, self.operator))
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

    @property
    def share(self) -> float:
        return len(self.members) / self.in_service


def group_key(kind: str, name: str) -> str:
    return f"{kind}={name}"


def masses(devices: Iterable[Device], limits: MassLimits) -> list[Mass]:
    """The groups that fell silent together, the largest first; no device is in two of them.

    What is left of a group when others took their share of it must pass the limits itself.
    """
    left = list(devices)
    chosen = []
    while (mass := _greatest(left, limits)) is not None:
        chosen.append(mass)
        taken = set(mass.members)
        left = [device for device in left if device.station not in taken]
    return chosen


def _greatest(devices: Iterable[Device], limits: MassLimits) -> Mass | None:
    """The largest mass, or the smaller one that explains it better: of a cell that is wholly
    silent, its keeper says less."""
    groups: dict[tuple[str, str], list[Device]] = {}
    for device in devices:
        for group in device.groups:
            groups.setdefault(group, []).append(device)
    found = [mass for group, mine in groups.items() if (mass := _mass(group, mine, limits))]
    if not found:
        return None
    largest = min(found, key=lambda mass: (-len(mass.members), mass.kind, mass.name))
    whole = set(largest.members)
    closer = [
        mass for mass in found if len(whole.intersection(mass.members)) >= NEARLY * len(whole)
    ]
    return min(closer, key=lambda mass: (-mass.share, -len(mass.members), mass.kind, mass.name))


def _mass(group: tuple[str, str], mine: list[Device], limits: MassLimits) -> Mass | None:
    together = _closest([device for device in mine if device.silent], limits.together)
    if len(together) < limits.at_least or len(together) < limits.share * len(mine):
        return None
    return Mass(
        *group, tuple(sorted(device.station for device in together)), len(mine),
        min(device.last_at for device in together),
    )  # fmt: skip


def _closest(silent: list[Device], together: timedelta) -> list[Device]:
    """The most devices that last spoke within `together` of each other; of as many, the newest."""
    ordered = sorted(silent, key=lambda device: device.last_at)
    best: list[Device] = []
    first = 0
    for end, device in enumerate(ordered, 1):
        while device.last_at - ordered[first].last_at > together:
            first += 1
        if end - first >= len(best):
            best = ordered[first:end]
    return best


def over(silent: int, fell: int, limits: MassLimits) -> bool:
    """Of the `fell` devices of a mass so few are `silent` still that each stands for itself again.

    Fewer than a mass must have, so that a group on its way back is not one alarm after another for
    the rest of its devices.
    """
    return silent < max(1.0, min(limits.at_least, limits.share * fell))
