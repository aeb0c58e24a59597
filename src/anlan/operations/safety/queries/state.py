"""A danger as the rules of its loop see it."""

from collections import defaultdict
from collections.abc import Sequence

from anlan.operations.safety.models import Danger, DangerPhoto, DangerStep, Membership
from anlan.operations.safety.rules.loop import Danger as Facts

_WORK = ("begin", "submit", "ask to resume")


def facts(danger: Danger) -> Facts:
    """What the rules ask of the record. Three queries: its photos, its people, who worked."""
    return facts_of([danger])[danger.pk]


def facts_of(dangers: Sequence[Danger]) -> dict[int, Facts]:
    """The same of many records, by id, still in three queries."""
    keys = [one.pk for one in dangers]
    firms = {one.enterprise_id for one in dangers}
    members = Membership.objects.filter(enterprise__in=firms, until=None)
    claimed = set(members.values_list("enterprise_id", flat=True))
    moments, worked = defaultdict(list), defaultdict(set)
    for key, moment in DangerPhoto.objects.filter(danger__in=keys).values_list("danger", "moment"):
        moments[key].append(moment)
    steps = DangerStep.objects.filter(danger__in=keys, verb__in=_WORK)
    for key, by in steps.values_list("danger", "by"):
        worked[key].add(by)
    return {
        one.pk: _facts(
            one, one.enterprise_id in claimed, moments[one.pk], frozenset(worked[one.pk])
        )
        for one in dangers
    }


def _facts(danger: Danger, claimed: bool, moments: Sequence[str], worked: frozenset[int]) -> Facts:
    reported = danger.reported_on is not None and danger.congress_on is not None
    return Facts(
        state=danger.state, grade=danger.grade, source=danger.source,
        enterprise_id=danger.enterprise_id,
        rectifier=danger.rectifier_id,
        both_named=bool(danger.rectifier_name and danger.supervisor_name), claimed=claimed,
        worked=worked, accepted_by=danger.accepted_by_id,
        countersigned=danger.countersigned_by_id is not None,
        five=frozenset(key for key, text in danger.five.items() if text),
        before_photos=moments.count("before"), after_photos=moments.count("after"),
        report_photos=moments.count("report"), reported=reported,
        extended=danger.extended_to is not None, due_on=danger.due_on,
        resume_asked=danger.resume_asked_at is not None,
        listed=danger.listed, regulator=danger.regulator,
    )  # fmt: skip
