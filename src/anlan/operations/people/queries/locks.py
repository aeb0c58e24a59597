"""When a name that failed too often at its password may try again."""

from datetime import datetime, timedelta

from anlan.operations.people.queries.trail import trail
from anlan.vocabulary import clock

FAILURES = 5
WINDOW = timedelta(minutes=10)
LOCKED = timedelta(minutes=10)
FAILED = "people.login_failed"


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
