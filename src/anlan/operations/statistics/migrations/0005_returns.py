import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('safety', '0010_sector_then_state'),
        ('statistics', '0004_carried_and_returned'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DangerReturn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period', models.CharField(max_length=8)),
                ('due_on', models.DateField()),
                ('asked_at', models.DateTimeField()),
                ('signed_at', models.DateTimeField(null=True)),
                ('late', models.BooleanField(default=False)),
                ('enterprise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='safety.enterprise')),
            ],
            options={
                'indexes': [models.Index(fields=['period', 'due_on'], name='returns_of_period')],
                'constraints': [models.UniqueConstraint(fields=('enterprise', 'period'), name='one_danger_return')],
            },
        ),
        migrations.CreateModel(
            name='SignedReturn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField()),
                ('figures', models.JSONField()),
                ('why', models.CharField(blank=True, max_length=300)),
                ('at', models.DateTimeField()),
                ('by_name', models.CharField(max_length=100)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('of', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='statistics.dangerreturn')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('of', 'version'), name='one_version_of_a_return')],
            },
        ),
    ]
