"""A fix may have no place; the clustered and the divided table stay what they are."""

from django.db import migrations, models

COLUMNS = (
    "station, at, lon, lat, located, altitude_m, speed_kmh, heading_deg, mileage_km, fuel_l,"
    " received_at, alarm"
)
CLUSTERED = (
    """CREATE TABLE sensing_vehiclefix_placeless (
        station integer unsigned NOT NULL CHECK (station >= 0), at datetime NOT NULL,
        lon real NULL, lat real NULL, located bool NOT NULL, altitude_m real NULL,
        speed_kmh real NULL, heading_deg real NULL, mileage_km real NULL, fuel_l real NULL,
        received_at datetime NOT NULL, alarm bigint NOT NULL DEFAULT 0,
        PRIMARY KEY (station, at)) WITHOUT ROWID""",
    f"INSERT INTO sensing_vehiclefix_placeless ({COLUMNS}) SELECT {COLUMNS} FROM sensing_vehiclefix",
    "DROP TABLE sensing_vehiclefix",
    "ALTER TABLE sensing_vehiclefix_placeless RENAME TO sensing_vehiclefix",
)
BY_MONTH = (
    "ALTER TABLE sensing_vehiclefix ALTER COLUMN lon DROP NOT NULL,"
    " ALTER COLUMN lat DROP NOT NULL",
)


def lay_out(apps, schema_editor):
    statements = {"sqlite": CLUSTERED, "postgresql": BY_MONTH}[schema_editor.connection.vendor]
    for statement in statements:
        schema_editor.execute(statement)


class Migration(migrations.Migration):

    dependencies = [
        ('sensing', '0027_alarm_ended'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunPython(
                    lay_out, migrations.RunPython.noop, hints={"model_name": "vehiclefix"}
                ),
            ],
            state_operations=[
                migrations.AlterField("vehiclefix", "lon", models.FloatField(null=True)),
                migrations.AlterField("vehiclefix", "lat", models.FloatField(null=True)),
            ],
        ),
    ]
