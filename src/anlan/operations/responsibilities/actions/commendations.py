"""Keeping and revoking commendations."""

from collections.abc import Mapping
from typing import Any

from anlan.operations.people.actions import Actor, act
from anlan.operations.people.queries import organisations
from anlan.operations.responsibilities.events import CommendationKept
from anlan.operations.responsibilities.models import Commendation
from anlan.operations.responsibilities.rules.commendation import COMMEND
from anlan.operations.responsibilities.rules.loop import Person
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

FIELDS = ("whom", "unit_code", "level", "given_on", "reason")


def keep_commendation(actor: Actor, person: Person, values: Mapping[str, Any]) -> tuple[int, str]:
    """Keep one, or correct the one of the same document, name and title: its id, and new, changed
    or same. `values` as the register's form has them; raises `Refused`."""
    _refuse(person)
    unit = next((u for u in organisations() if values["unit"] in (u.code, u.name)), None)
    if unit is None:
        raise Refused(N_("There is no such unit."))
    if values["given_on"] > clock.today():
        raise Refused(N_("A commendation is kept once it was given."))
    with act("responsibilities.keep_commendation", actor) as this:
        rows = Commendation.objects.select_for_update()
        key = {name: values[name] for name in ("document", "name", "title")}
        one = rows.filter(**key).first()
        came = "new" if one is None else "same"
        if one is None:
            one = Commendation(**key, kept_at=clock.now(), kept_by_name=actor.label)
        if one.revoked_on is not None:
            raise Refused(N_("This commendation is revoked."))
        said = {**values, "unit_code": unit.code}
        before = {name: str(getattr(one, name)) for name in FIELDS
                  if getattr(one, name) != said[name]}  # fmt: skip
        if came == "same" and before:
            came = "changed"
        for name in FIELDS:
            setattr(one, name, said[name])
        one.unit_name, one.area_code = unit.name, unit.area_code
        one.save()
        this.on("commendation", one.pk, f"{one}")
        this.detail = {"came": came, "before": before if came == "changed" else {}}
        if came != "same":
            this.publish(_told(one))
    return one.pk, came


def revoke_commendation(actor: Actor, person: Person, commendation_id: int, why: str) -> None:
    """Take a commendation back, with the reason."""
    _refuse(person)
    if not why.strip():
        raise Refused(N_("Say why it is revoked."))
    with act("responsibilities.revoke_commendation", actor) as this:
        one = Commendation.objects.select_for_update().filter(pk=commendation_id).first()
        if one is None or one.revoked_on is not None:
            raise Refused(N_("There is no such commendation, or it is revoked."))
        one.revoked_on, one.revoked_why = clock.today(), why.strip()[:300]
        one.revoked_by_id = person.id
        one.save(update_fields=["revoked_on", "revoked_why", "revoked_by"])
        this.on("commendation", one.pk, f"{one}")
        this.publish(_told(one))


def _refuse(person: Person) -> None:
    if COMMEND not in person.rights or not person.whole:
        raise Refused(N_("The bureau keeps the register of commendations."))


def _told(one: Commendation) -> CommendationKept:
    return CommendationKept(
        commendation_id=one.pk, unit_code=one.unit_code, revoked=one.revoked_on is not None,
    )  # fmt: skip
