"""The district's `oversight.toml`: checklist and terms of appraisal, dated, with their source."""

import tomllib
from pathlib import Path

from anlan.operations.oversight.models import AppraisalTerms, Checklist
from anlan.operations.oversight.queries.appraisals import terms_of
from anlan.operations.oversight.queries.reviews import checklist_of
from anlan.operations.people.actions import Actor, act
from anlan.operations.registers.actions import keep_version


def load_terms(actor: Actor, folder: Path) -> int:
    """Load both; returns how many versions of the checklist. Twice changes nothing.

    Raises `ValueError` for a checklist that cannot be scored by, and for wrong terms.
    """
    path = folder / "oversight.toml"
    if not path.exists():
        return 0
    given = tomllib.loads(path.read_text(encoding="utf-8"))
    versions = given.get("checklist", [])
    with act("oversight.load_district", actor) as this:
        for version in versions:
            keep_version(Checklist, version, lambda source, given: checklist_of(given, source))
        for version in given.get("appraisal", []):
            keep_version(AppraisalTerms, version, lambda _source, given: terms_of(given))
        this.on("checklist", "all", f"{len(versions)} versions")
    return len(versions)
