from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('deadlines', '0005_former_holders'),
    ]

    operations = [
        migrations.AddField(
            model_name='workitem',
            name='enterprise',
            field=models.PositiveBigIntegerField(null=True),
        ),
    ]
