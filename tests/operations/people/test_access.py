"""Deny by default: what a role does not hold, nobody gets."""

import pytest

from anlan.operations.people.actions import PLATFORM, NewAccount, open_account, seal_text
from anlan.operations.people.actions.personal_data import unseal_text
from anlan.operations.people.models import Account
from anlan.operations.people.queries import NOBODY, scope_of
from anlan.operations.people.rules import ROLES

pytestmark = pytest.mark.django_db


def account(role="township", area_code="500106004"):
    pk = open_account(
        PLATFORM,
        NewAccount(
            username=role, password="a long demo password", display_name=role, role=role,
            organisation_code="x", area_code=area_code, phone="13800002207",
        ),
    )  # fmt: skip
    return Account.objects.get(pk=pk)


def test_an_unknown_role_opens_no_account():
    with pytest.raises(KeyError):
        account(role="emperor")


def test_nobody_sees_nothing():
    assert NOBODY.area_prefix is None
    assert not NOBODY.may("duty.desk")


def test_an_account_that_was_closed_sees_nothing():
    closed = account()
    closed.is_active = False
    assert scope_of(closed) == NOBODY


def test_a_township_reaches_its_own_territory():
    scope = scope_of(account())
    assert scope.area_prefix == "500106004"
    assert not scope.may("alerts.sign")


@pytest.mark.parametrize("role", ["security_admin", "audit_admin", "system_admin"])
def test_the_three_administrators_see_no_business_rows(role):
    scope = scope_of(account(role=role, area_code="500106"))
    assert scope.area_prefix is None


def test_system_security_and_audit_powers_are_apart():
    held = [ROLES[r].rights for r in ("security_admin", "audit_admin", "system_admin")]
    assert all(not a & b for i, a in enumerate(held) for b in held[i + 1 :])


def test_a_phone_number_is_unreadable_in_the_database():
    stored = bytes(Account.objects.get(pk=account().pk).phone_sealed)
    assert b"13800002207" not in stored
    assert unseal_text(stored) == "13800002207"


def test_sealing_the_same_text_twice_gives_different_bytes():
    assert seal_text("13800002207") != seal_text("13800002207")
