"""Lists, duties and commendations as another system names them by its own ids."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from anlan.operations.people.actions import Actor, act, looking_again
from anlan.operations.responsibilities.actions.commendations import keep_commendation
from anlan.operations.responsibilities.actions.lists import (
    NOT_YOURS,
    NewBearer,
    NewDuty,
    add_duty,
    change_duty,
    put_bearer,
)
from anlan.operations.responsibilities.models import Bearer, Commendation, Duty
from anlan.operations.responsibilities.rules.loop import Person, may_keep
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

Origin = tuple[str, str]
KEY = ("document", "name", "title")
OTHERS = N_("This id names another record: end that one, and send this under an id of its own.")
TAKEN = N_("A program has sent this under another id.")
ENDS = N_("This duty ends: send the new one under an id of its own.")


@looking_again
def put_list(
    actor: Actor, person: Person, new: NewBearer, origin: Origin, left_out: Collection[str] = (),
) -> tuple[int, str]:  # fmt: skip
    """Open or change the list of a post or a unit that another system names by (source, id): its
    id here, and new, changed or same. What is `left_out`, name or account_id, stays as it is, a
    login only as long as the name does. Raises `Refused`."""
    if not may_keep(person, new.unit_code):
        raise Refused(NOT_YOURS)
    post, open_now = new.post.strip()[:60], Bearer.objects.filter(ended_on=None)
    known = open_now.filter(source=origin[0], source_id=origin[1]).first()
    here = open_now.filter(unit_code=new.unit_code, post=post).first()
    _judge(known, here)
    if here is not None and "name" in left_out:
        new = replace(new, name=here.name)
    if here is not None and "account_id" in left_out and new.name.strip()[:60] == here.name:
        new = replace(new, account_id=here.account_id)
    said = (new.name.strip()[:60], new.account_id)
    outcome = "new" if here is None else "changed"
    if here is not None and (here.name, here.account_id) == said:
        outcome = "same"
    if known is not None and outcome == "same":
        return known.pk, outcome
    with act("responsibilities.put_list", actor) as this:
        pk = here.pk if here is not None and outcome == "same" else put_bearer(actor, person, new)
        Bearer.objects.filter(pk=pk).update(source=origin[0], source_id=origin[1])
        this.on("bearer", pk, f"{new.unit_code} {post}".strip())
    return pk, outcome


@looking_again
def put_duty(
    actor: Actor, person: Person, bearer_id: int, new: NewDuty, origin: Origin
) -> tuple[int, str]:
    """Add a duty to a list, or make its next version: the id of the newest one here, and new,
    changed or same. Raises `Refused`."""
    versions = Duty.objects.filter(source=origin[0], source_id=origin[1])
    known = versions.order_by("-version").select_related("bearer").first()
    if known is not None and known.bearer_id != bearer_id:
        raise Refused(OTHERS)
    if known is not None and not may_keep(person, known.bearer.unit_code):
        raise Refused(NOT_YOURS)
    if known is not None and known.valid_to is not None:
        raise Refused(ENDS)
    said = (new.text.strip()[:500], new.basis.strip()[:300], new.valid_from)
    if known is not None and (known.text, known.basis, known.valid_from) == said:
        return known.pk, "same"
    with act("responsibilities.put_duty", actor) as this:
        if known is None:
            pk, outcome = add_duty(actor, person, bearer_id, new), "new"
        else:
            pk, outcome = change_duty(actor, person, known.pk, new), "changed"
        Duty.objects.filter(pk=pk).update(source=origin[0], source_id=origin[1])
        this.on("duty", pk, new.text.strip()[:40])
    return pk, outcome


@looking_again
def put_commendation(
    actor: Actor, person: Person, values: Mapping[str, Any], origin: Origin
) -> tuple[int, str]:
    """Keep or correct a commendation: its id here, and new, changed or same. Raises `Refused`."""
    known = Commendation.objects.filter(source=origin[0], source_id=origin[1]).first()
    here = Commendation.objects.filter(**{key: values[key] for key in KEY}).first()
    _judge(known, here)
    with act("responsibilities.put_commendation", actor) as this:
        pk, came = keep_commendation(actor, person, values)
        Commendation.objects.filter(pk=pk).update(source=origin[0], source_id=origin[1])
        this.on("commendation", pk, values["title"])
    return pk, came


def _judge(known: Any, here: Any) -> None:
    """Raises `Refused` where what has this id is not what was sent, or that has another id."""
    if known is not None and (here is None or here.pk != known.pk):
        raise Refused(OTHERS)
    if known is None and here is not None and here.source_id:
        raise Refused(TAKEN)
