from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def of_orders(apps, schema_editor):
    """Stations that took a password by an order keep it, as they did before."""
    ordered = apps.get_model("sensing", "DeviceCommand").objects.filter(
        verb="new_password", state="answered", station=OuterRef("pk")
    )
    newest = Subquery(ordered.order_by("-answered_at").values("answered_at")[:1])
    apps.get_model("sensing", "Station").objects.update(password_at=newest)


class Migration(migrations.Migration):
    dependencies = [("sensing", "0033_placed")]

    operations = [
        migrations.AddField(
            model_name="station",
            name="password_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.RunPython(of_orders, migrations.RunPython.noop),
    ]
