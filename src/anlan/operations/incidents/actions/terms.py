"""The reporting terms of the district, and what happens when one runs out."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from anlan.operations.deadlines.actions import escalate_item
from anlan.operations.incidents.models import Entry, Incident, ReportingTerms
from anlan.operations.incidents.rules.states import IncidentState
from anlan.operations.incidents.rules.terms import Terms
from anlan.operations.people.actions import PLATFORM, Actor, act
from anlan.vocabulary import clock
from anlan.vocabulary.levels import Standing
from anlan.vocabulary.words import N_

LATE_TEXTS = {
    "phone": N_("Late: nobody has phoned the municipality yet"),
    "written": N_("Late: the written first report is not signed"),
    "natural": N_("Late: the natural disaster is not reported"),
    "follow_up": N_("Late: the next report is not signed"),
    "final": N_("Late: the final report is not signed"),
}


def load_terms(actor: Actor, folder: Path) -> int:
    """Load the reporting terms from the district's `plans.toml`; returns how many versions."""
    path = folder / "plans.toml"
    if not path.exists():
        return 0
    versions = tomllib.loads(path.read_text(encoding="utf-8")).get("reporting", [])
    with act("incidents.load_terms", actor) as this:
        for version in versions:
            _load_version(version)
        this.on("terms", "all", f"{len(versions)} versions")
    return len(versions)


def _load_version(version: dict[str, Any]) -> None:
    values = dict(version)
    valid_from = values.pop("valid_from")
    source = values.pop("source")
    recipients = [
        {"name": str(one["name"]), "address": str(one["address"])}
        for one in values.pop("recipient", [])
    ]
    channels = {str(Standing(key)): str(name) for key, name in values.pop("channels", {}).items()}
    terms = Terms(**{key: int(str(value)) for key, value in values.items()})
    if not isinstance(valid_from, date):
        raise ValueError(f"reporting.valid_from is not a date: {valid_from!r}")
    ReportingTerms.objects.update_or_create(
        valid_from=valid_from,
        defaults={
            "phone_min": terms.phone_min,
            "written_min": terms.written_min,
            "natural_first_min": terms.natural_first_min,
            "follow_up_h": terms.follow_up_h,
            "final_days": terms.final_days,
            "source": str(source),
            "recipients": recipients,
            "channels": channels,
        },
    )


def hand_up_overdue(incident_id: int, obligation: str) -> None:
    """A term has run out: hand its item to the leader and write it into the file, once."""
    incident = Incident.objects.get(pk=incident_id)
    if incident.state != IncidentState.OPEN:
        return
    key = f"incident:{incident_id}:{obligation}"
    handed = escalate_item(key, right="incidents.sign", area_code=incident.area_code)
    if not handed:
        return
    with act("incidents.overdue", PLATFORM) as this:
        Entry.objects.create(
            incident=incident, at=clock.now(), kind="late", text=LATE_TEXTS[obligation]
        )
        this.on("incident", incident_id, str(incident))
        this.detail["obligation"] = obligation
