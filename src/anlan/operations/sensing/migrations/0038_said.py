from django.db import migrations, models


def as_one_text(apps, schema_editor):
    """What devices answered before stays as it was written: one text."""
    orders = apps.get_model("sensing", "DeviceCommand").objects
    for row in orders.exclude(detail="").only("detail").iterator(chunk_size=1000):
        orders.filter(pk=row.pk).update(said=[row.detail])


class Migration(migrations.Migration):
    dependencies = [("sensing", "0037_amounts")]

    operations = [
        migrations.AddField(
            model_name="devicecommand",
            name="said",
            field=models.JSONField(default=list),
        ),
        migrations.RunPython(as_one_text, migrations.RunPython.noop),
        migrations.RemoveField(model_name="devicecommand", name="detail"),
    ]
