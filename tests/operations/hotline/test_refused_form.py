"""A refused step of a report comes back as it was typed; a code that was read out does not."""

import pytest
from lxml import html
from tests.operations.hotline.conftest import report

from anlan.operations.hotline.models import Tip

pytestmark = pytest.mark.django_db(databases="__all__")


def test_the_choices_made_stand_again_and_the_fault_at_the_second_of_two_same_handlers(people):
    pk = report(people)
    one = people["first"].account.pk
    typed = {"verb": "accept", "unit": "fire", "sector": "fire", "handler_one": one,
             "handler_two": one}  # fmt: skip
    answer = people["leader"].browser.post(f"/hotline/{pk}/step", typed, follow=True)
    assert Tip.objects.get(pk=pk).state == "RECEIVED"
    page = html.fromstring(answer.content.decode())
    form = page.xpath('//details[.//input[@name="verb" and @value="accept"]]')[0]
    chosen = {one.get("name"): one.xpath("./option[@selected]/@value")
              for one in form.xpath(".//select")}  # fmt: skip
    assert chosen["handler_one"] == chosen["handler_two"] == [f"{one}"]
    assert chosen["sector"] == ["fire"]
    second = form.xpath('.//select[@name="handler_two"]')[0]
    assert form.get_element_by_id(second.get("aria-describedby")).text
    assert "open" in form.attrib
