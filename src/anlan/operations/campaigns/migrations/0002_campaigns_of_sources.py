from django.db import migrations, models


def _named() -> models.CharField:
    return models.CharField(blank=True, db_default="", default="", max_length=60)


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0001_initial")]

    operations = [
        migrations.AddField(model_name="campaign", name="source", field=_named()),
        migrations.AddField(model_name="campaign", name="source_id", field=_named()),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.UniqueConstraint(
                condition=~models.Q(source_id=""), fields=("source", "source_id"),
                name="campaign_of_source",
            ),
        ),
    ]
