"""The risk level of an enterprise, handed down by the room that rates its risk points."""

from anlan.operations.people.actions import Actor, act
from anlan.operations.safety.models import Enterprise, EnterpriseVersion
from anlan.vocabulary import clock


def set_enterprise_level(actor: Actor, enterprise_id: int, level: int | None) -> None:
    """Write the level, 1 red … 4 blue, None when nothing is rated; the same again is nothing."""
    with act("safety.set_level", actor) as this:
        one = Enterprise.objects.select_for_update().get(pk=enterprise_id)
        this.on("enterprise", one.pk, one.name)
        this.detail = {"from": one.level, "to": level}
        if one.level == level:
            return
        before = {"level": one.level}
        EnterpriseVersion.objects.create(
            enterprise=one, at=clock.now(), by=actor.label, before=before
        )
        one.level = level
        one.save(update_fields=["level"])
