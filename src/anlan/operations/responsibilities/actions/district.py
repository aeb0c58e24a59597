"""The district's `responsibilities.toml`: the capacity checklist, dated, with its source."""

import tomllib
from pathlib import Path

from anlan.operations.people.actions import Actor, act
from anlan.operations.responsibilities.models import CapacityList
from anlan.operations.responsibilities.rules.capacity import read_checklist


def load_terms(actor: Actor, folder: Path) -> int:
    """Load the versions of the checklist; how many. Twice changes nothing; a version that
    assessments were made by stays as it was."""
    path = folder / "responsibilities.toml"
    if not path.exists():
        return 0
    versions = tomllib.loads(path.read_text(encoding="utf-8")).get("capacity", [])
    with act("responsibilities.load_capacity", actor) as this:
        for version in versions:
            since = version.pop("valid_from")
            checklist = read_checklist(version)
            used = CapacityList.objects.filter(valid_from=since, checks__isnull=False).exists()
            if not used:
                CapacityList.objects.update_or_create(
                    valid_from=since, defaults={"source": checklist.source, "content": version}
                )
        this.on("capacity checklist", "all", f"{len(versions)} versions")
    return len(versions)
