from datetime import timedelta

from django.db import migrations, models

TERM = timedelta(hours=24)  # the statistics of accidents of 2020, for what is registered already


def entered_as_registered(apps, schema):
    """Each was entered when its first step, the registration, was written."""
    steps = apps.get_model("accidents", "AccidentStep").objects.filter(verb="register")
    at = dict(steps.values_list("accident_id", "at"))
    for one in apps.get_model("accidents", "Accident").objects.filter(pk__in=at).iterator():
        one.entered_at, one.enter_by = at[one.pk], one.known_at + TERM
        one.save(update_fields=["entered_at", "enter_by"])


class Migration(migrations.Migration):
    dependencies = [("accidents", "0005_recommendations")]

    operations = [
        migrations.CreateModel(
            name="AccidentTerms",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(unique=True)),
                ("source", models.CharField(max_length=300)),
                ("figures", models.JSONField()),
            ],
            options={"abstract": False},
        ),
        migrations.AddField("accident", "entered_at", models.DateTimeField(null=True)),
        migrations.AddField("accident", "enter_by", models.DateTimeField(null=True)),
        migrations.RunPython(entered_as_registered, migrations.RunPython.noop),
    ]
