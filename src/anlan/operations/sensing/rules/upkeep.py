"""Who keeps a device and where it hangs: what a call after its silence begins with."""

from dataclasses import dataclass, fields

from anlan.vocabulary.words import NP_, Term

WORDS: dict[str, Term] = {
    "operator": NP_("upkeep", "Keeper"),
    "network": NP_("upkeep", "Network"),
    "cell": NP_("upkeep", "Cell or link"),
    "place": NP_("upkeep", "Place"),
    "device_model": NP_("upkeep", "Model"),
}
LONGEST = {"operator": 60, "network": 60, "cell": 60, "place": 120, "device_model": 60}


@dataclass(frozen=True, slots=True, kw_only=True)
class Upkeep:
    """The keeper, whose network the device hangs on and by which cell, where to find it and what it
    is. Empty where nobody said. Devices of one group must name it alike: silence is counted by it.
    """

    operator: str = ""
    network: str = ""
    cell: str = ""
    place: str = ""
    device_model: str = ""


UPKEEP = tuple(one.name for one in fields(Upkeep))
