from datetime import date

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def name_the_term(apps: Apps, _schema: BaseDatabaseSchemaEditor) -> None:
    """A district that has its terms gets the one for other decisions, as its file names it now."""
    terms = apps.get_model("enforcement", "LegalTerm").objects
    if terms.exists():
        terms.get_or_create(
            key="publicity_other", valid_from=date(2018, 12, 5),
            defaults={"days": 20, "unit": "working", "source": "国办发〔2018〕118号（其他执法决定）"},
        )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("enforcement", "0006_terms_in_hours")]

    operations = [
        migrations.AddField("case", "others_published", models.BooleanField(default=False)),
        migrations.AddField(
            "publication", "kind", models.CharField(default="penalty", max_length=8)
        ),
        migrations.AddField(
            "publication", "paper_kind", models.CharField(blank=True, max_length=30)
        ),
        migrations.RemoveConstraint("publication", "one_publication"),
        migrations.AddConstraint(
            "publication",
            models.UniqueConstraint(
                fields=["case", "number"], condition=models.Q(ended_on=None),
                name="one_publication",
            ),
        ),
        migrations.RemoveIndex("publication", "publications_newest"),
        migrations.AddIndex(
            "publication",
            models.Index(fields=["kind", "-decided_on", "-id"], name="publications_newest"),
        ),
        migrations.RunPython(name_the_term, migrations.RunPython.noop),
    ]
