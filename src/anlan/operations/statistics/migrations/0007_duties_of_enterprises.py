from django.conf import settings
from django.db import migrations
from django.db.models import Exists, OuterRef

from anlan.vocabulary import clock

NEVER, AT_ONCE = -128, 2_000
# What an enterprise owes: the prefix of its items' keys, and the record that their last part names.
OWED = {
    "danger_return:": ("statistics", "DangerReturn"),
    "post-cards:": ("posts", "Post"),
    "certificate:": ("posts", "Certificate"),
    "risk:": ("risks", "RiskPoint"),
}
KINDS = ("danger_return", "posts.cards", "posts.certificate", "risk", "safety.standard")


def settle(apps, schema):
    """What lay on desks before: whose duty it is, nobody's of who left, none of what is closed."""
    items = apps.get_model("deadlines", "WorkItem").objects.filter(done_at=None)
    for prefix, model in OWED.items():
        _name(items.filter(key__startswith=prefix, enterprise=None), apps.get_model(*model))
    closed = apps.get_model("safety", "Enterprise").objects.filter(state="closed")
    owed = items.filter(kind__in=KINDS, enterprise__in=closed.values("pk"))
    owed.update(done_at=clock.now())
    closed.exclude(standard_asked=None).update(standard_asked=None)
    _release(items, apps.get_model("safety", "Membership").objects)


def _name(nameless, model):
    """Write down whose duties these are."""
    rows = list(nameless.only("pk", "key"))
    for first in range(0, len(rows), AT_ONCE):
        part = {int(row.key.rpartition(":")[2]): row for row in rows[first : first + AT_ONCE]}
        known = model.objects.filter(pk__in=part).values_list("pk", "enterprise_id")
        for pk, firm in known:
            part[pk].enterprise = firm
        nameless.model.objects.bulk_update(part.values(), ["enterprise"], batch_size=200)


def _release(items, members):
    """What somebody has who works for the enterprise no more, though they did."""
    theirs = members.filter(enterprise=OuterRef("enterprise"), account=OuterRef("owner"))
    left = items.exclude(enterprise=None).exclude(owner=None)
    left = left.filter(Exists(theirs)).exclude(Exists(theirs.filter(until=None)))
    left.update(owner=None, reminded=NEVER)


class Migration(migrations.Migration):
    dependencies = [
        ("statistics", "0006_inspections_in_cases"),
        ("posts", "0004_posts_of_sources"),
        ("risks", "0005_hazards_of_sources"),
        ("safety", "0017_published_words"),
        ("deadlines", "0008_second_of_two"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [migrations.RunPython(settle, migrations.RunPython.noop)]
