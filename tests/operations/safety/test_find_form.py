"""The form of a find asks nothing that the enterprise's file answers; empty views say so."""

import re

import pytest

from anlan.operations.safety.models import Danger

pytestmark = pytest.mark.django_db(databases="__all__")


def test_what_the_enterprises_file_answers_does_not_keep_the_form_from_being_sent(people, works):
    """Browsers held the form back for a street and a sector that were not read afterwards."""
    page = people["grid"].browser
    shown = page.get("/dangers/new").content.decode()
    for name in ("area_code", "sector"):
        field = re.search(rf'<div data-without-firm><label for="{name}">.*?<select[^>]*>', shown)
        assert field is not None
        assert " required" not in field.group()
    typed = {"key": "b" * 32, "title": "软管超期", "enterprise": str(works), "source": "patrol"}
    assert page.post("/dangers/new", typed).status_code == 303
    danger = Danger.objects.get(title="软管超期")
    assert (danger.area_code[:9], danger.sector) == ("500106004", "industry")


def test_without_an_enterprise_the_missing_street_and_sector_are_named(people, works):
    typed = {"key": "c" * 32, "title": "雨棚松动", "enterprise": "", "source": "patrol"}
    answer = people["grid"].browser.post("/dangers/new", typed)
    assert answer.status_code == 422
    for word in ("镇街（社区）", "行业"):
        assert f"请填写{word}" in answer.content.decode()


def test_an_empty_view_does_not_ask_to_take_a_filter_away_that_nobody_set(people, works):
    page = people["grid"].browser
    for view in ("open", "major"):
        shown = page.get(f"/dangers?view={view}").content.decode()
        assert "现在没有这一类" in shown
        assert "请减少筛选条件" not in shown
    assert "请减少筛选条件" in page.get("/dangers?view=open&q=粉尘").content.decode()
    assert "还没有隐患" in page.get("/dangers?view=").content.decode()
