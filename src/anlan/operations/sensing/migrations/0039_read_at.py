from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sensing", "0038_said")]

    operations = [
        migrations.AddField(
            model_name="badframe",
            name="read_at",
            field=models.DateTimeField(null=True),
        ),
    ]
