from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('hotline', '0003_hazards'),
    ]

    operations = [
        migrations.AddField(
            model_name='tip',
            name='extended_by',
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.AddField(
            model_name='tip',
            name='extension_number',
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name='tip',
            name='extension_told_at',
            field=models.DateTimeField(null=True),
        ),
    ]
