"""An exercise as it is typed, parsed once into typed values with an error a field."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from anlan.operations.exercises.actions import NewExercise
from anlan.operations.exercises.queries import OwnerRow
from anlan.operations.exercises.rules import ExerciseKind
from anlan.operations.registers.queries import Entered

MOST_PEOPLE = 10_000_000


def new_exercise(
    post: Mapping[str, str], owners: list[OwnerRow]
) -> tuple[NewExercise | None, Entered]:
    """The exercise that was typed, of one of `owners`; None when something is wrong."""
    entered = Entered({key: str(value).strip() for key, value in post.items()})
    typed = entered.values
    owner = next((one for one in owners if one.code == typed.get("owner")), None)
    values: dict[str, Any] = {"name": typed.get("name", ""), "kind": typed.get("kind", "")}
    if not values["name"]:
        entered.errors["name"] = _("Give the exercise a name.")
    if values["kind"] not in set(ExerciseKind):
        entered.errors["kind"] = _("Choose the kind of exercise.")
    if owner is None:
        entered.errors["owner"] = _("Choose who held it.")
    try:
        values["held_on"] = date.fromisoformat(typed.get("held_on", ""))
    except ValueError:
        entered.errors["held_on"] = _("Write the day.")
    for key, most in (("people", MOST_PEOPLE), ("score", 100)):
        number = typed.get(key, "")
        if not number:
            values[key] = None
        elif number.isascii() and number.isdigit() and int(number) <= most:
            values[key] = int(number)
        else:
            entered.errors[key] = _("A whole number up to %(most)d.") % {"most": most}
    values["summary"] = typed.get("summary", "")
    values["findings"] = tuple(
        line.strip()[:300] for line in typed.get("findings", "").splitlines() if line.strip()
    )
    if entered.errors or owner is None:
        return None, entered
    return NewExercise(
        **values, owner_kind=owner.kind, owner_code=owner.code, owner_name=owner.name,
        area_code=owner.area_code,
    ), entered  # fmt: skip
