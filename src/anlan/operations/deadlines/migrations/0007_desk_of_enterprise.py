from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('deadlines', '0006_head_of_an_enterprise'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='workitem',
            index=models.Index(condition=models.Q(('done_at__isnull', True), ('enterprise__isnull', False)), fields=['enterprise'], name='desk_of_enterprise'),
        ),
    ]
