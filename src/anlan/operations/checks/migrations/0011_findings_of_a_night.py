from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('checks', '0010_use_in_index'),
    ]

    operations = [
        migrations.AddField(
            model_name='tasknight',
            name='findings_made',
            field=models.BooleanField(default=False),
        ),
    ]
