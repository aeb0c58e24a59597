import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sensing", "0041_folded")]

    operations = [
        migrations.CreateModel(
            name="DeviceCount",
            fields=[
                ("station", models.OneToOneField(
                    on_delete=django.db.models.deletion.CASCADE, primary_key=True,
                    related_name="counted", serialize=False, to="sensing.station",
                )),
                ("counted_at", models.DateTimeField(db_index=True)),
                ("day", models.FloatField(null=True)),
                ("week", models.FloatField(null=True)),
                ("month", models.FloatField(null=True)),
                ("fixes", models.PositiveIntegerField(default=0)),
                ("located", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="HealthTally",
            fields=[
                ("id", models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                )),
                ("serves", models.CharField(max_length=12)),
                ("area_code", models.CharField(max_length=12)),
                ("kind", models.CharField(max_length=20)),
                ("counted_at", models.DateTimeField()),
                ("signals", models.JSONField(default=dict)),
                ("delays", models.JSONField(default=dict)),
                ("stored", models.JSONField(default=dict)),
            ],
            options={"constraints": [models.UniqueConstraint(
                fields=("serves", "area_code", "kind"), name="one_tally_a_kind_and_area"
            )]},
        ),
    ]  # fmt: skip
