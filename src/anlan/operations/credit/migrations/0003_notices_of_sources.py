from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('credit', '0002_terms_and_events'),
    ]

    operations = [
        migrations.AddField(
            model_name='listing',
            name='source',
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name='listing',
            name='source_id',
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddConstraint(
            model_name='listing',
            constraint=models.UniqueConstraint(condition=models.Q(('source_id', ''), _negated=True), fields=('source', 'source_id'), name='listing_of_source'),
        ),
    ]
