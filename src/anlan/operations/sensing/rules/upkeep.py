"""Who keeps a device and where it hangs: what a call after its silence begins with."""

from dataclasses import dataclass, fields

from anlan.vocabulary.words import NP_, Term

WORDS: dict[str, Term] = {
    "operator": NP_("upkeep", "Keeper"),
    "network": NP_("upkeep", "Network"),
    "cell": NP_("upkeep", "Cell or link"),
    "place": NP_("upkeep", "Place"),
    "device_model": NP_("upkeep", "Model"),
    "account": NP_("upkeep", "Reported by"),
    "vehicle_class": NP_("upkeep", "Class of vehicle"),
}
LONGEST = {
    "operator": 60, "network": 60, "cell": 60, "place": 120, "device_model": 60, "account": 40,
    "vehicle_class": 20,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Upkeep:
    """The keeper, whose network the device hangs on and by which cell, where to find it and what it
    is. Empty where nobody said. Devices of one group must name it alike: silence is counted by it.
    `account` is the collector or broker that may report for the device beside itself;
    `vehicle_class` what a vehicle is, which K-37 asks.
    """

    operator: str = ""
    network: str = ""
    cell: str = ""
    place: str = ""
    device_model: str = ""
    account: str = ""
    vehicle_class: str = ""


UPKEEP = tuple(one.name for one in fields(Upkeep))
