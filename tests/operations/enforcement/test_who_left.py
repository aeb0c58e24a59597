"""Who left the office or the unit is no officer: not on a case, not on a paper, not in public."""

from datetime import date

import pytest
from django.test import Client
from tests.operations.enforcement.conftest import BEGINS, certificate, new_case
from tests.operations.enforcement.test_procedure import SITE, inspected

from anlan.backbone.papers import plain
from anlan.operations.enforcement.models import Case, Certificate, Paper
from anlan.operations.people.actions import close_account, unseal_text
from anlan.vocabulary.transitions import Refused

pytestmark = pytest.mark.django_db(databases="__all__")


def closes(people, name):
    close_account(people["leader"].actor, people[name].account.pk)


def moves(people, name):
    account = people[name].account
    account.organisation_code = "fire"
    account.save()


LEAVES = pytest.mark.parametrize("leaves", [closes, moves])


@LEAVES
def test_one_officer_alone_inspects_nothing_and_a_new_partner_stands_on_the_paper(
    people, case, leaves
):
    leaves(people, "partner")
    with pytest.raises(Refused, match="At least two officers"):
        people["officer"].take(case, "inspect", **SITE)
    said = people["officer"].browser.post(
        f"/api/v1/cases/{case}/steps", {"verb": "inspect", "given": SITE}, "application/json"
    )
    assert (said.status_code, Case.objects.get().state) == (409, "PLANNED")
    with pytest.raises(Refused, match="partner does not serve in the unit any more"):
        people["leader"].take(case, "replace an officer", leaves=str(certificate("officer")),
                              comes=str(certificate("partner")), reason="回避")  # fmt: skip
    people["leader"].take(case, "replace an officer", leaves=str(certificate("partner")),
                          comes=str(certificate("third")), reason="离岗")  # fmt: skip
    people["officer"].take(case, "inspect", **SITE)
    assert Case.objects.get().state == "INSPECTED"


@LEAVES
def test_the_third_on_a_case_is_named_while_they_serve_and_no_longer(people, leaves):
    case = new_case(people, officers=("officer", "partner", "third"))
    leaves(people, "third")
    inspected(people, case)
    words = unseal_text(Paper.objects.get(case=case).words_sealed)
    assert plain("证1") in words
    assert plain("证2") in words
    assert "证3" not in words


@LEAVES
def test_no_case_is_opened_by_the_certificate_of_who_left_by_page_or_by_api(people, leaves):
    leaves(people, "partner")
    with pytest.raises(Refused, match="partner does not serve in the unit any more"):
        new_case(people)
    sent = {"key": "laq-1", "title": "除尘系统停用", "area_code": "500106004",
            "party_kind": "unit", "party": {"name": "鑫源五金厂"},
            "officers": ["证1", "证2"]}  # fmt: skip
    browser = people["officer"].browser
    assert browser.post("/api/v1/cases", sent, "application/json").status_code == 409
    offered = browser.get("/cases/new").content.decode()
    assert "证3" in offered
    assert "证2" not in offered
    assert not Case.objects.exists()


@LEAVES
def test_the_public_list_names_who_serves(people, leaves):
    shown = Client().get("/penalties/before").content.decode()
    assert "证2" in shown
    leaves(people, "partner")
    shown = Client().get("/penalties/before").content.decode()
    assert "证1" in shown
    assert "证2" not in shown


@LEAVES
def test_the_leader_ends_the_certificate_of_who_left_and_writes_none_down_for_them(people, leaves):
    leaves(people, "partner")
    page = people["leader"].browser
    one = Certificate.objects.get(number="证2")
    assert f'value="{one.account_id}"' in page.get("/cases/certificates").content.decode()
    typed = {"account": f"{one.account_id}", "valid_from": "2024-05-01", "valid_to": "2026-03-02"}
    assert page.post("/cases/certificates", typed | {"number": "证2"}).status_code == 303
    assert page.post("/cases/certificates", typed | {"number": "证22"}).status_code == 422
    one.refresh_from_db()
    assert (one.valid_to, one.holder) == (date(2026, 3, 2), "partner")
    assert one.kept_at == BEGINS
    assert not Certificate.objects.filter(number="证22").exists()
