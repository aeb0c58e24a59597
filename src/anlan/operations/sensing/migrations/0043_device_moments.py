"""Of which moment a device's battery and signal are: what was kept is of its newest, at the latest."""

from django.db import migrations, models
from django.db.models import F


def of_the_newest(apps, schema_editor):
    health = apps.get_model("sensing", "StationHealth").objects.using(schema_editor.connection.alias)
    health.exclude(battery_v=None).update(battery_at=F("last_observed_at"))
    health.exclude(signal_dbm=None).update(signal_at=F("last_observed_at"))


class Migration(migrations.Migration):
    dependencies = [("sensing", "0042_device_counts")]

    operations = [
        migrations.AddField(
            model_name="stationhealth",
            name="battery_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="stationhealth",
            name="signal_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.RunPython(
            of_the_newest, migrations.RunPython.noop, hints={"model_name": "stationhealth"}
        ),
    ]
