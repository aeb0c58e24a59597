from django.db import migrations, models


class Migration(migrations.Migration):
    """What was recommended before stays without owner and deadline."""

    dependencies = [("accidents", "0004_due_from_the_accident")]

    operations = [
        migrations.AddField(
            "liability", "owner", models.CharField(blank=True, default="", max_length=120),
            preserve_default=False,
        ),
        migrations.AddField("liability", "due_on", models.DateField(null=True)),
    ]  # fmt: skip
