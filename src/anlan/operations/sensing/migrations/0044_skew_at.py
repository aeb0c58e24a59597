from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sensing", "0043_device_moments")]

    operations = [
        migrations.AddField(
            model_name="stationhealth",
            name="skew_at",
            field=models.DateTimeField(null=True),
        ),
    ]
