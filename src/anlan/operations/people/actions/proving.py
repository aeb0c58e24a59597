"""Whoever logs in, or puts a hand to something that cannot be taken back, proves who they are."""

from datetime import timedelta

from anlan.operations.people.actions.record import Actor, act
from anlan.operations.people.models import Account
from anlan.operations.people.queries.locks import FAILED, locked_until
from anlan.vocabulary.clock import CHINA
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

LOCKED_OUT = N_("Five wrong passwords. Try again after %(at)s, or ask the security administrator.")
NOT_PROVEN = N_("The password is wrong. Nothing was done.")
NOT_ASKED = N_("Enter your own password once more. Nothing was done.")


def refuse_locked(username: str) -> None:
    """Raise `Refused` while a name is locked."""
    until = locked_until(username)
    if until is not None:
        later = (until + timedelta(seconds=59)).astimezone(CHINA)
        raise Refused(LOCKED_OUT, at=f"{later:%H:%M}")


def remember_failure(username: str, label: str, address: str) -> None:
    """A wrong password counts, wherever it was typed."""
    with act(FAILED, Actor(None, label or "-", "", address)) as this:
        this.on("login", username.casefold(), label)


def prove(account: Account, password: str, address: str = "") -> None:
    """Ask for the account's own password once more; leaves an audit row.

    Raises `Refused` for none, for a wrong one (it counts like one at the login) and while the
    name is locked.
    """
    name = account.get_username()
    refuse_locked(name)
    if not password:
        raise Refused(NOT_ASKED)
    if not account.check_password(password):
        remember_failure(name, str(account), address)
        refuse_locked(name)
        raise Refused(NOT_PROVEN)
    with act("people.prove", Actor(account.pk, str(account), account.role, address)) as this:
        this.on("login", name.casefold(), str(account))
