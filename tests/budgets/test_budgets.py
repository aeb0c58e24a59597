"""How many questions a page asks of both databases: within its budget, whatever the rows.

Run with ``-s`` for the table.
"""

import re
from collections import Counter
from contextlib import ExitStack, contextmanager

import pytest
from django.db import connections, transaction
from django.test import Client
from tests.budgets.budgets import BUDGETS
from tests.budgets.doubling import double_everything
from tests.lived_in.house import BOTH
from tests.scope.addresses import Known, every_address
from tests.scope.walk import STREAMS

from anlan.operations.people.models import Account

pytestmark = BOTH
WHO = "helan"
FROM = re.compile(r'FROM "(\w+)"')


@contextmanager
def questions():
    """The statements asked while this is open, without savepoints."""
    asked = []

    def watch(execute, sql, params, many, context):
        if not sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            asked.append(sql)
        return execute(sql, params, many, context)

    with ExitStack() as stack:
        for alias in connections:
            stack.enter_context(connections[alias].execute_wrapper(watch))
        yield asked


@pytest.fixture(scope="module")
def paths(_house_of_module):
    """Every address, by its name."""
    known = Known(_house_of_module)
    return {a.name: known.path(a) for a in every_address() if a.view not in STREAMS}


@pytest.fixture(scope="module")
def before(paths):
    """What each page asks of the house as it was lived in."""
    with ExitStack() as stack:
        for alias in connections:
            stack.enter_context(transaction.atomic(using=alias))
        found = count(paths)
        for alias in connections:
            transaction.set_rollback(True, using=alias)
    return found


def count(paths):
    """Questions that each address asks which answers a GET with something, by its name, when
    everything that is kept in memory is there already."""
    browser, found = Client(), {}
    browser.force_login(Account.objects.get(username=WHO))
    for name, path in paths.items():
        if browser.get(path).status_code == 200:
            with questions() as asked:
                answer = browser.get(path)
            assert answer.status_code == 200, path
            found[name] = list(asked)
    return found


def test_every_page_has_a_budget_and_keeps_it(before):
    found = {name: len(asked) for name, asked in before.items()}
    print()
    for name, number in found.items():
        measured, budget = BUDGETS.get(name, (0, 0))
        print(f"{name:24} {number:3}   budget {budget:3}   last measured {measured:3}")
    over = {n: (k, BUDGETS[n][1]) for n, k in found.items() if n in BUDGETS and k > BUDGETS[n][1]}
    assert sorted(set(found) ^ set(BUDGETS)) == [], "no budget for it, or no page for the budget"
    assert over == {}, "page: (questions, budget)"


def test_twice_the_rows_ask_no_more_questions(house, paths, before):
    added = double_everything()
    assert sum(added.values()) > 5000
    after = count({name: paths[name] for name in before})
    assert set(after) == set(before), "a page is gone"
    grown = [
        f"{name} {len(asked)} -> {len(after[name])}, more of: {_more(asked, after[name])}"
        for name, asked in before.items() if len(after[name]) > len(asked)
    ]  # fmt: skip
    assert not grown, "\n".join(grown)


def _more(before, after):
    """The tables that are asked more often."""

    def tables(asked):
        return Counter(found[1] for sql in asked if (found := FROM.search(sql)))

    return ", ".join(tables(after) - tables(before))
