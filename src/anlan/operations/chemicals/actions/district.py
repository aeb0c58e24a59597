"""The district's `chemicals.toml`: terms of storage and reminding, dated, with their source."""

import tomllib
from pathlib import Path

from anlan.operations.chemicals.models import ChemicalTerms
from anlan.operations.chemicals.queries.terms import terms_of
from anlan.operations.people.actions import Actor, act


def load_district_files(actor: Actor, folder: Path) -> int:
    """Load the terms; returns how many versions. Twice changes nothing."""
    path = folder / "chemicals.toml"
    if not path.exists():
        return 0
    versions = tomllib.loads(path.read_text(encoding="utf-8")).get("terms", [])
    with act("chemicals.load_terms", actor) as this:
        for version in versions:
            since, source = version.pop("valid_from"), str(version.pop("source"))
            terms_of(version, source)
            ChemicalTerms.objects.update_or_create(
                valid_from=since, defaults={"source": source, "figures": version}
            )
        this.on("terms", "all", f"{len(versions)} versions")
    return len(versions)
