"""An enterprise's sector is corrected: the figures of months that are over stay what they were, and
one with the lists behind them."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from tests.operations.safety.test_enterprise_files import code_of, row, send, workbook_of
from tests.operations.statistics.test_board import counted, inspected_cases, records

from anlan.operations.enforcement.models import Case
from anlan.operations.people.actions import PLATFORM, relay_events
from anlan.operations.people.models import Account
from anlan.operations.people.queries import scope_of
from anlan.operations.registers.models import SavedView
from anlan.operations.safety.actions import correct_enterprise
from anlan.operations.safety.models import Enterprise
from anlan.operations.statistics.actions import recount
from anlan.operations.statistics.models import CountedMonth
from anlan.operations.statistics.queries import board, seen
from anlan.vocabulary.periods import period

pytestmark = pytest.mark.django_db(databases="__all__")
__all__ = ["inspected_cases"]


@pytest.fixture
def firm(inspected_cases):
    """The works that two of March's inspections were of, with a credit code that is one."""
    one = Enterprise.objects.get(name="厂3")
    one.credit_code = code_of(3)
    one.save()
    counted()
    return one


def correct(firm, browsers, by, **said):
    if by == "hand":
        correct_enterprise(PLATFORM, firm.pk, said)
    else:
        line = row(
            3, 企业名称=said.get("name", "厂3"), 行业="消防" if said.get("sector") else "工贸"
        )
        sender = SimpleNamespace(browser=browsers["officer"])
        address = send(sender, workbook_of([line])).headers["Location"]
        browsers["officer"].post(f"{address}/take")
    relay_events()


@pytest.mark.parametrize("by", ["hand", "file"])
def test_inspections_in_cases_stay_with_the_sector_that_their_enterprise_had(firm, browsers, by):
    correct(firm, browsers, by, sector="fire")
    assert Enterprise.objects.get(pk=firm.pk).sector == "fire"
    assert not CountedMonth.objects.filter(stale=True, room="checks").exists()
    recount()
    counted()
    handler = scope_of(Account.objects.get(username="handler"))
    lines = {one.key: one for one in board(seen(handler), period("2026-03")).units.sectors}
    said = {key: one.checks.in_cases for key, one in lines.items()}
    assert said == {"industry": 2, "fire": 0, "": 1}
    assert {key: records(handler, lines[key].links["in_cases"]) for key in said} == said


def test_cases_on_record_get_the_sector_of_their_enterprise_and_kept_lists_ask_for_it(firm):
    """As an earlier version left them: it asked for the enterprise's sector."""
    Case.objects.update(sector="")
    account = Account.objects.get(username="handler")
    question = "q=x&enterprise__sector=industry"
    SavedView.objects.create(account=account, address="/cases", name="工贸", question=question)
    SavedView.objects.create(account=account, address="/credit", name="工贸", question=question)
    name = "anlan.operations.enforcement.migrations.0018_sector_of_cases"
    for change in ("sector_of_enterprise", "filter_by_it"):
        getattr(import_module(name), change)(apps, None)
    said = dict(Case.objects.values_list("key", "sector"))
    assert said == {"i0": "industry", "i1": "industry", "i2": "", "i3": "", "i4": ""}
    kept = dict(SavedView.objects.values_list("address", "question"))
    assert kept == {"/cases": "q=x&sector=industry", "/credit": question}


@pytest.mark.parametrize("by", ["hand", "file"])
def test_another_name_has_no_month_counted_anew(firm, browsers, by):
    correct(firm, browsers, by, name="厂三")
    assert not CountedMonth.objects.filter(stale=True, room="checks").exists()
