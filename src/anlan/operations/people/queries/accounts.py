"""The accounts as the security administrator sees them: their role, open, closed or locked."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from anlan.operations.people.models import Account, AuditEntry, Organisation
from anlan.operations.people.queries.locks import FAILED, FAILURES, locked_until

OPEN, CLOSED, LOCKED = "open", "closed", "locked"
MOST = 500


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One login. `state`: open, closed, or locked by wrong passwords until `locked_until`."""

    id: int
    username: str
    name: str
    role: str
    post: str
    organisation: str
    area_code: str
    last_login: datetime | None
    state: str
    locked_until: datetime | None


def accounts(*, role: str = "", text: str = "") -> list[AccountRow]:
    """Accounts by name, at most `MOST`. 3 queries, and 1 for each name that failed often."""
    found = Account.objects.order_by("username")
    if role:
        found = found.filter(role=role)
    if text:
        found = found.filter(Q(username__icontains=text) | Q(display_name__icontains=text))
    names = dict(Organisation.objects.values_list("code", "name"))
    tried = _tried()
    return [_row(one, names, tried) for one in found[:MOST]]


def _tried() -> set[str]:
    """Names with enough wrong passwords on the trail to be locked at all."""
    newest = AuditEntry.objects.filter(verb=FAILED).order_by("-id").values_list("subject_id")
    seen = [name for (name,) in newest[: MOST * FAILURES]]
    return {name for name in set(seen) if seen.count(name) >= FAILURES}


def _row(one: Account, names: dict[str, str], tried: set[str]) -> AccountRow:
    until = locked_until(one.username) if one.username.casefold() in tried else None
    state = CLOSED if not one.is_active else LOCKED if until else OPEN
    return AccountRow(
        one.pk, one.username, str(one), one.role, one.post,
        names.get(one.organisation_code, one.organisation_code), one.area_code, one.last_login,
        state, until,
    )  # fmt: skip
