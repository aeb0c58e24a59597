"""What a clock far ahead had made the newest value of a series for good is so no longer."""

from datetime import timedelta

from django.db import migrations
from django.db.models import F


def forget(apps, schema_editor):
    newest = apps.get_model("sensing", "LatestReading").objects.using(
        schema_editor.connection.alias
    )
    if "sensing_latestreading" in schema_editor.connection.introspection.table_names():
        newest.filter(at__gt=F("received_at") + timedelta(minutes=10)).delete()


class Migration(migrations.Migration):
    dependencies = [("sensing", "0029_divided")]
    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
