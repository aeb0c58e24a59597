"""What a saying of pure code is in Chinese, whatever language a test before has left behind."""

from django.utils.translation import override


def in_chinese(said):
    # Here: the fuzzer begins at frames of the tests of protocols, in a process without Django.
    from anlan.operations.people.queries.sayings import spoken

    with override("zh-hans"):
        return spoken(said)
