from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('safety', '0012_second_looks'),
    ]

    operations = [
        migrations.AddField(
            model_name='danger',
            name='settled_on',
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Case(
                    models.When(models.Q(due_on=None) | models.Q(closed_on=None), then=None),
                    models.When(closed_on__gt=models.F('due_on'), then=models.F('closed_on')),
                    default=models.F('due_on'),
                ),
                output_field=models.DateField(null=True),
            ),
        ),
        migrations.AddIndex(
            model_name='danger',
            index=models.Index(fields=['settled_on', 'due_on', 'area_code', 'sector'], name='danger_settled'),
        ),
        migrations.AddIndex(
            model_name='dangerstep',
            index=models.Index(fields=['verb', 'at'], name='danger_step_when'),
        ),
    ]
