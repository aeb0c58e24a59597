"""The district's `hotline.toml`: terms and amounts with their source.

Its invented reports are taken only where the invented logins are (`district load --demo`).
"""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from anlan.operations.hotline.actions.receive import NewTip, Who, take_form
from anlan.operations.hotline.models import RewardTerms
from anlan.operations.hotline.rules.reward import Terms
from anlan.operations.hotline.rules.states import Channel, Kind
from anlan.operations.people.actions import Actor, act
from anlan.operations.people.queries import staff


def load_district_files(actor: Actor, folder: Path) -> int:
    """Load the terms from `hotline.toml`; returns how many versions. Twice changes nothing."""
    path = folder / "hotline.toml"
    if not path.exists():
        return 0
    file = tomllib.loads(path.read_text(encoding="utf-8"))
    versions = file.get("terms", [])
    with act("hotline.load_terms", actor) as this:
        for version in versions:
            _load(version)
        this.on("terms", "all", f"{len(versions)} versions")
    invented = file.get("tip", []) if staff(role="hotline_clerk") else []
    for index, one in enumerate(invented):
        take_form(Channel(one.pop("channel")), _tip(f"district:{index}", one), _who(one))
    return len(versions)


def _load(version: dict[str, Any]) -> None:
    figures = dict(version)
    since, source = figures.pop("valid_from"), str(figures.pop("source"))
    if not isinstance(since, date):
        raise ValueError(f"terms.valid_from is not a date: {since!r}")
    per_death = {int(key): int(value) for key, value in figures["per_death"].items()}
    Terms(source=source, **(figures | {"per_death": per_death}))
    RewardTerms.objects.update_or_create(
        valid_from=since, defaults={"source": source, "figures": figures}
    )


def _tip(key: str, one: dict[str, Any]) -> NewTip:
    return NewTip(
        key=key, kind=Kind(one["kind"]), matter=one["matter"], area_code=one["area_code"],
        accused=one.get("accused", ""), place=one.get("place", ""), sector=one.get("sector", ""),
    )  # fmt: skip


def _who(one: dict[str, Any]) -> Who:
    return Who(name=one.get("name", ""), phone=one.get("phone", ""))
