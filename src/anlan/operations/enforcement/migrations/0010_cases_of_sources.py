from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('enforcement', '0009_exhibits'),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='source',
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name='case',
            name='source_id',
            field=models.CharField(blank=True, max_length=60),
        ),
    ]
