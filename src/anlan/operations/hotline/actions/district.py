"""The district's `hotline.toml`: terms and amounts with their source.

Its invented reports are taken only where the invented logins are (`district load --demo`).
"""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from anlan.operations.hotline.actions.receive import NewTip, Who, take_form
from anlan.operations.hotline.models import RewardTerms
from anlan.operations.hotline.queries.state import (
    HAZARD,
    SAFETY,
    hazard_table,
    safety_table,
)
from anlan.operations.hotline.rules.states import Channel, Kind
from anlan.operations.hotline.rules.terms import Terms
from anlan.operations.people.actions import Actor, act
from anlan.operations.people.queries import staff
from anlan.operations.registers.actions import keep_version

_TABLES: dict[str, Callable[[str, dict[str, Any]], Terms]] = {
    SAFETY: safety_table, HAZARD: hazard_table,
}  # fmt: skip


def load_terms(actor: Actor, folder: Path) -> int:
    """Load both tables; returns how many versions. Twice changes nothing."""
    file = _file(folder)
    versions = [(SAFETY, one) for one in file.get("terms", [])]
    versions += [(HAZARD, one) for one in file.get("hazard_terms", [])]
    with act("hotline.load_terms", actor) as this:
        for table, version in versions:
            keep_version(RewardTerms, version, _TABLES[table], table=table)
        this.on("terms", "all", f"{len(versions)} versions")
    return len(versions)


def load_district_files(_actor: Actor, folder: Path) -> int:
    """Take the invented reports; returns how many. Twice adds none."""
    invented = _file(folder).get("tip", []) if staff(role="hotline_clerk") else []
    for index, one in enumerate(invented):
        take_form(Channel(one.pop("channel")), _tip(f"district:{index}", one), _who(one))
    return len(invented)


def _file(folder: Path) -> dict[str, Any]:
    path = folder / "hotline.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def _tip(key: str, one: dict[str, Any]) -> NewTip:
    return NewTip(
        key=key, kind=Kind(one["kind"]), matter=one["matter"], area_code=one["area_code"],
        accused=one.get("accused", ""), sign=one.get("sign", ""), place=one.get("place", ""),
        sector=one.get("sector", ""),
    )  # fmt: skip


def _who(one: dict[str, Any]) -> Who:
    return Who(name=one.get("name", ""), phone=one.get("phone", ""))
