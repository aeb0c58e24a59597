"""Major hazard sources: computed, kept in versions, handed on as the enterprise's level."""

from collections.abc import Mapping, Sequence
from typing import Any

from anlan.operations.people.actions import Actor, act
from anlan.operations.risks.actions.steps import level_enterprise
from anlan.operations.risks.models import MajorHazard
from anlan.operations.risks.rules.loop import Person, may_keep
from anlan.operations.risks.rules.major_hazard import Held, grade
from anlan.operations.safety.queries.persons import people_of
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_


def keep_major_hazard(
    actor: Actor, person: Person, enterprise_id: int, values: Mapping[str, Any],
    held: Sequence[Held],
) -> int:  # fmt: skip
    """Compute and keep a unit; its id. One of the same name is replaced and stays as a version."""
    if not may_keep(person, enterprise_id, bool(people_of(enterprise_id))):
        raise Refused(N_("The enterprise's own people take this step."))
    graded = grade(held, values["exposed"])
    with act("risks.keep_major_hazard", actor) as this:
        now = clock.now()
        MajorHazard.objects.filter(
            enterprise=enterprise_id, name=values["name"], replaced_at=None
        ).update(replaced_at=now)
        one = MajorHazard.objects.create(
            enterprise_id=enterprise_id, held=[[h.key, h.tonnes] for h in held],
            s=round(graded.s, 4), r=round(graded.r, 4), level=graded.level, made_at=now,
            made_by=actor.label, **values,
        )  # fmt: skip
        level_enterprise(actor, enterprise_id)
        this.on("major hazard", one.pk, one.name)
        this.detail = {"s": one.s, "r": one.r, "level": one.level}
    return one.pk
