"""A step that is refused comes back once as it was typed, with the fault at its field."""

import pytest
from django.contrib.sessions.models import Session
from lxml import html
from tests.operations.enforcement.conftest import new_case
from tests.operations.enforcement.test_procedure import SITE

pytestmark = pytest.mark.django_db(databases="__all__")


def form_of(answer, verb):
    page = html.fromstring(answer.content.decode())
    return page.xpath(f'//details[.//input[@name="verb" and @value="{verb}"]]')[0]


def said(form, key):
    return form.xpath(f'.//*[@name="{key}"]')[0]


def test_what_was_typed_stands_in_the_form_again_and_the_fault_at_its_field(people, case):
    browser = people["officer"].browser
    lacking = {"verb": "inspect", **SITE, "length": "about ten minutes"}
    form = form_of(browser.post(f"/cases/{case}/step", lacking, follow=True), "inspect")
    assert "open" in form.attrib
    assert said(form, "place").get("value") == SITE["place"]
    assert said(form, "present").get("value") == SITE["present"]
    assert said(form, "finding").text.strip() == SITE["finding"]
    assert said(form, "began").get("value") == SITE["began"]
    length = said(form, "length")
    assert length.get("value") == "about ten minutes"
    assert length.get("aria-invalid") == "true"
    wrong = form.get_element_by_id(length.get("aria-describedby"))
    assert "about ten minutes" in wrong.text
    assert len(form.find_class("al-field-error")) == 1
    again = form_of(browser.get(f"/cases/{case}"), "inspect")
    assert not said(again, "place").get("value")
    assert not again.find_class("al-field-error")


def test_words_of_the_party_wait_sealed_for_the_page(people, case):
    browser = people["officer"].browser
    lacking = {"verb": "inspect", **SITE, "place": ""}
    browser.post(f"/cases/{case}/step", lacking)
    kept = [str(one.get_decoded()) for one in Session.objects.all()]
    assert any("refused_step" in one for one in kept)
    assert not any(SITE["present"] in one for one in kept)


def test_another_case_does_not_take_what_was_typed_for_this_one(people, case):
    browser = people["officer"].browser
    browser.post(f"/cases/{case}/step", {"verb": "inspect", **SITE, "place": ""})
    second = new_case(people, key="k2")
    other = form_of(browser.get(f"/cases/{second}"), "inspect")
    assert not said(other, "recording").get("value")
    form = form_of(browser.get(f"/cases/{case}"), "inspect")
    assert said(form, "recording").get("value") == SITE["recording"]
