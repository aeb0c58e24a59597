"""The district's `accidents.toml`: terms with their source, and invented accidents to try it."""

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

from anlan.operations.accidents.actions.register import NewAccident, register_accident
from anlan.operations.accidents.actions.report import report_up
from anlan.operations.accidents.models import Accident, AccidentTerms
from anlan.operations.accidents.queries.terms import terms_of
from anlan.operations.accidents.rules.level import Figures
from anlan.operations.accidents.rules.loop import Person
from anlan.operations.accidents.rules.states import REPORT
from anlan.operations.people.actions import Actor
from anlan.operations.people.queries import staff
from anlan.operations.registers.actions import load_figures
from anlan.vocabulary import clock


def load_terms(actor: Actor, folder: Path) -> int:
    """Load the terms; returns how many versions. Twice changes nothing."""
    return load_figures(actor, folder / "accidents.toml", AccidentTerms, terms_of)


def load_district_files(actor: Actor, folder: Path) -> int:
    """Register them, only where the invented logins are; how many. Twice changes nothing."""
    path = folder / "accidents.toml"
    if not path.exists() or not staff(role="hotline_clerk"):
        return 0
    found = tomllib.loads(path.read_text(encoding="utf-8")).get("accident", [])
    platform = Person(id=None, rights=frozenset({REPORT}), bureau=True)
    for index, one in enumerate(found):
        passed, measures = one.pop("passed_on_min", None), one.pop("measures", "")
        new = _new(f"district:{index}", one)
        pk = register_accident(actor, platform, new)
        if passed is not None and Accident.objects.filter(pk=pk, passed_on_at=None).exists():
            at = new.reported_at + timedelta(minutes=passed)
            report_up(actor, platform, pk, at=at, measures=measures)
    return len(found)


def _new(key: str, one: dict[str, Any]) -> NewAccident:
    occurred = clock.now() - timedelta(days=one.pop("days_ago"))
    known, reported = (timedelta(minutes=one.pop(f"{name}_min")) for name in ("known", "reported"))
    toll = one.pop("toll", {})
    return NewAccident(
        key=key, about=one, figures=Figures(**toll), occurred_at=occurred,
        known_at=occurred + known, reported_at=occurred + known + reported,
    )  # fmt: skip
