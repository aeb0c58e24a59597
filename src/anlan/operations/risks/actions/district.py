"""The district's `risks.toml`: how it rates, and some risk points to look at."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from anlan.operations.people.actions import PLATFORM, Actor, act
from anlan.operations.people.queries import staff
from anlan.operations.risks.actions.hazards import keep_major_hazard
from anlan.operations.risks.actions.rate import confirm_risk, identify_risk
from anlan.operations.risks.models import RatingTerms, RiskPoint
from anlan.operations.risks.rules.loop import CONFIRM, KEEP, RATE, Person
from anlan.operations.risks.rules.major_hazard import Held
from anlan.operations.safety.queries.enterprises import enterprise_of
from anlan.operations.safety.queries.persons import people_of


def load_terms(actor: Actor, folder: Path) -> int:
    """Load how the district rates; returns how many versions. Twice changes nothing."""
    versions = _file(folder).get("rating", [])
    for version in versions:
        _keep_terms(actor, dict(version))
    return len(versions)


def load_district_files(_actor: Actor, folder: Path) -> int:
    """Load the district's `risks.toml`; how many risk points. Twice changes nothing."""
    given = _file(folder)
    if RiskPoint.objects.exists():
        return 0
    for entry in given.get("risk", []):
        _load_risk(dict(entry))
    for entry in given.get("major_hazard", []):
        _load_hazard(dict(entry))
    return len(given.get("risk", []))


def _file(folder: Path) -> dict[str, Any]:
    path = folder / "risks.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def _keep_terms(actor: Actor, version: dict[str, Any]) -> None:
    valid_from, source = version.pop("valid_from"), str(version.pop("source"))
    if not isinstance(valid_from, date):
        raise ValueError(f"rating.valid_from is not a date: {valid_from!r}")
    with act("risks.load_terms", actor) as this:
        RatingTerms.objects.update_or_create(
            valid_from=valid_from, defaults={"values": version, "source": source}
        )
        this.on("rating terms", valid_from, source)


def _load_risk(entry: dict[str, Any]) -> None:
    """A risk point as its enterprise would enter it; confirmed unless it says otherwise."""
    enterprise = enterprise_of(entry.pop("credit_code"))
    if enterprise is None:
        return
    confirmed = entry.pop("confirmed", True)
    rater, person = _who(enterprise, "enterprise")
    pk = identify_risk(rater, person, enterprise, entry)
    if confirmed:
        confirm_risk(*_who(enterprise, "principal"), pk)


def _load_hazard(entry: dict[str, Any]) -> None:
    enterprise = enterprise_of(entry.pop("credit_code"))
    if enterprise is None:
        return
    held = [Held(key, float(tonnes)) for key, tonnes in entry.pop("held")]
    keep_major_hazard(*_who(enterprise, "enterprise"), enterprise, entry, held)


def _who(enterprise: int, role: str) -> tuple[Actor, Person]:
    """Somebody of the enterprise; where it has no account, the platform and then the bureau."""
    for pk, name in people_of(enterprise, role).items():
        rights = frozenset({RATE, CONFIRM})
        return Actor(pk, name, role), Person(
            id=pk, rights=rights, enterprises=frozenset({enterprise}), firm=True
        )
    bureau = None if role == "enterprise" else next(iter(staff(role="safety_officer")), None)
    actor = Actor(bureau.id, bureau.display_name, bureau.role) if bureau else PLATFORM
    return actor, Person(id=actor.id or 0, rights=frozenset({KEEP}))
