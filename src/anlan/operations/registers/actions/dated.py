"""Dated figures of a district, taken from its files: a new version beside the earlier ones."""

import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from anlan.operations.people.actions import Actor, act
from anlan.operations.registers.shapes import DatedFigures

Parsed = Callable[[str, dict[str, Any]], object]
"""Source and figures into the room's typed form; raises where they are not of that form."""


def load_figures(actor: Actor, file: Path, model: type[DatedFigures], parsed: Parsed) -> int:
    """Load the `[[terms]]` of a room's file; returns how many versions. Twice changes nothing.

    A version of a day that has one already takes its place. Raises `ValueError` for one without a
    date, and what `parsed` raises; then none is loaded.
    """
    if not file.exists():
        return 0
    versions = tomllib.loads(file.read_text(encoding="utf-8")).get("terms", [])
    with act(f"{model._meta.app_label}.load_terms", actor) as this:
        for version in versions:
            keep_version(model, version, parsed)
        this.on("terms", "all", f"{len(versions)} versions")
    return len(versions)


def keep_version(
    model: type[DatedFigures], version: Mapping[str, Any], parsed: Parsed, **of: Any
) -> None:
    """Keep one version, within the caller's action; `of` says of what, where a table has several.

    Raises as `load_figures` does.
    """
    figures = dict(version)
    since, source = figures.pop("valid_from"), str(figures.pop("source"))
    if not isinstance(since, date):
        raise ValueError(f"valid_from is not a date: {since!r}")
    parsed(source, figures)
    model._default_manager.update_or_create(
        valid_from=since, **of, defaults={"source": source, "figures": figures}
    )
