"""The district's definitions of indicators, and the schemes of the annual assessment."""

import tomllib
from dataclasses import asdict
from pathlib import Path

from anlan.operations.assessment.models import Indicator, OutsideFigure, SchemeVersion
from anlan.operations.assessment.rules.book import read_book
from anlan.operations.assessment.rules.scheme import read_scheme
from anlan.operations.people.actions import Actor, act


def load_terms(actor: Actor, folder: Path) -> int:
    """Load `indicators.toml` and `assessment.toml`; returns how many indicators and schemes.

    Raises `BadBook`, or what `read_scheme` does, and loads nothing of a file that is wrong; loading
    twice changes nothing.
    """
    return _indicators(actor, folder / "indicators.toml") + _schemes(
        actor, folder / "assessment.toml"
    )


def _indicators(actor: Actor, path: Path) -> int:
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


def _schemes(actor: Actor, path: Path) -> int:
    """A version that cards were made by stays as it was."""
    if not path.exists():
        return 0
    versions = tomllib.loads(path.read_text(encoding="utf-8")).get("scheme", [])
    with act("assessment.load_schemes", actor) as this:
        for version in versions:
            since, scheme = version.pop("valid_from"), read_scheme(version)
            source = version.pop("source")
            if not SchemeVersion.objects.filter(valid_from=since, cards__isnull=False).exists():
                SchemeVersion.objects.update_or_create(
                    valid_from=since, defaults={"source": scheme.source, "content": version}
                )
            this.detail[f"{since}"] = source
        this.on("scheme", "all", f"{len(versions)} versions")
    return len(versions)
