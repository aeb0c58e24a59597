from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sensing", "0036_own_readings")]

    operations = [
        migrations.AddField(
            model_name="statedperiod", name="total", field=models.FloatField(null=True)
        ),
    ]
