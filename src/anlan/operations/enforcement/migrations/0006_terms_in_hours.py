from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

ROLLING = ("payment", "reconsideration", "suit", "suit_after", "reminder", "court")


def count_anew(apps: Apps, _schema: BaseDatabaseSchemaEditor) -> None:
    """Only the party's and the court's terms roll; 24 hours are hours; what no law calls working
    days are calendar days."""
    terms = apps.get_model("enforcement", "LegalTerm").objects
    terms.filter(key__in=ROLLING).update(rolls=True)
    terms.filter(key="crime_transfer", unit="calendar", days=1).update(unit="hours", days=24)
    terms.filter(key="filing_urgent", unit="working", days=5).update(unit="calendar")


class Migration(migrations.Migration):
    dependencies = [("enforcement", "0005_officers_qualified")]

    operations = [
        migrations.AddField("legalterm", "rolls", models.BooleanField(default=False)),
        migrations.RunPython(count_anew, migrations.RunPython.noop),
    ]
