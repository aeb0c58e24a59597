"""Major hazard sources: computed, kept in versions, handed on as the enterprise's level."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q

from anlan.operations.people.actions import Actor, act, looking_again
from anlan.operations.risks.actions.rate import Origin
from anlan.operations.risks.actions.steps import level_enterprise
from anlan.operations.risks.events import HazardKept
from anlan.operations.risks.models import MajorHazard
from anlan.operations.risks.rules.loop import Person, may_keep
from anlan.operations.risks.rules.major_hazard import Held, grade
from anlan.operations.safety.queries.persons import people_of
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

FIELDS = ("name", "kind", "exposed", "number", "filed_on")
OURS = Origin()  # of no other system


def keep_major_hazard(
    actor: Actor, person: Person, enterprise_id: int, values: Mapping[str, Any],
    held: Sequence[Held], origin: Origin = OURS,
) -> int:  # fmt: skip
    """Compute and keep a unit; its id. One of the same name, or that its `origin` names, is
    replaced and stays as a version.
    """
    if not may_keep(person, enterprise_id, bool(people_of(enterprise_id))):
        raise Refused(N_("The enterprise's own people take this step."))
    graded = grade(held, values["exposed"])
    with act("risks.keep_major_hazard", actor) as this:
        now = clock.now()
        before = MajorHazard.objects.filter(enterprise=enterprise_id, replaced_at=None).filter(
            Q(name=values["name"]) | _of(origin)
        )  # fmt: skip
        named = origin if origin.source_id else _last(before)
        before.update(replaced_at=now)
        one = MajorHazard.objects.create(
            enterprise_id=enterprise_id, held=[[h.key, h.tonnes] for h in held],
            s=round(graded.s, 4), r=round(graded.r, 4), level=graded.level, made_at=now,
            made_by=actor.label, source=named.source, source_id=named.source_id, **values,
        )  # fmt: skip
        level_enterprise(actor, enterprise_id)
        this.on("major hazard", one.pk, one.name)
        this.detail = {"s": one.s, "r": one.r, "level": one.level}
        this.publish(HazardKept(hazard_id=one.pk, enterprise_id=enterprise_id, level=one.level))
    return one.pk


@looking_again
def put_major_hazard(
    actor: Actor, person: Person, enterprise_id: int, values: Mapping[str, Any],
    held: Sequence[Held], origin: Origin,
) -> tuple[int, str]:  # fmt: skip
    """Keep a unit that another system names by (source, id), else by its name: its id here, and
    new, changed or same. The same again is no version. Raises `Refused`.
    """
    standing = MajorHazard.objects.filter(replaced_at=None)
    one = standing.filter(_of(origin)).first()
    one = one or standing.filter(enterprise=enterprise_id, name=values["name"]).first()
    if one is not None and one.enterprise_id != enterprise_id:
        raise Refused(N_("This unit belongs to another enterprise."))
    values = {key: values[key] for key in FIELDS if key in values}
    if one is not None and _same(one, values, held):
        return one.pk, "same"
    pk = keep_major_hazard(actor, person, enterprise_id, values, held, origin)
    return pk, "new" if one is None else "changed"


def _same(one: MajorHazard, values: Mapping[str, Any], held: Sequence[Held]) -> bool:
    said = all(getattr(one, key) == value for key, value in values.items())
    return said and one.held == [[h.key, h.tonnes] for h in held]


def _of(origin: Origin) -> Q:
    """Those that a system names so; none where it names none."""
    return Q(source=origin.source, source_id=origin.source_id) & ~Q(source_id="")


def _last(rows: Any) -> Origin:
    """By what the version that is replaced was named."""
    said = rows.exclude(source_id="").values_list("source", "source_id").first()
    return Origin(*said) if said else OURS
