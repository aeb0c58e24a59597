"""The district's `enforcement.toml`: who punishes, the law's terms, the discretion table."""

import tomllib
from pathlib import Path
from typing import Any

from anlan.operations.enforcement.models import (
    Certificate,
    DiscretionRow,
    EnforcementUnit,
    LegalTerm,
)
from anlan.operations.people.actions import Actor, act
from anlan.operations.people.queries import staff
from anlan.vocabulary import clock


def load_terms(actor: Actor, folder: Path) -> int:
    """Load the law's terms; returns how many versions. Twice changes nothing."""
    terms = _file(folder).get("term", [])
    with act("enforcement.load_terms", actor) as this:
        for entry in terms:
            LegalTerm.objects.update_or_create(
                key=entry.pop("key"), valid_from=entry.pop("valid_from"), defaults=entry
            )
        this.on("terms", "all", f"{len(terms)} versions")
    return len(terms)


def load_district_files(actor: Actor, folder: Path) -> int:
    """Load what else stands in it; returns how many rows the discretion table has. Twice is once.

    The table itself is changed at its page afterwards.
    """
    given = _file(folder)
    for entry in given.get("unit", []):
        code = entry.pop("code")
        EnforcementUnit.objects.update_or_create(
            code=code, defaults={**entry, "words": given["words"]}
        )
    rows = given.get("row", [])
    for entry in rows:
        DiscretionRow.objects.update_or_create(
            code=entry.pop("code"), valid_from=entry.pop("valid_from"), defaults=entry
        )
    known = {one.username: one for one in staff()}
    for entry in given.get("certificate", []):
        holder = known.get(entry.pop("username"))
        if holder is not None:
            Certificate.objects.update_or_create(
                number=entry.pop("number"),
                defaults={
                    **entry, "account_id": holder.id, "holder": holder.display_name.split()[0],
                    "unit": holder.organisation_code, "kept_at": clock.now(),
                    "kept_by": actor.label,
                },
            )  # fmt: skip
    return len(rows)


def _file(folder: Path) -> dict[str, Any]:
    path = folder / "enforcement.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
