"""The district's `statistics.toml`: how units are scored."""

import tomllib
from dataclasses import asdict
from pathlib import Path

from anlan.operations.people.actions import Actor, act
from anlan.operations.statistics.models import ScoringRule
from anlan.operations.statistics.rules.book import read_rules


def load_terms(actor: Actor, folder: Path) -> int:
    """Returns how many versions; twice changes nothing. Raises `BadRule` and loads nothing."""
    path = folder / "statistics.toml"
    if not path.exists():
        return 0
    rules = read_rules(tomllib.loads(path.read_text(encoding="utf-8")))
    with act("statistics.load_rules", actor) as this:
        for one in rules:
            values = asdict(one) | {"key_sectors": list(one.key_sectors)}
            ScoringRule.objects.update_or_create(
                valid_from=values.pop("valid_from"), defaults=values
            )
        this.on("scoring_rule", "all", f"{len(rules)} versions")
    return len(rules)
