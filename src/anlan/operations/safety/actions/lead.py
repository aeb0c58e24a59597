"""What an open danger keeps of its enterprise's file is what the file says now."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from anlan.operations.people.actions import PLATFORM, act
from anlan.operations.safety.actions.desk import refresh
from anlan.operations.safety.actions.steps import moved, write
from anlan.operations.safety.models import Danger, Enterprise
from anlan.operations.safety.rules.states import State

# What of an enterprise's file decides whose its dangers are.
_WHOSE = {"area_code", "sector", "sector_regulator", "local_regulator"}


def lead_dangers(ids: Collection[int]) -> int:
    """Name, place, sector and regulator of these enterprises, by id, into their open dangers; how
    many changed. What is closed says where it was. A danger that was transferred keeps the sector
    and the unit that it was transferred to.
    """
    rows = Danger.objects.filter(enterprise__in=ids).exclude(state=State.CLOSED)
    return sum(_follow(pk) for pk in rows.values_list("pk", flat=True))


def _follow(danger_id: int) -> bool:
    with act("safety.follow_enterprise", PLATFORM) as this:
        rows = Danger.objects.select_for_update(of=("self",)).select_related("enterprise")
        danger = rows.get(pk=danger_id)
        this.on("danger", danger.pk, str(danger))
        said = _said(danger, danger.enterprise) if danger.enterprise else {}
        before = {key: getattr(danger, key) for key in said if getattr(danger, key) != said[key]}
        this.detail = {"fields": sorted(before)}
        if not before or danger.state == State.CLOSED:
            return False
        for key in before:
            setattr(danger, key, said[key])
        danger.findable = False
        danger.save(update_fields=[*before, "findable"])
        write(danger, PLATFORM, "correct", danger.state, {"before": before}, "")
        refresh(danger)
        this.publish(moved(danger, "correct", danger.state))
    return True


def follow_since(danger: Danger, moment: datetime) -> None:
    """Whose it is by its enterprise's file, where that was corrected since; not saved yet."""
    firm = danger.enterprise
    if firm is None:
        return
    versions = firm.versions.filter(at__gte=moment).values_list("before", flat=True)
    if any(_WHOSE & before.keys() for before in versions):
        for key, value in _said(danger, firm).items():
            setattr(danger, key, value)


def _said(danger: Danger, firm: Enterprise) -> dict[str, Any]:
    said = {"unit": firm.name, "area_code": firm.area_code}
    if not danger.transferred_from:
        said["sector"] = firm.sector
        said["regulator"] = firm.sector_regulator or firm.local_regulator or danger.regulator
    return said
