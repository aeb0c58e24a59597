from datetime import datetime, timedelta, timezone

from django.db import migrations

CHINA = timezone(timedelta(hours=8))
TERM = timedelta(days=60)  # 493 art. 29, from the day of the accident


def due_from_the_accident(apps, schema):
    """The term was set when a team was formed: one without was never late."""
    items = apps.get_model("deadlines", "WorkItem").objects.filter(done_at=None)
    for one in apps.get_model("accidents", "Accident").objects.filter(due_on=None).iterator():
        one.due_on = one.occurred_at.astimezone(CHINA).date() + TERM
        one.save(update_fields=["due_on"])
        if one.state == "REPORTED" and one.in_production:
            last = datetime(one.due_on.year, one.due_on.month, one.due_on.day, 23, 59, 59, 0, CHINA)
            items.filter(key=f"accident:{one.pk}").update(due_at=last)


class Migration(migrations.Migration):

    dependencies = [("accidents", "0003_unit_and_penalty"), ("deadlines", "0005_former_holders")]

    operations = [migrations.RunPython(due_from_the_accident, migrations.RunPython.noop)]
