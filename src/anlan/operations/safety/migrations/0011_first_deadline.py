from django.db import migrations, models


def fill(apps, schema_editor):
    """What was given more time was due, before, on the day that it was assigned with last."""
    danger = apps.get_model("safety", "Danger")
    step = apps.get_model("safety", "DangerStep")
    for pk in danger.objects.exclude(extended_to=None).values_list("pk", flat=True).iterator():
        rows = step.objects.filter(danger=pk, verb__in=("assign", "assign own find"))
        said = rows.order_by("-id").values_list("said", flat=True).first()
        if said and said.get("due_on"):
            danger.objects.filter(pk=pk).update(first_due_on=said["due_on"])


class Migration(migrations.Migration):

    dependencies = [
        ('safety', '0010_sector_then_state'),
    ]

    operations = [
        migrations.AddField(
            model_name='danger',
            name='first_due_on',
            field=models.DateField(null=True),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
