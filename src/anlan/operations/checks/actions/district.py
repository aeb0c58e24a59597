"""The district's `checks.toml`: its item library, and today's tasks made of it."""

import tomllib
from pathlib import Path
from typing import Any

from anlan.operations.checks.actions.library import put_item
from anlan.operations.checks.actions.nightly import make_tasks
from anlan.operations.people.actions import Actor

ORDINARY = {
    "method": "", "weight": "plain", "uses": "all", "sector": "", "trait": "", "trade": "",
    "level": None,
}  # fmt: skip


def load_district_files(actor: Actor, folder: Path) -> int:
    """Load the item library; returns how many items. Loading twice changes nothing."""
    path = folder / "checks.toml"
    if not path.exists():
        return 0
    given: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["item"]
    for entry in given:
        put_item(actor, ORDINARY | entry)
    make_tasks()
    return len(given)
