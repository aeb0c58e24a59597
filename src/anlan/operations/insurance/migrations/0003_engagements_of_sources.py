from django.db import migrations, models


def _named() -> models.CharField:
    return models.CharField(blank=True, db_default="", default="", max_length=60)


class Migration(migrations.Migration):
    dependencies = [("insurance", "0002_documents")]

    operations = [
        migrations.AddField(model_name="engagement", name="source", field=_named()),
        migrations.AddField(model_name="engagement", name="source_id", field=_named()),
        migrations.AddConstraint(
            model_name="engagement",
            constraint=models.UniqueConstraint(
                condition=~models.Q(source_id=""), fields=("source", "source_id"),
                name="engagement_of_source",
            ),
        ),
    ]
