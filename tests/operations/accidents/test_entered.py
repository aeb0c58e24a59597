"""An accident stands in the register within 24 hours (`domain.md` 5), or is called late."""

from datetime import date, timedelta
from importlib import import_module
from io import BytesIO

import pytest
from django.apps import apps
from openpyxl import load_workbook
from tests.operations.accidents.conftest import NOW, registered

from anlan.operations.accidents.actions import load_terms
from anlan.operations.accidents.models import Accident, AccidentTerms
from anlan.operations.people.actions import PLATFORM
from anlan.portal.loading.folder import folder_of

pytestmark = pytest.mark.django_db(databases="__all__")
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def entered(people, key, known_before):
    known = NOW - known_before
    return registered(people, key=key, occurred_at=NOW - 40 * HOUR, known_at=known,
                      reported_at=known + 20 * MINUTE)  # fmt: skip


def test_what_is_entered_after_24_hours_is_called_late_on_page_list_export_and_interface(people):
    load_terms(PLATFORM, folder_of("shapingba"))
    in_time, late = entered(people, "k1", 24 * HOUR), entered(people, "k2", 24 * HOUR + MINUTE)
    number = {pk: Accident.objects.get(pk=pk).number for pk in (in_time, late)}
    look = people["governor"].browser
    pages = [look.get(f"/accidents/{pk}").content.decode() for pk in (in_time, late)]
    assert ["逾期录入" in page for page in pages] == [False, True]
    listed = look.get("/accidents?view=entered_late").content.decode()
    assert [number[pk] in listed for pk in (in_time, late)] == [False, True]
    assert '<b class="al-late">逾期录入</b>' in listed
    sheet = load_workbook(BytesIO(look.get("/accidents/export").content)).active
    _who, head, *lines = sheet.iter_rows(values_only=True)
    found = {line[head.index("编号")]: line[head.index("录入情况")] or "" for line in lines}
    assert found == {number[in_time]: "", number[late]: "逾期录入"}
    told = look.get(f"/api/v1/accidents/{late}").json()["accident"]
    assert told["entered_at"] > told["enter_by"]


def test_the_hours_are_the_districts_and_what_is_entered_keeps_those_of_its_day(people):
    old = entered(people, "k1", 13 * HOUR)
    AccidentTerms.objects.create(valid_from=date(2026, 1, 1), source="x",
                                 figures={"enter_hours": 12})  # fmt: skip
    new = entered(people, "k2", 13 * HOUR)
    listed = people["governor"].browser.get("/accidents?view=entered_late").content.decode()
    assert [Accident.objects.get(pk=pk).number in listed for pk in (old, new)] == [False, True]


def test_what_was_registered_before_the_column_came_was_entered_when_it_was_registered(people):
    pk = entered(people, "k1", 30 * HOUR)
    Accident.objects.update(entered_at=None, enter_by=None)
    import_module("anlan.operations.accidents.migrations.0006_entered").entered_as_registered(
        apps, None
    )
    one = Accident.objects.get(pk=pk)
    assert (one.entered_at, one.enter_by) == (NOW, NOW - 6 * HOUR)
