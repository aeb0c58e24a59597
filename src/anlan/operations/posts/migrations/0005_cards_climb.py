from django.db import migrations

from anlan.operations.posts.rules.words import CHAIN


def climb(apps, schema):
    """Cards to be made anew that lie on desks since before they climbed do so from now on."""
    items = apps.get_model("deadlines", "WorkItem").objects.filter(done_at=None)
    items.filter(kind="posts.cards", chain=[]).update(chain=list(CHAIN))


class Migration(migrations.Migration):
    dependencies = [("posts", "0004_posts_of_sources"), ("deadlines", "0008_second_of_two")]

    operations = [migrations.RunPython(climb, migrations.RunPython.noop)]
