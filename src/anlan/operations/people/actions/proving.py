"""Whoever logs in, or puts a hand to something that cannot be taken back, proves who they are."""

from datetime import datetime, timedelta

from anlan.operations.people.actions.record import Actor, act
from anlan.operations.people.models import Account
from anlan.operations.people.queries.trail import trail
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

FAILURES = 5
WINDOW = timedelta(minutes=10)
LOCKED = timedelta(minutes=10)
FAILED = "people.login_failed"

LOCKED_OUT = N_("Five wrong passwords. Try again after %(at)s, or ask the security administrator.")
NOT_PROVEN = N_("The password is wrong. Nothing was sent.")
NOT_ASKED = N_("Enter your own password: this goes out for real. Nothing was sent.")


def locked_until(username: str) -> datetime | None:
    """When a name that failed too often may try again; None when it may now."""
    failures = []
    for row in trail("login", username.casefold(), limit=FAILURES):
        if row.verb != FAILED:
            break
        failures.append(row.at)
    if len(failures) < FAILURES or failures[0] - failures[-1] > WINDOW:
        return None
    until = failures[0] + LOCKED
    return until if until > clock.now() else None


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
