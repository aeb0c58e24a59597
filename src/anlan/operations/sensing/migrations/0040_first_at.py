from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sensing", "0039_read_at")]

    operations = [
        migrations.AddField(
            model_name="stationhealth",
            name="first_at",
            field=models.DateTimeField(null=True),
        ),
    ]
