from django.db import migrations, models


def count_anew(apps, _schema):
    """What took place in cases is counted from the beginning."""
    apps.get_model("statistics", "CountedMonth").objects.filter(room="checks").update(stale=True)


class Migration(migrations.Migration):

    dependencies = [("statistics", "0005_returns"), ("enforcement", "0011_inspected_on")]

    operations = [
        migrations.AddField("checkcount", "in_cases", models.PositiveIntegerField(default=0)),
        migrations.AddField("checkcount", "case_hits", models.PositiveIntegerField(default=0)),
        migrations.RunPython(count_anew, migrations.RunPython.noop),
    ]
