"""Say who keeps a device, on which network and cell it hangs and where it is to be found."""

from collections.abc import Mapping

from django.db import transaction

from anlan.operations.people.actions import Actor, act
from anlan.operations.sensing.models import Station, StationHealth
from anlan.operations.sensing.rules.mass_silence import CELL, NETWORK, OPERATOR, group_key
from anlan.operations.sensing.rules.upkeep import UPKEEP, Upkeep
from anlan.vocabulary import clock


def describe_device(actor: Actor, code: str, upkeep: Upkeep) -> bool:
    """Change what is said of a device; False, and nothing changed, when it was said already.

    A device that leaves a group which is silent stands for itself from then on. Raises
    `Station.DoesNotExist`.
    """
    with act("sensing.describe_device", actor) as this:
        station = Station.objects.select_for_update().get(code=code)
        this.on("station", station.code, station.name)
        changed = {
            name: [getattr(station, name), getattr(upkeep, name)]
            for name in UPKEEP
            if getattr(station, name) != getattr(upkeep, name)
        }
        if not changed:
            this.detail = {"repeat": True}
            return False
        for name, (_before, after) in changed.items():
            setattr(station, name, after)
        station.described_at = clock.now()
        station.save(update_fields=[*changed, "described_at"])
        groups = [group_key(kind, getattr(station, kind)) for kind in (OPERATOR, NETWORK, CELL)]
        StationHealth.objects.filter(station=station).exclude(mass__in=groups).update(mass="")
        this.detail = changed
    return True


def describe_devices(actor: Actor, said: Mapping[str, Upkeep]) -> None:
    """The same of many devices by code, all or none of them."""
    with transaction.atomic():
        for code, upkeep in said.items():
            describe_device(actor, code, upkeep)
