from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('posts', '0002_meetings_without_signal'),
    ]

    operations = [
        migrations.AddField(
            model_name='certificate',
            name='source',
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name='certificate',
            name='source_id',
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.UniqueConstraint(condition=models.Q(('replaced_at', None), models.Q(('source_id', ''), _negated=True)), fields=('source', 'source_id'), name='certificate_of_source'),
        ),
    ]
