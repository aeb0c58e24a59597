"""Routes and posts that are walked while an alert is in force: called out with it, ended by it."""

from django.conf import settings

from anlan.operations.alerts.models import Alert
from anlan.operations.alerts.rules.states import AlertState
from anlan.operations.patrols.actions import Calling, Calls, call_out_for, stand_down


def call_patrols(alert_id: int) -> int:
    """Call out what this message concerns; how many are new. None where it is in force no more.

    An exercise's alert calls out in an exercise's house only, where every record is an exercise's.
    """
    alert = Alert.objects.defer("depth", "area_wkb").get(pk=alert_id)
    if alert.state != AlertState.PUBLISHED or alert.standing != settings.ANLAN_STANDING:
        return 0
    codes = list(alert.communities.values_list("code", flat=True))
    return call_out_for(Calling(
        key=_key(alert.first_id or alert.pk), kind=Calls.ALERT, hazard=alert.hazard,
        level=alert.level, areas=codes or [alert.area_code],
        why=f"{alert.number} {alert.headline}", until=alert.expires_at,
    ))  # fmt: skip


def release_patrols(alert_id: int, first_id: int) -> int:
    """The episode is lifted: what nobody has begun lapses; how many."""
    alert = Alert.objects.defer("depth", "area_wkb").get(pk=alert_id)
    return stand_down(_key(first_id), f"{alert.number} {alert.end_words}".strip())


def _key(first_id: int) -> str:
    return f"alert:{first_id}"
