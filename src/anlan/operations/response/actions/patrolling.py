"""Routes and posts that are walked while a response runs: called out with it, ended by it."""

from django.conf import settings

from anlan.operations.patrols.actions import Calling, Calls, call_out_for, stand_down
from anlan.operations.response.models import Activation
from anlan.operations.response.rules.states import RUNNING


def call_patrols(activation_id: int) -> int:
    """Call out what this response concerns as it runs now; how many are new, none where it does not
    run. It lasts until a person ends it.

    An exercise's response calls out in an exercise's house only, where every record is an
    exercise's.
    """
    row = Activation.objects.select_related("plan").get(pk=activation_id)
    if row.state not in RUNNING or row.level is None or row.standing != settings.ANLAN_STANDING:
        return 0
    return call_out_for(Calling(
        key=_key(row.pk), kind=Calls.RESPONSE, hazard=row.plan.hazard, level=row.level,
        areas=row.community_codes or [row.area_code], why=str(row),
    ))  # fmt: skip


def release_patrols(activation_id: int) -> int:
    """The response has ended: what nobody has begun lapses, where nothing else asks for it."""
    row = Activation.objects.select_related("plan").get(pk=activation_id)
    return stand_down(_key(row.pk), str(row))


def _key(activation_id: int) -> str:
    return f"response:{activation_id}"
