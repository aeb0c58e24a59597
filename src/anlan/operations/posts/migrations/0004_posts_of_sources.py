from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("posts", "0003_certificates_of_sources")]

    operations = [
        migrations.AddField(
            model_name="post",
            name="source",
            field=models.CharField(blank=True, db_default="", default="", max_length=60),
        ),
        migrations.AddField(
            model_name="post",
            name="source_id",
            field=models.CharField(blank=True, db_default="", default="", max_length=60),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.UniqueConstraint(
                condition=models.Q(("source_id", ""), _negated=True),
                fields=("source", "source_id"), name="post_of_source",
            ),
        ),
    ]
