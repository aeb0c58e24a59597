from django.db import migrations, models

ENDED = ["NO_VIOLATION", "RECHECKED", "WITHDRAWN", "ARCHIVED"]


class Migration(migrations.Migration):
    dependencies = [("enforcement", "0014_cases_of_checks")]

    operations = [
        migrations.RemoveConstraint("case", "one_case_a_check"),
        migrations.AddConstraint(
            "case",
            models.UniqueConstraint(
                condition=models.Q(party_kind="unit") & ~models.Q(state__in=ENDED),
                fields=("unit", "check_record", "party"),
                name="one_case_a_check",
            ),
        ),
    ]
