from django.db import migrations, models


def recount(apps, schema_editor):
    apps.get_model("statistics", "CountedMonth").objects.filter(room="dangers").update(stale=True)


class Migration(migrations.Migration):

    dependencies = [
        ('statistics', '0003_reports_kept'),
    ]

    operations = [
        *(
            migrations.AddField(
                model_name='monthcount',
                name=name,
                field=models.PositiveIntegerField(default=0),
            )
            for name in ('carried', 'submitted', 'returned')
        ),
        migrations.RunPython(recount, migrations.RunPython.noop, elidable=True),
    ]
