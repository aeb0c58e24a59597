from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('safety', '0013_settled'),
    ]

    operations = [
        migrations.AddField(
            model_name='danger',
            name='kept_again_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='handlingterms',
            name='missed_cycles',
            field=models.JSONField(default=dict),
        ),
    ]
