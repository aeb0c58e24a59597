"""A call that another platform hands on, as often as it likes."""

import hashlib
from dataclasses import replace

from anlan.operations.calls.actions.make import NewCall, make_call
from anlan.operations.calls.models import Call
from anlan.operations.calls.rules.loop import Person
from anlan.operations.people.actions import Actor
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

_SAID = ("urgency", "kind", "matter", "area_code", "place", "lon", "lat", "enterprise_id")


def put_call(actor: Actor, person: Person, new: NewCall) -> int:
    """Make the call of `source` and `source_id` once; its id.

    Raises `Refused` where the same one says something else now: what the department was asked for
    does not change under its hands.
    """
    new = replace(new, key=key_of(new.source, new.source_id))
    known = Call.objects.filter(key=new.key).first()
    if known is None:
        return make_call(actor, person, new)
    if known.street != person.organisation:
        raise Refused(N_("Somebody else has made a call under this key."))
    same = all(getattr(known, one) == getattr(new, one) for one in _SAID)
    if not same or known.first_unit != new.unit:
        raise Refused(N_("The call was sent already and says something else: withdraw it first."))
    return known.pk


def key_of(source: str, source_id: str) -> str:
    """The key under which a call of another platform is kept."""
    return hashlib.sha256(f"{source}\n{source_id}".encode()).hexdigest()
