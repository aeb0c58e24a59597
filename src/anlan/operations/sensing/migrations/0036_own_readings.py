"""Hours and days keep how many of their readings the device itself reported.

Those that the online rate still looks at are counted from their readings; what was reported before
a station was registered stays outside the rate's window anyway.
"""

from datetime import UTC, datetime, timedelta

from django.db import migrations, models

WINDOW = timedelta(days=32)
WRONG = 64
ADD = {
    "sqlite": "ALTER TABLE sensing_rollup ADD COLUMN"
    " own integer unsigned NOT NULL DEFAULT 0 CHECK (own >= 0)",
    "postgresql": "ALTER TABLE sensing_rollup ADD COLUMN"
    " own integer NOT NULL DEFAULT 0 CHECK (own >= 0)",
}
END = {
    "sqlite": "datetime(sensing_rollup.start, '+' || sensing_rollup.span_s || ' seconds')",
    "postgresql": "sensing_rollup.start + make_interval(secs => sensing_rollup.span_s)",
}
COUNT = """UPDATE sensing_rollup SET own = (
    SELECT count(DISTINCT said.at) FROM sensing_reading said
    WHERE said.series = sensing_rollup.series AND said.at >= sensing_rollup.start
      AND said.at < {end} AND said.source <> 'file' AND said.value IS NOT NULL
      AND (said.flags & {wrong}) = 0)
    WHERE start >= %s"""


def count_own(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    schema_editor.execute(ADD[vendor])
    since = (datetime.now(UTC) - WINDOW).replace(tzinfo=None).isoformat(" ", "seconds")
    at = since if vendor == "sqlite" else f"{since}+00:00"
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(COUNT.format(end=END[vendor], wrong=WRONG), [at])


class Migration(migrations.Migration):
    dependencies = [("sensing", "0035_particulars")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunPython(
                    count_own, migrations.RunPython.noop, hints={"model_name": "rollup"}
                ),
            ],
            state_operations=[
                migrations.AddField(
                    "rollup", "own", models.PositiveIntegerField(default=0, db_default=0)
                ),
            ],
        ),
    ]
