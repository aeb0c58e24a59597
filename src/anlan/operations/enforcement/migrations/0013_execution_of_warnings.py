from datetime import date, datetime, timedelta, timezone

from django.db import migrations

CHINA = timezone(timedelta(hours=8))
DAYS, SINCE = 10, date(2021, 7, 15)
SOURCE = "区局工作规定：警告送达后登记执行情况（法规未列期限，待核）"


def due_after_service(apps, schema):
    """A warning that was served had no day until which its execution is put on record."""
    terms = apps.get_model("enforcement", "LegalTerm").objects
    if terms.exists():
        said = {"days": DAYS, "unit": "calendar", "source": SOURCE}
        terms.get_or_create(key="execution", valid_from=SINCE, defaults=said)
    items = apps.get_model("deadlines", "WorkItem").objects.filter(done_at=None)
    served = apps.get_model("enforcement", "CaseStep").objects.filter(verb="serve").order_by("id")
    for case in apps.get_model("enforcement", "Case").objects.filter(state="SERVED").iterator():
        step = served.filter(case=case).last()
        if step is None or "court" in case.dues or "payment" in case.dues:
            continue
        last = step.at.astimezone(CHINA).date() + timedelta(days=DAYS)
        case.dues["execution"] = last.isoformat()
        case.due_on = min(case.due_on or last, last)
        case.save(update_fields=["dues", "due_on"])
        end = datetime(last.year, last.month, last.day, 23, 59, 59, 0, CHINA)
        items.filter(key=f"case:{case.pk}").update(due_at=end)


class Migration(migrations.Migration):
    dependencies = [
        ("enforcement", "0012_inspected_index"),
        ("deadlines", "0006_head_of_an_enterprise"),
    ]

    operations = [migrations.RunPython(due_after_service, migrations.RunPython.noop)]
