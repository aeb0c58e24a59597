"""A check that a unit makes does what its plans owe."""

from anlan.operations.checks.actions.desk import tell_units
from anlan.operations.checks.models import CheckRecord, InspectionPlan, InspectionTask
from anlan.vocabulary import clock


def inspected(record: CheckRecord, role: str) -> int:
    """Mark what is owed for the enterprise by the unit of whoever checked; how many.

    Also what a colleague is in charge of: the enterprise was inspected, whoever went. What was
    asked for no more on that day stays missed.
    """
    day = record.performed_at.astimezone(clock.CHINA).date()
    owed = InspectionTask.objects.filter(
        enterprise=record.enterprise_id, organisation=record.organisation or "-", done_at=None,
        role__in=["", role], begins_on__lte=day, plan__use=record.use,
        asked_until__gte=day,
    )  # fmt: skip
    done = owed.update(
        done_at=record.performed_at, done_by_name=record.by_name, record_id=record.pk
    )
    if done:
        single = InspectionPlan.objects.filter(ended_at=None, tasks__record=record.pk)
        single.exclude(enterprise=None).update(ended_at=clock.now())
        tell_units(clock.today(), record.organisation)
    return done
