from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("enforcement", "0011_inspected_on")]

    operations = [
        migrations.AddIndex(
            "case", models.Index(fields=["inspected_on"], name="case_inspected")
        ),
    ]
