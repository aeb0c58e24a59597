"""What a saying of pure code is in Chinese, whatever language a test before has left behind."""

from django.utils.translation import override

from anlan.operations.people.queries.sayings import spoken


def in_chinese(said):
    with override("zh-hans"):
        return spoken(said)
