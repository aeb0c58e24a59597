"""Tracks become a table for time series, as readings are; what is there is carried over."""

from django.db import migrations

COLUMNS = (
    "station, at, lon, lat, located, altitude_m, speed_kmh, heading_deg, mileage_km, fuel_l,"
    " received_at, alarm"
)
NEWEST = """INSERT INTO sensing_alarmword (station, at, alarm)
    SELECT station, max(at), 0 FROM sensing_vehiclefix GROUP BY station"""
CLUSTERED = (
    """CREATE TABLE sensing_vehiclefix_clustered (
        station integer unsigned NOT NULL CHECK (station >= 0), at datetime NOT NULL,
        lon real NOT NULL, lat real NOT NULL, located bool NOT NULL, altitude_m real NULL,
        speed_kmh real NULL, heading_deg real NULL, mileage_km real NULL, fuel_l real NULL,
        received_at datetime NOT NULL, alarm bigint NOT NULL DEFAULT 0,
        PRIMARY KEY (station, at)) WITHOUT ROWID""",
    f"INSERT INTO sensing_vehiclefix_clustered ({COLUMNS}) SELECT {COLUMNS} FROM sensing_vehiclefix",
    "DROP TABLE sensing_vehiclefix",
    "ALTER TABLE sensing_vehiclefix_clustered RENAME TO sensing_vehiclefix",
    NEWEST,
)
BY_MONTH = (
    "ALTER TABLE sensing_vehiclefix RENAME TO sensing_vehiclefix_whole",
    """CREATE TABLE sensing_vehiclefix (
        station integer NOT NULL CHECK (station >= 0), at timestamptz NOT NULL,
        lon double precision NOT NULL, lat double precision NOT NULL, located boolean NOT NULL,
        altitude_m double precision NULL, speed_kmh double precision NULL,
        heading_deg double precision NULL, mileage_km double precision NULL,
        fuel_l double precision NULL, received_at timestamptz NOT NULL,
        alarm bigint NOT NULL DEFAULT 0,
        PRIMARY KEY (station, at)) PARTITION BY RANGE (at)""",
    "CREATE TABLE sensing_vehiclefix_other PARTITION OF sensing_vehiclefix DEFAULT",
    f"INSERT INTO sensing_vehiclefix ({COLUMNS}) SELECT {COLUMNS} FROM sensing_vehiclefix_whole",
    "DROP TABLE sensing_vehiclefix_whole",
    NEWEST,
)


def lay_out(apps, schema_editor):
    statements = {"sqlite": CLUSTERED, "postgresql": BY_MONTH}[schema_editor.connection.vendor]
    for statement in statements:
        schema_editor.execute(statement)


class Migration(migrations.Migration):

    dependencies = [
        ('sensing', '0018_vehicle_alarms'),
    ]

    operations = [
        migrations.RunPython(lay_out, migrations.RunPython.noop, hints={"model_name": "vehiclefix"}),
    ]
