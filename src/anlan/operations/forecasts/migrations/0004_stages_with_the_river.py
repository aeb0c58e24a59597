from django.db import migrations


def make_anew(apps, editor):
    """The maps say now how deep the river itself is: they are made again, when nothing waits."""
    apps.get_model("forecasts", "StageLibrary").objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [("forecasts", "0003_stage_library")]

    operations = [migrations.RunPython(make_anew, migrations.RunPython.noop)]
