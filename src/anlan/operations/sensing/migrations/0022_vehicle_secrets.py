"""Every vehicle gets a random secret for its authentication code.

Codes were made of a password that was often 0, so that they could be reckoned by anybody who knew
the telephone number. A terminal whose old code is refused registers anew and is given the new one.
"""

import secrets

from django.db import migrations

from anlan.operations.people.actions import seal_text

SECRET_BYTES = 16


def give_secrets(apps, schema_editor):
    stations = apps.get_model("sensing", "Station").objects.using(schema_editor.connection.alias)
    for station in stations.filter(protocol="jt808"):
        if not station.secret_sealed:
            station.secret_sealed = seal_text(secrets.token_hex(SECRET_BYTES))
            station.save(update_fields=["secret_sealed"])


class Migration(migrations.Migration):

    dependencies = [
        ('sensing', '0021_camera_spells'),
    ]

    operations = [
        migrations.RunPython(give_secrets, migrations.RunPython.noop, hints={"model_name": "station"}),
    ]
