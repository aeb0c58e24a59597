import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("enforcement", "0013_execution_of_warnings"),
        ("checks", "0011_findings_of_a_night"),
        ("safety", "0016_supervisions_of_sources"),
    ]

    operations = [
        migrations.AddField(
            "case", "check_record",
            models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT,
                              related_name="+", to="checks.checkrecord"),
        ),
        migrations.AddField("case", "counted_as_check", models.BooleanField(default=False)),
        migrations.CreateModel(
            name="CaseDanger",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False,
                                           verbose_name="ID")),
                ("case", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT,
                                           related_name="taken_up", to="enforcement.case")),
                ("danger", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT,
                                             related_name="+", to="safety.danger")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("case", "danger"), name="one_danger_a_case")
                ],
            },
        ),
        migrations.AddConstraint(
            "case",
            models.UniqueConstraint(
                condition=~models.Q(state__in=["NO_VIOLATION", "RECHECKED", "WITHDRAWN", "ARCHIVED"]),
                fields=("unit", "check_record", "party"), name="one_case_a_check",
            ),
        ),
    ]
