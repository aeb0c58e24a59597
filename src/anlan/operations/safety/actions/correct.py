"""A danger's record corrected as a new version: what it said before, who and why stay on it."""

from collections.abc import Mapping

from anlan.operations.people.actions import Actor, act
from anlan.operations.registers.queries import clean, required
from anlan.operations.safety.actions.desk import refresh
from anlan.operations.safety.actions.steps import moved, write
from anlan.operations.safety.models import Danger
from anlan.operations.safety.rules.correcting import FIELDS, check_correction
from anlan.operations.safety.rules.loop import Person
from anlan.operations.safety.rules.states import State
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_


def correct_danger(
    actor: Actor, person: Person, danger_id: int, values: Mapping[str, str], *, reason: str
) -> bool:
    """Change title, description or place; whether anything is otherwise now.

    The same again changes nothing and asks nothing.
    """
    with act("safety.correct_danger", actor) as this:
        danger = Danger.objects.select_for_update().filter(pk=danger_id).first()
        if danger is None:
            raise Refused(N_("There is no such danger."))
        fresh = {key: clean(values[key]) for key in FIELDS if key in values}
        before = {k: getattr(danger, k) for k, v in fresh.items() if getattr(danger, k) != v}
        this.on("danger", danger.pk, str(danger))
        this.detail = {"fields": sorted(before)}
        if not before:
            return False
        check_correction(danger.state, danger.regulator, danger.found_by_id, person)
        required(fresh.get("title", danger.title), N_("Say what is wrong."))
        why = required(reason, N_("Say why."))
        for key in before:
            setattr(danger, key, fresh[key])
        danger.findable = False
        danger.save(update_fields=[*before, "findable"])
        write(danger, actor, "correct", danger.state, {"before": before}, why)
        if danger.state != State.CLOSED:
            refresh(danger)
        this.publish(moved(danger, "correct", danger.state))
    return True
