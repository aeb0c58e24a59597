from django.db import migrations, models
from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Replace


def sector_of_enterprise(apps, schema):
    """So far the figures of cases read the sector of their enterprise as it is today."""
    firms = apps.get_model("safety", "Enterprise").objects.filter(pk=OuterRef("enterprise"))
    cases = apps.get_model("enforcement", "Case").objects.filter(enterprise__isnull=False)
    cases.update(sector=Subquery(firms.values("sector")[:1]))


def filter_by_it(apps, schema):
    """Lists of cases kept by name go on asking for the sector."""
    views = apps.get_model("registers", "SavedView").objects.filter(address="/cases")
    views.filter(question__contains="enterprise__sector=").update(
        question=Replace(F("question"), Value("enterprise__sector="), Value("sector="))
    )


class Migration(migrations.Migration):

    dependencies = [
        ("enforcement", "0017_discretion_of_systems"),
        ("registers", "0001_saved_views"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="sector",
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.RunPython(sector_of_enterprise, migrations.RunPython.noop),
        migrations.RunPython(filter_by_it, migrations.RunPython.noop),
    ]
