from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('safety', '0015_documents'),
    ]

    operations = [
        migrations.AddField(
            model_name='supervision',
            name='source',
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name='supervision',
            name='source_id',
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddConstraint(
            model_name='supervision',
            constraint=models.UniqueConstraint(condition=models.Q(('source_id', ''), _negated=True), fields=('source', 'source_id'), name='supervision_of_source'),
        ),
    ]
