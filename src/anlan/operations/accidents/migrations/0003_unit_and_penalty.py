from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accidents", "0002_reports")]

    operations = [
        migrations.AddField(
            "accident", "credit_code", models.CharField(blank=True, default="", max_length=18),
            preserve_default=False,
        ),
        migrations.AddField(
            "accident", "ownership", models.CharField(blank=True, default="", max_length=12),
            preserve_default=False,
        ),
        migrations.AddField(
            "accident", "penalty", models.CharField(blank=True, default="", max_length=300),
            preserve_default=False,
        ),
    ]  # fmt: skip
