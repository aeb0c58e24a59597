"""The district's `safety.toml`: a first register of enterprises, and who works for them."""

import tomllib
from pathlib import Path
from typing import Any

from anlan.operations.deadlines.queries import Unit
from anlan.operations.people.actions import Actor, act
from anlan.operations.people.queries import staff
from anlan.operations.safety.actions.enterprises import register_enterprise
from anlan.operations.safety.models import Enterprise, HandlingTerms, Membership
from anlan.operations.safety.queries.terms import PUBLIC, SECOND_LOOKS, WITHOUT
from anlan.vocabulary import clock


def load_district_files(actor: Actor, folder: Path) -> int:
    """Load the district's `safety.toml`; returns how many enterprises. Twice changes nothing."""
    given: list[dict[str, Any]] = _file(folder).get("enterprise", [])
    roles = ("enterprise", "principal", "post_staff")
    accounts = {one.username: one.id for role in roles for one in staff(role=role)}
    for entry in given:
        members = entry.pop("members", [])
        known = Enterprise.objects.filter(credit_code=entry["credit_code"]).first()
        if known is None:
            pk = register_enterprise(actor, {**entry, "state": "open", "schematic": True})
            known = Enterprise.objects.get(pk=pk)
        for name in members:
            if name in accounts:
                Membership.objects.get_or_create(
                    enterprise=known, account_id=accounts[name], until=None,
                    defaults={"since": clock.now()},
                )  # fmt: skip
    return len(given)


def load_terms(actor: Actor, folder: Path) -> int:
    """Load the terms of handling; returns how many versions. Twice changes nothing.

    Raises `ValueError` for a state or unit that is none, and for a share that cannot be.
    """
    versions = _file(folder).get("terms", ())
    for version in versions:
        _keep(actor, dict(version))
    return len(versions)


def _file(folder: Path) -> dict[str, Any]:
    path = folder / "safety.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def _keep(actor: Actor, version: dict[str, Any]) -> None:
    valid_from, source = version.pop("valid_from"), version.pop("source")
    share = float(version.pop("second_looks", SECOND_LOOKS))
    if not 0 <= share <= 1:
        raise ValueError(f"a share of second looks from 0 to 1, not {share}")
    missed = {str(cycle): int(n) for cycle, n in version.pop("missed_cycles", {}).items()}
    if any(n < 1 for n in missed.values()):
        raise ValueError(f"missed self-checks that make a finding are one or more: {missed}")
    values = {what: [int(count), Unit(unit)] for what, (count, unit) in version.items()}
    if values.keys() - WITHOUT.keys():
        raise ValueError(f"terms of {sorted(values.keys() - WITHOUT.keys())} are not known")
    if values.get(PUBLIC, [0, Unit.CALENDAR])[1] != Unit.CALENDAR:
        raise ValueError("what was delisted is public for a count of calendar days")
    with act("safety.load_terms", actor) as this:
        said = {"values": values, "source": source, "second_looks": share,
                "missed_cycles": missed}  # fmt: skip
        HandlingTerms.objects.update_or_create(valid_from=valid_from, defaults=said)
        this.on("handling terms", valid_from, source)
