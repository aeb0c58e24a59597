import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from anlan.operations.people.actions.personal_data import seal_text
from anlan.operations.people.actions.record import Actor, act
from anlan.operations.people.events import AccountMoved
from anlan.operations.people.models import Account
from anlan.operations.people.rules import ROLES
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

OWN_ACCOUNT = N_("Nobody changes their own account: ask another security administrator.")
TEMPORARY_BYTES = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount:
    """A login to open: one role, one organisation, one territory (and sector, for a department)."""

    username: str
    password: str
    display_name: str
    role: str
    organisation_code: str
    area_code: str
    post: str = ""
    sector: str = ""
    phone: str = ""


def open_account(actor: Actor, new: NewAccount) -> int:
    """Open (or bring up to date) a login; returns its id. Raises `KeyError` for an unknown role."""
    return _open(actor, new, make_password(new.password))


def open_accounts(actor: Actor, several: Sequence[NewAccount]) -> None:
    """Open many. A password that several begin with is hashed once: it takes half a second, and a
    demonstration has one for all."""
    hashed = {password: make_password(password) for password in {one.password for one in several}}
    for new in several:
        _open(actor, new, hashed[new.password])


def _open(actor: Actor, new: NewAccount, hashed: str) -> int:
    ROLES[new.role]
    with act("people.open_account", actor) as this:
        known = Account.objects.filter(username=new.username)
        before = known.values_list("organisation_code", "role").first()
        account, _ = Account.objects.update_or_create(
            username=new.username,
            defaults={
                "display_name": new.display_name,
                "role": new.role,
                "post": new.post,
                "sector": new.sector,
                "organisation_code": new.organisation_code,
                "area_code": new.area_code,
                "phone_sealed": seal_text(new.phone),
                "is_staff": new.role == "system_admin",
                "password": hashed,
            },
        )
        this.on("account", account.pk, new.username)
        if before and before != (new.organisation_code, new.role):
            this.publish(AccountMoved(account_id=account.pk, left=before[0]))
    return account.pk


def close_account(actor: Actor, account_id: int) -> bool:
    """Close a login: its sessions end with their next request. False when it was closed."""
    return _set_open(actor, account_id, "people.close_account", False)


def reopen_account(actor: Actor, account_id: int) -> bool:
    """Open a closed login again, with the password it had. False when it was open."""
    return _set_open(actor, account_id, "people.reopen_account", True)


def unlock_account(actor: Actor, account_id: int) -> None:
    """Let a name that was locked by wrong passwords try again at once."""
    with act("people.unlock", actor) as this:
        account = _others(actor, account_id)
        this.on("login", account.get_username().casefold(), str(account))


def renew_password(actor: Actor, account_id: int) -> str:
    """Give a login a new temporary password; returned once, kept only as its hash."""
    with act("people.renew_password", actor) as this:
        account = _others(actor, account_id)
        this.on("login", account.get_username().casefold(), str(account))
        password = secrets.token_urlsafe(TEMPORARY_BYTES)
        account.set_password(password)
        account.save(update_fields=["password"])
    return password


def set_password(actor: Actor, account_id: int, password: str) -> None:
    """Give a login the password that its owner chose."""
    with act("people.change_password", actor) as this:
        account = Account.objects.select_for_update().get(pk=account_id)
        this.on("login", account.get_username().casefold(), str(account))
        account.set_password(password)
        account.save(update_fields=["password"])


def _set_open(actor: Actor, account_id: int, verb: str, is_open: bool) -> bool:
    with act(verb, actor) as this:
        account = _others(actor, account_id)
        this.on("account", account.pk, account.get_username())
        if account.is_active == is_open:
            this.detail = {"repeat": True}
            return False
        account.is_active = is_open
        account.save(update_fields=["is_active"])
    return True


def _others(actor: Actor, account_id: int) -> Account:
    """The account, held until the transaction ends; never the actor's own."""
    account = Account.objects.select_for_update().get(pk=account_id)
    if account.pk == actor.id:
        raise Refused(OWN_ACCOUNT)
    return account
