from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('risks', '0004_longer_kinds_of_files'),
    ]

    operations = [
        migrations.AddField(
            model_name='majorhazard',
            name='source',
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name='majorhazard',
            name='source_id',
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddConstraint(
            model_name='majorhazard',
            constraint=models.UniqueConstraint(condition=models.Q(('replaced_at', None), models.Q(('source_id', ''), _negated=True)), fields=('source', 'source_id'), name='major_hazard_of_source'),
        ),
    ]
