"""An enterprise's sector is corrected: figures of sectors and the lists behind them stay one."""

from types import SimpleNamespace

import pytest
from tests.operations.safety.test_enterprise_files import code_of, row, send, workbook_of
from tests.operations.statistics.test_board import counted, inspected_cases, records

from anlan.operations.people.actions import PLATFORM, relay_events
from anlan.operations.people.models import Account
from anlan.operations.people.queries import scope_of
from anlan.operations.safety.actions import correct_enterprise
from anlan.operations.safety.models import Enterprise
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
def test_inspections_in_cases_go_with_the_sector_of_their_enterprise(firm, browsers, by):
    correct(firm, browsers, by, sector="fire")
    assert Enterprise.objects.get(pk=firm.pk).sector == "fire"
    counted()
    handler = scope_of(Account.objects.get(username="handler"))
    lines = {one.key: one for one in board(seen(handler), period("2026-03")).units.sectors}
    said = {key: one.checks.in_cases for key, one in lines.items()}
    assert said == {"industry": 0, "fire": 2, "": 1}
    assert {key: records(handler, lines[key].links["in_cases"]) for key in said} == said


@pytest.mark.parametrize("by", ["hand", "file"])
def test_another_name_has_no_month_counted_anew(firm, browsers, by):
    correct(firm, browsers, by, name="厂三")
    assert not CountedMonth.objects.filter(stale=True, room="checks").exists()
