"""Signs of natural hazards for whoever tries the platform, given to whoever verifies them."""

import tomllib
from pathlib import Path
from typing import Any

from anlan.operations.hotline.actions.decide import Acceptance, accept_tip
from anlan.operations.hotline.actions.verify import begin_verification
from anlan.operations.hotline.models import Tip
from anlan.operations.hotline.queries.persons import able_handlers, person_of
from anlan.operations.hotline.rules.loop import Person
from anlan.operations.hotline.rules.states import State
from anlan.operations.people.actions import Actor
from anlan.operations.people.queries import Staff, scope_by, staff


def load_demo_records(_actor: Actor, folder: Path) -> int:
    """Accept the invented reports that name a unit, and begin there; how many. Twice adds none."""
    path = folder / "hotline.toml"
    given = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    leaders = staff(role="duty_leader")
    begun = 0
    for index, one in enumerate(given.get("tip", [])):
        mine = [who for who in staff(role="department") if who.organisation_code == one.get("unit")]
        tip = Tip.objects.filter(key=f"district:{index}", state=State.RECEIVED).first()
        if tip is not None and leaders and mine:
            begun += _begin(tip, one, leaders[0], mine[0])
    return begun


def _begin(tip: Tip, one: dict[str, Any], leader: Staff, verifier: Staff) -> bool:
    handlers = sorted(able_handlers(tip.area_code))[:2]
    if len(handlers) < 2:
        return False
    given = Acceptance(unit=one["unit"], sector="", handlers=(handlers[0], handlers[1]))
    accept_tip(*_doer(leader), tip.pk, given)
    first, second = one["verifiers"]
    begin_verification(*_doer(verifier), tip.pk, verifiers=(first, second))
    return True


def _doer(one: Staff) -> tuple[Actor, Person]:
    person = person_of(scope_by(one.id), one.organisation_code)
    return Actor(one.id, one.display_name, one.role), person
