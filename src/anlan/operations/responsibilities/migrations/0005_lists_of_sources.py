from django.db import migrations, models


def _named() -> models.CharField:
    return models.CharField(blank=True, db_default="", default="", max_length=60)


SENT = ~models.Q(source_id="")


class Migration(migrations.Migration):
    dependencies = [("responsibilities", "0004_documents")]

    operations = [
        migrations.AddField(model_name="bearer", name="source", field=_named()),
        migrations.AddField(model_name="bearer", name="source_id", field=_named()),
        migrations.AddField(model_name="duty", name="source", field=_named()),
        migrations.AddField(model_name="duty", name="source_id", field=_named()),
        migrations.AddField(model_name="commendation", name="source", field=_named()),
        migrations.AddField(model_name="commendation", name="source_id", field=_named()),
        migrations.AddConstraint(
            model_name="bearer",
            constraint=models.UniqueConstraint(
                condition=models.Q(ended_on=None) & SENT, fields=("source", "source_id"),
                name="bearer_of_source",
            ),
        ),
        migrations.AddConstraint(
            model_name="duty",
            constraint=models.UniqueConstraint(
                condition=SENT, fields=("source", "source_id", "version"), name="duty_of_source"
            ),
        ),
        migrations.AddConstraint(
            model_name="commendation",
            constraint=models.UniqueConstraint(
                condition=SENT, fields=("source", "source_id"), name="commendation_of_source"
            ),
        ),
    ]
