from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('safety', '0011_first_deadline'),
    ]

    operations = [
        migrations.AddField(
            model_name='handlingterms',
            name='second_looks',
            field=models.FloatField(default=0.1),
        ),
    ]
