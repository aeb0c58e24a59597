"""Opening and closing shelters, counting the people in them."""

from django.utils.translation import gettext as _

from anlan.operations.people.actions import Actor, act
from anlan.operations.people.queries import Scope
from anlan.operations.resources.events import HeadcountRecorded, ShelterClosed, ShelterOpened
from anlan.operations.resources.models import Headcount, Shelter
from anlan.operations.resources.queries.sight import visible
from anlan.vocabulary import clock


class ShelterRefused(ValueError):
    """What was asked of a shelter cannot be; the message says why, for people."""


def open_shelter(actor: Actor, code: str, scope: Scope | None = None) -> bool:
    """Open a shelter; False when it was open already (nothing changes).

    Raises `Shelter.DoesNotExist` for a shelter that is unknown or outside `scope`.
    """
    with act("resources.open_shelter", actor) as this:
        shelter = _locked(code, scope)
        this.on("shelter", code, code)
        if shelter.open:
            this.detail["repeated"] = True
            return False
        shelter.open, shelter.opened_at, shelter.occupied = True, clock.now(), 0
        shelter.save(update_fields=["open", "opened_at", "occupied"])
        this.publish(ShelterOpened(shelter_code=code, capacity=shelter.capacity))
    return True


def close_shelter(actor: Actor, code: str, scope: Scope | None = None) -> bool:
    """Close an empty shelter; False when it was closed already.

    Raises `ShelterRefused` while people are in it, `Shelter.DoesNotExist` when it is not visible.
    """
    with act("resources.close_shelter", actor) as this:
        shelter = _locked(code, scope)
        this.on("shelter", code, code)
        if not shelter.open:
            this.detail["repeated"] = True
            return False
        if shelter.occupied:
            raise ShelterRefused(
                _("Not closed: %(people)s people are still in it.") % {"people": shelter.occupied}
            )
        shelter.open, shelter.closed_at = False, clock.now()
        shelter.save(update_fields=["open", "closed_at"])
        this.publish(ShelterClosed(shelter_code=code))
    return True


def record_headcount(actor: Actor, code: str, people: int, scope: Scope | None = None) -> None:
    """Write down how many people are in an open shelter now.

    More than its capacity is recorded, because it is true; the shelter list then shows it as full.
    Raises `ShelterRefused` for a closed shelter or a negative count.
    """
    with act("resources.record_headcount", actor) as this:
        shelter = _locked(code, scope)
        this.on("shelter", code, code)
        if people < 0:
            raise ShelterRefused(_("A headcount cannot be below 0."))
        if not shelter.open:
            raise ShelterRefused(_("Not recorded: the shelter is closed. Open it first."))
        at = clock.now()
        Headcount.objects.create(shelter=shelter, at=at, people=people, counted_by=actor.label)
        shelter.occupied, shelter.counted_at = people, at
        shelter.save(update_fields=["occupied", "counted_at"])
        this.detail["people"] = people
        this.publish(HeadcountRecorded(shelter_code=code, people=people))


def _locked(code: str, scope: Scope | None) -> Shelter:
    return visible(Shelter.objects.select_for_update(), scope).get(pk=code)
