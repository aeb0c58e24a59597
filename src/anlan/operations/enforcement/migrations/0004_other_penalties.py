from decimal import Decimal, InvalidOperation

import django.db.models
from django.db import migrations, models


def money():
    return models.DecimalField(decimal_places=2, default=Decimal("0"), max_digits=12)


def keep_what_was_decided(apps, schema):
    """Licence and closure stood beside the fine as one word; a published fine was a text."""
    case = apps.get_model("enforcement", "Case").objects
    case.exclude(intended_others__in=("licence", "closure")).update(intended_others="")
    case.filter(decided_on__isnull=False).update(others=django.db.models.F("intended_others"))
    for one in apps.get_model("enforcement", "Publication").objects.all():
        try:
            one.fine = Decimal(one.penalty.replace(",", ""))
        except InvalidOperation:
            one.fine = Decimal(0)
        one.others = one.others if one.others in ("licence", "closure") else ""
        one.save(update_fields=["fine", "others"])
    if schema.connection.vendor == "postgresql":
        # What was changed twice waits for its keys to be looked at, and no table is altered before.
        schema.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):

    dependencies = [("enforcement", "0003_discretion_file")]

    operations = [
        migrations.RenameField("case", "intended_other", "intended_others"),
        migrations.RenameField("publication", "other", "others"),
        migrations.AddField("case", "others", models.CharField(blank=True, max_length=80, default=""), preserve_default=False),
        migrations.AddField("case", "terms", models.CharField(blank=True, max_length=200, default=""), preserve_default=False),
        migrations.AddField("case", "intended_gains", money()),
        migrations.AddField("case", "gains", money()),
        migrations.AddField("case", "gains_paid", money()),
        migrations.AddField("case", "added", money()),
        migrations.AddField("case", "ended_on", models.DateField(null=True)),
        migrations.AddField("payment", "of", models.CharField(default="fine", max_length=6)),
        migrations.AddField("discretionrow", "others", models.CharField(blank=True, max_length=100, default=""), preserve_default=False),
        migrations.AddField("publication", "fine", money()),
        migrations.AddField("publication", "gains", money()),
        migrations.RunPython(keep_what_was_decided, migrations.RunPython.noop),
        migrations.RemoveField("publication", "penalty"),
        migrations.AlterField("case", "intended_others", models.CharField(blank=True, max_length=80)),
        migrations.AlterField("publication", "others", models.CharField(blank=True, max_length=80)),
    ]
