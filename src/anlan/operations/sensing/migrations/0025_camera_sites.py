"""One truth about cameras: what stood on the map alone enters the register, and the other way."""

import math

from django.db import migrations

from anlan.vocabulary import clock



def cell_of(lon, lat):
    """The territory's cell of 0.005 degrees, as it stood at this migration."""
    return (math.floor(lat / 0.005) + 18_000) * 72_000 + math.floor((lon + 180.0) / 0.005)


def unite(apps, schema_editor):
    alias = schema_editor.connection.alias
    camera = apps.get_model("sensing", "Camera").objects.using(alias)
    site = apps.get_model("territory", "Site").objects.using(alias)
    cameras = {one.code: one for one in camera.all()}
    standing = {one.code: one for one in site.filter(kind="camera")}
    camera.bulk_create(
        camera.model(
            code=one.code, name=one.name[:60], lon=one.lon, lat=one.lat, area_code=one.area_code,
            serves=one.area_code, schematic=one.schematic, source=one.source,
            registered_at=clock.now(),
        )
        for code, one in standing.items() if code not in cameras
    )
    site.bulk_create(
        (site.model(
            code=one.code, kind="camera", name=one.name, area_code=one.serves, lon=one.lon,
            lat=one.lat, cell=cell_of(one.lon, one.lat), schematic=one.schematic,
            source=one.source,
            attributes={"watches_over": one.purpose} if one.purpose else {},
        )
        for code, one in cameras.items() if code not in standing),
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):

    dependencies = [
        ('sensing', '0024_site_rules'),
        ('territory', '0001_initial'),
    ]

    operations = [migrations.RunPython(unite, migrations.RunPython.noop)]
