"""The way from a figure to its very records: the register, filtered so that it shows as many."""

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from anlan.operations.registers.queries import SINCE, UNTIL
from anlan.operations.statistics.rules.periods import Period

REGISTER = "/dangers"


def links(period: Period, today: date, kind: Mapping[str, str]) -> dict[str, str]:
    """For each figure of a line: where its records are. `kind`: the register's filters that the
    line stands for (area_code, sector, source, grade)."""
    due = _span("due_on", period.first, min(period.last, today)) | dict(kind)
    found = _span("found_at", period.first, period.last) | dict(kind)
    closed = _span("closed_on", period.first, period.last) | dict(kind)
    given = {
        "found": found, "repeated": found | {"repeated": "yes"}, "due": due,
        "due_closed": due | {"state": "CLOSED"}, "in_time": due | {"closing": "in_time"},
        "closed": closed | {"state": "CLOSED"}, "late": {"view": "late"} | dict(kind),
        "major": {"view": "late"} | dict(kind) | {"grade": "MAJOR"},
    }  # fmt: skip
    # Asked for all states: without a view the register shows the open ones.
    return {key: f"{REGISTER}?{urlencode({'view': ''} | one)}" for key, one in given.items()}


def _span(key: str, first: date, last: date) -> dict[str, str]:
    return {key + SINCE: f"{first}", key + UNTIL: f"{last}"}
