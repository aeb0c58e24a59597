"""The district's `insurance.toml`: who must be insured, dated, with its source."""

import tomllib
from pathlib import Path

from anlan.operations.insurance.models import InsuranceTerms
from anlan.operations.insurance.queries.terms import terms_of
from anlan.operations.people.actions import Actor, act


def load_district_files(actor: Actor, folder: Path) -> int:
    """Load the terms; returns how many versions. Twice changes nothing."""
    path = folder / "insurance.toml"
    if not path.exists():
        return 0
    versions = tomllib.loads(path.read_text(encoding="utf-8")).get("terms", [])
    with act("insurance.load_terms", actor) as this:
        for version in versions:
            since, source = version.pop("valid_from"), str(version.pop("source"))
            terms_of(version, source)
            InsuranceTerms.objects.update_or_create(
                valid_from=since, defaults={"source": source, "figures": version}
            )
        this.on("terms", "all", f"{len(versions)} versions")
    return len(versions)
