from django.db import migrations, models


def _named() -> models.CharField:
    return models.CharField(blank=True, db_default="", default="", max_length=60)


class Migration(migrations.Migration):
    dependencies = [("oversight", "0005_evaluation_items")]

    operations = [
        migrations.AddField(model_name="review", name="source", field=_named()),
        migrations.AddField(model_name="review", name="source_id", field=_named()),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.UniqueConstraint(
                condition=~models.Q(source_id=""), fields=("unit", "source", "source_id"),
                name="review_of_source",
            ),
        ),
    ]
