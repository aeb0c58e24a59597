from django.db import migrations, models

EVERY_DAY_H, LEAST_SEVERE = 24, 4


def carry_over(apps, schema_editor):
    """Patrols that an alert called out answer to it still; a route that an alert calls out is
    called out by a response of its hazard as well; figures of before say every day."""
    called = apps.get_model("patrols", "PatrolTask").objects.exclude(occasion="")
    for task in called.iterator():
        task.occasions = [task.occasion]
        task.save(update_fields=["occasions"])
    bound = apps.get_model("patrols", "Beat").objects.exclude(alert_level=None)
    bound.update(response_level=LEAST_SEVERE)
    for terms in apps.get_model("patrols", "PatrolTerms").objects.all():
        terms.figures = {"repeat_h": EVERY_DAY_H} | terms.figures
        terms.save(update_fields=["figures"])


class Migration(migrations.Migration):

    dependencies = [("patrols", "0002_called_out")]

    operations = [
        migrations.RemoveIndex("patroltask", "patrols_occasion"),
        migrations.CreateModel(
            name="Occasion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=40, unique=True)),
                ("kind", models.CharField(max_length=8)),
                ("hazard", models.CharField(max_length=20)),
                ("level", models.PositiveSmallIntegerField()),
                ("areas", models.JSONField()),
                ("why", models.CharField(max_length=300)),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(condition=models.Q(("ended_at__isnull", True)), fields=["until"], name="occasions_not_ended")],
            },
        ),
        migrations.AddField("beat", "response_level", models.PositiveSmallIntegerField(null=True)),
        migrations.AddField("beat", "repeat_h", models.PositiveSmallIntegerField(null=True)),
        migrations.AddField("patroltask", "occasions", models.JSONField(default=list)),
        migrations.RunPython(carry_over, migrations.RunPython.noop),
        migrations.RemoveField("patroltask", "occasion"),
    ]
