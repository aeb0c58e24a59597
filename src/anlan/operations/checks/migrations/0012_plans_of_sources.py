from django.db import migrations, models


def _named() -> models.CharField:
    return models.CharField(blank=True, db_default="", default="", max_length=60)


def _sent(**other: object) -> models.Q:
    return models.Q(**other) & ~models.Q(source_id="")


class Migration(migrations.Migration):
    dependencies = [("checks", "0011_findings_of_a_night")]

    operations = [
        migrations.AddField(model_name="charge", name="source", field=_named()),
        migrations.AddField(model_name="charge", name="source_id", field=_named()),
        migrations.AddField(model_name="inspectionplan", name="source", field=_named()),
        migrations.AddField(model_name="inspectionplan", name="source_id", field=_named()),
        migrations.AddConstraint(
            model_name="charge",
            constraint=models.UniqueConstraint(
                condition=_sent(ended_at=None), fields=("source", "source_id"),
                name="charge_of_source",
            ),
        ),
        migrations.AddConstraint(
            model_name="inspectionplan",
            constraint=models.UniqueConstraint(
                condition=_sent(enterprise=None), fields=("source", "source_id"),
                name="inspection_plan_of_source",
            ),
        ),
        migrations.AddConstraint(
            model_name="inspectionplan",
            constraint=models.UniqueConstraint(
                condition=_sent(enterprise__isnull=False), fields=("source", "source_id"),
                name="single_check_of_source",
            ),
        ),
    ]
