from django.db import migrations, models

from anlan.operations.checks.rules.plans import asked_until


def fill(apps, schema):
    """What is undone is asked for as long as one made from now on."""
    owed = apps.get_model("checks", "InspectionTask").objects.filter(done_at=None)
    rows = owed.values_list("plan", "plan__months", "due_on").distinct()
    for plan, often, due_on in list(rows):
        mine = owed.filter(plan=plan, due_on=due_on)
        mine.update(asked_until=asked_until(often, due_on))


class Migration(migrations.Migration):
    dependencies = [("checks", "0012_plans_of_sources")]

    operations = [
        migrations.AddField("inspectiontask", "asked_until", models.DateField(null=True)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            "inspectiontask",
            models.Index(
                condition=models.Q(done_at=None), fields=["organisation", "asked_until"],
                name="inspection_asked",
            ),
        ),
    ]
