from datetime import datetime, timedelta, timezone

from django.db import migrations, models

CHINA = timezone(timedelta(hours=8))


def day_of_the_inspection(apps, _schema):
    """It stood in the step alone."""
    steps = apps.get_model("enforcement", "CaseStep").objects.filter(verb="inspect")
    case = apps.get_model("enforcement", "Case").objects
    for pk, said, at in steps.values_list("case", "said", "at").iterator():
        began = datetime.fromisoformat(said["began"]) if said.get("began") else at
        case.filter(pk=pk).update(inspected_on=began.astimezone(CHINA).date())


class Migration(migrations.Migration):

    dependencies = [("enforcement", "0010_cases_of_sources")]

    operations = [
        migrations.AddField("case", "inspected_on", models.DateField(null=True)),
        migrations.RunPython(day_of_the_inspection, migrations.RunPython.noop),
    ]
