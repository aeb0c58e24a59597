from django.db import migrations, models

from anlan.operations.sensing.rules.folding import FOLDED, about


def say_what_it_is_about(apps, schema_editor):
    """Of what is kept already, too: it is what has heaped up."""
    frames = apps.get_model("sensing", "BadFrame").objects.using(schema_editor.connection.alias)
    for row in frames.filter(reason=FOLDED).defer("raw").iterator(chunk_size=1000):
        frames.filter(pk=row.pk).update(about=about(row.protocol, row.reason, row.detail))


class Migration(migrations.Migration):
    dependencies = [("sensing", "0040_first_at")]

    operations = [
        migrations.AddField(
            model_name="badframe",
            name="about",
            field=models.CharField(blank=True, db_default="", default="", max_length=300),
        ),
        migrations.AddField(
            model_name="badframe",
            name="times",
            field=models.PositiveIntegerField(db_default=1, default=1),
        ),
        migrations.RunPython(say_what_it_is_about, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="badframe",
            index=models.Index(
                condition=models.Q(("about", ""), _negated=True),
                fields=["protocol", "device", "about"], name="bad_frames_said_again",
            ),
        ),
    ]
