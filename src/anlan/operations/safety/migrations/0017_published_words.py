import re

from django.db import migrations, models

AT_ONCE = 500


def publish_what_was_read(apps, schema_editor):
    """What everybody could read until now, without the names that were typed where no enterprise is
    registered, and without numbers that may be somebody's."""
    rows = apps.get_model("safety", "Supervision").objects.select_related("danger")
    changed = []
    for one in rows.iterator(AT_ONCE):
        firm = one.danger.enterprise_id is not None
        one.public_unit = one.danger.unit if firm else ""
        one.public_title = re.sub(r"\d[\d\s-]{9,}[\dXx]", "***", one.danger.title)
        changed.append(one)
    apps.get_model("safety", "Supervision").objects.bulk_update(
        changed, ["public_unit", "public_title"], batch_size=AT_ONCE
    )


class Migration(migrations.Migration):

    dependencies = [
        ('safety', '0016_supervisions_of_sources'),
    ]

    operations = [
        migrations.AddField(
            model_name='supervision',
            name='public_unit',
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name='supervision',
            name='public_title',
            field=models.CharField(default='', max_length=120),
            preserve_default=False,
        ),
        migrations.RunPython(publish_what_was_read, migrations.RunPython.noop),
    ]
