"""Readings become a table for time series; what is there is carried over.

SQLite: the table is the tree of its key (WITHOUT ROWID). PostgreSQL: divided by months, what lies
outside the months that are kept ready stands in `sensing_reading_other`.
"""

from django.db import migrations, models

COLUMNS = "series, at, source, value, sent_at, received_at, flags"
CLUSTERED = (
    """CREATE TABLE sensing_reading_clustered (
        series integer unsigned NOT NULL CHECK (series >= 0), at datetime NOT NULL,
        source varchar(20) NOT NULL, value real NULL, sent_at datetime NOT NULL,
        received_at datetime NOT NULL,
        flags smallint unsigned NOT NULL DEFAULT 0 CHECK (flags >= 0),
        PRIMARY KEY (series, at, source)) WITHOUT ROWID""",
    f"INSERT INTO sensing_reading_clustered ({COLUMNS}) SELECT {COLUMNS} FROM sensing_reading",
    "DROP TABLE sensing_reading",
    "ALTER TABLE sensing_reading_clustered RENAME TO sensing_reading",
    """INSERT INTO sensing_rollupdue (block, hour, touched)
       SELECT DISTINCT series / 64, substr(at, 1, 13) || ':00:00', 1 FROM sensing_reading""",
)
BY_MONTH = (
    "ALTER TABLE sensing_reading RENAME TO sensing_reading_whole",
    """CREATE TABLE sensing_reading (
        series integer NOT NULL CHECK (series >= 0), at timestamptz NOT NULL,
        source varchar(20) NOT NULL, value double precision NULL, sent_at timestamptz NOT NULL,
        received_at timestamptz NOT NULL,
        flags smallint NOT NULL DEFAULT 0 CHECK (flags >= 0),
        PRIMARY KEY (series, at, source)) PARTITION BY RANGE (at)""",
    "CREATE TABLE sensing_reading_other PARTITION OF sensing_reading DEFAULT",
    f"INSERT INTO sensing_reading ({COLUMNS}) SELECT {COLUMNS} FROM sensing_reading_whole",
    "DROP TABLE sensing_reading_whole",
    """INSERT INTO sensing_rollupdue (block, hour, touched)
       SELECT DISTINCT series / 64, date_trunc('hour', at), 1 FROM sensing_reading""",
)


def lay_out(apps, schema_editor):
    statements = {"sqlite": CLUSTERED, "postgresql": BY_MONTH}[schema_editor.connection.vendor]
    for statement in statements:
        schema_editor.execute(statement)


class Migration(migrations.Migration):

    dependencies = [
        ('sensing', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='RollUp',
            fields=[
                ('pk', models.CompositePrimaryKey('series', 'span_s', 'start', blank=True, editable=False, primary_key=True, serialize=False)),
                ('series', models.PositiveIntegerField()),
                ('span_s', models.PositiveIntegerField()),
                ('start', models.DateTimeField()),
                ('count', models.PositiveIntegerField()),
                ('total', models.FloatField()),
                ('low', models.FloatField()),
                ('high', models.FloatField()),
                ('last', models.FloatField()),
            ],
        ),
        migrations.CreateModel(
            name='RollUpDue',
            fields=[
                ('pk', models.CompositePrimaryKey('block', 'hour', blank=True, editable=False, primary_key=True, serialize=False)),
                ('block', models.PositiveIntegerField()),
                ('hour', models.DateTimeField()),
                ('touched', models.PositiveIntegerField(default=1)),
            ],
        ),
        migrations.RemoveField(
            model_name='latestreading',
            name='rate_per_h',
        ),
        migrations.AddField(
            model_name='reading',
            name='flags',
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.RunPython(lay_out, migrations.RunPython.noop, hints={"model_name": "reading"}),
    ]
