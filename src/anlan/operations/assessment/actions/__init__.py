"""Loading the definitions of indicators; values are never written."""

import tomllib
from dataclasses import asdict
from pathlib import Path

from anlan.operations.assessment.models import Indicator, OutsideFigure
from anlan.operations.assessment.rules.book import read_book
from anlan.operations.people.actions import Actor, act

__all__ = ["load_terms"]


def load_terms(actor: Actor, folder: Path) -> int:
    """Load the district's `indicators.toml`; returns how many indicators.

    Raises `BadBook` and loads nothing when one is wrong; loading twice changes nothing.
    """
    path = folder / "indicators.toml"
    if not path.exists():
        return 0
    book = read_book(tomllib.loads(path.read_text(encoding="utf-8")))
    with act("assessment.load_indicators", actor) as this:
        for place, one in enumerate(book.indicators):
            values = asdict(one)
            Indicator.objects.update_or_create(
                code=values.pop("code"),
                valid_from=values.pop("valid_from"),
                defaults={**values, "place": place},
            )
        for figure in book.denominators:
            OutsideFigure.objects.update_or_create(
                key=figure.key,
                area_code=figure.area_code,
                valid_from=figure.valid_from,
                defaults={"value": figure.value, "source": figure.source},
            )
        this.on("indicator", "all", f"{len(book.indicators)} indicators")
    return len(book.indicators)
