"""What every test of a module begins with, settled once for all of them."""

from contextlib import contextmanager
from copy import copy

from django.db import transaction

from anlan.vocabulary import clock


@contextmanager
def settled(blocker, at):
    """In here a district is settled at a time; each test of the module is rolled back to it.

    For a fixture of a module, with ``django_db_blocker``; gone again at the module's end.
    """
    before = clock.current()
    with blocker.unblock(), transaction.atomic():
        clock.use(clock.DrillClock(at))
        try:
            yield
        finally:
            clock.use(before)
            transaction.set_rollback(True)


def afresh(people):
    """The same people, with rows that no test has changed."""
    found = {name: copy(one) for name, one in people.items()}
    for one in found.values():
        one.account = copy(one.account)
    return found
