"""A danger as the rules of its loop see it."""

from anlan.operations.safety.models import Danger, Membership
from anlan.operations.safety.rules.loop import Danger as Facts

_WORK = ("begin", "submit", "ask to resume")


def facts(danger: Danger) -> Facts:
    """What the rules ask of the record. Three queries: its photos, its people, who worked."""
    claimed = Membership.objects.filter(enterprise=danger.enterprise_id, until=None).exists()
    moments = list(danger.photos.values_list("moment", flat=True))
    worked = danger.steps.filter(verb__in=_WORK).values_list("by_id", flat=True)
    reported = danger.reported_on is not None and danger.congress_on is not None
    return Facts(
        state=danger.state, grade=danger.grade, source=danger.source,
        enterprise_id=danger.enterprise_id,
        rectifier=danger.rectifier_id,
        both_named=bool(danger.rectifier_name and danger.supervisor_name), claimed=claimed,
        worked=frozenset(worked), accepted_by=danger.accepted_by_id,
        countersigned=danger.countersigned_by_id is not None,
        five=frozenset(key for key, text in danger.five.items() if text),
        before_photos=moments.count("before"), after_photos=moments.count("after"),
        report_photos=moments.count("report"), reported=reported,
        extended=danger.extended_to is not None, due_on=danger.due_on,
        resume_asked=danger.resume_asked_at is not None,
        listed=danger.listed, regulator=danger.regulator,
    )  # fmt: skip
