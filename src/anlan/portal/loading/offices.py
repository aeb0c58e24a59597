"""Organisations as dated data, and the logins that open the platform."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from anlan.operations.people.actions import (
    PLATFORM,
    NewAccount,
    NewOrganisation,
    load_organisations,
    open_accounts,
)
from anlan.operations.people.rules import ROLES
from anlan.portal.loading.folder import District


@dataclass(frozen=True, slots=True)
class Login:
    """One opened login, for the person who loads: the password is shown this once."""

    username: str
    display_name: str
    role: str
    password: str

    @property
    def role_word(self) -> str:
        return ROLES[self.role].word


def open_offices(district: District) -> int:
    """The dated tree of `organisations.toml`, a unit for every township; returns how many."""
    return load_organisations(PLATFORM, list(_organisations(district)))


def open_logins(district: District, *, demo: bool) -> list[Login]:
    """Every login of `accounts.toml` with the demo password; without `demo` only those that are
    always needed, each with a password of its own."""
    given: dict[str, Any] = district.toml("accounts.toml")
    accounts = []
    for entry in given["account"]:
        if demo or entry.get("always", False):
            password = given["demo"]["password"] if demo else secrets.token_urlsafe(12)
            fields = {key: value for key, value in entry.items() if key != "always"}
            accounts.append(NewAccount(password=password, **fields))
    open_accounts(PLATFORM, accounts)
    return [Login(one.username, one.display_name, one.role, one.password) for one in accounts]


def _organisations(district: District) -> Iterator[NewOrganisation]:
    given: dict[str, Any] = district.toml("organisations.toml")
    since: date = given["defaults"]["valid_from"]
    for entry in given["organisation"]:
        fields = {**given["defaults"], **entry}
        fields["duties"] = tuple(fields.get("duties", ()))
        yield NewOrganisation(**fields)
    for township in district.townships:
        run_by = township.admin_by and township.admin_since and township.admin_since > since
        common = {
            "code": township.code, "name": township.name, "kind": "township",
            "area_code": township.code, "parent_code": "government",
            "source": given["defaults"]["source"],
        }  # fmt: skip
        if run_by:
            yield NewOrganisation(**common, valid_from=since, valid_to=township.admin_since)
            yield NewOrganisation(
                **common, valid_from=township.admin_since or since, admin_by=township.admin_by
            )
        else:
            yield NewOrganisation(**common, valid_from=since, admin_by=township.admin_by)
