from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('oversight', '0003_evaluation'),
    ]

    operations = [
        migrations.AddField(
            model_name='evaluationmeasure',
            name='withdrawn_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='evaluationstep',
            name='said',
            field=models.JSONField(default=dict),
        ),
    ]
