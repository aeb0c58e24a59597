"""Views that a person saved of a list: theirs alone, and the first one is what the list shows."""

import pytest

from anlan.operations.registers.models import SavedView

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.mark.parametrize("address", ["/dangers", "/enterprises", "/risks", "/checks/tasks"])
def test_a_view_is_saved_shown_first_and_deleted_by_its_owner_alone(people, works, address):
    page, other = people["officer"].browser, people["leader"].browser
    given = {
        "address": address,
        "name": "甲街今日",
        "question": "sort=-x&view=nothing",
        "first": "yes",
    }
    answer = page.post("/views/save", given | {"question": "q=%E4%BA%94%E9%87%91"})
    assert answer.headers["Location"] == f"{address}?q=%E4%BA%94%E9%87%91"
    shown = page.get(address).content.decode()
    assert 'value="五金"' in shown
    assert "甲街今日" in shown
    assert 'value="五金"' not in page.get(f"{address}?view=").content.decode()
    assert "甲街今日" not in other.get(address).content.decode()
    page.post("/views/save", given | {"name": "又一个", "question": ""})
    assert SavedView.objects.filter(first=True).get().name == "又一个"
    kept = SavedView.objects.get(name="甲街今日").pk
    other.post("/views/drop", {"view": kept})
    assert SavedView.objects.filter(pk=kept).exists()
    assert page.post("/views/drop", {"view": kept}).headers["Location"] == address
    assert not SavedView.objects.filter(pk=kept).exists()


@pytest.mark.parametrize("address", ["//evil.example", "https://evil.example", "", "/a?b=c"])
def test_a_view_leads_to_no_other_site(people, address):
    given = {"address": address, "name": "x", "question": "q=1"}
    answer = people["officer"].browser.post("/views/save", given)
    assert answer.headers["Location"].startswith("/?")
    assert not SavedView.objects.exists()
