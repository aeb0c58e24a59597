"""Set a limit by which the health of devices is judged, from a day on; what was stays on record."""

from anlan.operations.people.actions import Actor, act, looking_again
from anlan.operations.sensing.models import HealthLimit
from anlan.operations.sensing.rules.health_limits import LimitRow
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

BACKWARDS = N_("A limit counts from today on or from a later day.")


@looking_again
def set_health_limit(actor: Actor, new: LimitRow) -> bool:
    """Put a limit in force from its day on; False when the same is in force from that day already.

    `edition` and `entered_by` are given here. Raises `Refused` for a day that is over.
    """
    if new.valid_from < clock.today():
        raise Refused(BACKWARDS)
    with act("sensing.set_health_limit", actor) as this:
        name, kind, model = new.key
        this.on("health_limit", ":".join(new.key), f"{name} {kind} {model}".strip())
        versions = HealthLimit.objects.filter(
            name=name, kind=kind, device_model=model, valid_from=new.valid_from
        ).order_by("-edition")
        last = versions.first()
        if last and (last.value, last.source) == (new.value, new.source):
            this.detail = {"repeat": True}
            return False
        HealthLimit.objects.create(
            name=name, kind=kind, device_model=model, value=new.value, valid_from=new.valid_from,
            edition=last.edition + 1 if last else 0, source=new.source, entered_at=clock.now(),
            entered_by=actor.label,
        )  # fmt: skip
        this.detail = {
            "value": new.value, "from": new.valid_from.isoformat(), "source": new.source,
        }  # fmt: skip
    return True
