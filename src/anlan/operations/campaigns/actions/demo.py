"""Campaigns to try the platform with: the district's made-up ones, taken through the real steps."""

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

from anlan.operations.campaigns.actions.campaigns import (
    NewCampaign,
    NewEntry,
    list_enterprise,
    open_campaign,
)
from anlan.operations.campaigns.actions.steps import take_step
from anlan.operations.campaigns.models import Campaign
from anlan.operations.campaigns.rules.loop import Person
from anlan.operations.campaigns.rules.states import DO, KEEP
from anlan.operations.people.actions import Actor
from anlan.operations.people.queries import Staff, staff
from anlan.operations.safety.queries.persons import units
from anlan.operations.safety.queries.rows import operating_enterprises
from anlan.vocabulary import clock

WORDS = {"submit": "已整改完成，现场照片和台账附后。", "return": "后厨隔层仍有床铺，继续整改。"}


def load_demo_records(_actor: Actor, folder: Path) -> int:
    """The `[[campaign]]` of `campaigns.toml` with their entries; how many. Twice adds none."""
    path = folder / "campaigns.toml"
    officer = next(iter(staff(role="safety_officer")), None)
    if not path.exists() or officer is None or Campaign.objects.exists():
        return 0
    given = tomllib.loads(path.read_text(encoding="utf-8")).get("campaign", [])
    for one in given:
        _campaign(one, officer)
    return len(given)


def _campaign(one: dict[str, Any], officer: Staff) -> None:
    """Its days are counted from today; the officer lists, a street's people do."""
    today, keeper = clock.today(), _who(officer, whole=True)
    pk = open_campaign(
        *keeper,
        NewCampaign(
            title=one["title"], basis=one["basis"], lead=units()[one["lead"]],
            begins_on=today - timedelta(days=one["begun_days_ago"]),
            ends_on=today + timedelta(days=one["ends_in_days"]),
        ),
    )  # fmt: skip
    firms = {firm.name: firm for firm in operating_enterprises()}
    streets = {one.area_code: one for one in staff(role="township")}
    for entry in one["entry"]:
        new = NewEntry(
            enterprise=firms[entry["enterprise"]], measure=entry["measure"], what=entry["what"],
            due_on=today + timedelta(days=entry["due_in_days"]),
        )  # fmt: skip
        entry_id = list_enterprise(*keeper, pk, new)
        for verb in entry.get("steps", ()):
            doer = streets.get(new.enterprise.area_code[:9], officer)
            who = keeper if verb in ("accept", "return") else _who(doer)
            take_step(*who, entry_id, verb, words=WORDS.get(verb, ""))


def _who(one: Staff, *, whole: bool = False) -> tuple[Actor, Person]:
    rights = frozenset({KEEP, DO})
    person = Person(id=one.id, rights=rights, organisation=one.organisation_code, whole=whole)
    return Actor(one.id, one.display_name, one.role), person
