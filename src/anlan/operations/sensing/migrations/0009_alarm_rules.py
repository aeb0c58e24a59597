from django.db import migrations, models
from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Concat


def give_keys(apps, _editor):
    """Every threshold gets its station and the key that its alarms already carry."""
    rules = apps.get_model("sensing", "AlarmRule")
    series = apps.get_model("sensing", "Series").objects.filter(pk=OuterRef("series"))
    code = Subquery(series.values("station__code"))
    element = Subquery(series.values("element"))
    rules.objects.update(
        station=Subquery(series.values("station")),
        key=Concat(code, Value(":"), element, Value(":"), F("name")),
    )


class Migration(migrations.Migration):
    dependencies = [("sensing", "0008_topics")]

    operations = [
        migrations.RemoveConstraint("thresholdrule", "threshold_version"),
        migrations.RenameModel("ThresholdRule", "AlarmRule"),
        migrations.RenameField("alarmrule", "kind", "name"),
        migrations.AddField("alarmrule", "key", models.CharField(default="", max_length=100)),
        migrations.AddField(
            "alarmrule",
            "station",
            models.ForeignKey(
                null=True,
                on_delete=models.deletion.CASCADE,
                related_name="rules",
                to="sensing.station",
            ),
        ),
        migrations.RunPython(give_keys, migrations.RunPython.noop, elidable=True),
    ]
