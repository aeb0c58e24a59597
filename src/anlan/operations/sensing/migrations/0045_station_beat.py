import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sensing", "0044_skew_at")]

    operations = [
        migrations.CreateModel(
            name="StationBeat",
            fields=[
                (
                    "station",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="beat",
                        serialize=False,
                        to="sensing.station",
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
        ),
    ]
