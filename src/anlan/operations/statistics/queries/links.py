"""The way from a figure to its very records: a register, filtered so that it shows as many."""

from collections.abc import Mapping
from datetime import date, timedelta
from urllib.parse import urlencode

from anlan.operations.checks.queries.figures import last_over
from anlan.operations.registers.queries import SINCE, UNTIL
from anlan.vocabulary.periods import Period

DANGERS, TASKS, CHECKS, CASES = "/dangers", "/checks/tasks", "/checks", "/cases"


def links(period: Period, today: date, kind: Mapping[str, str]) -> dict[str, str]:
    """For each figure of dangers on a line: where its records are. `kind`: the register's filters
    that the line stands for (area_code, sector, source, grade, enterprise)."""
    due = span("due_on", period.first, min(period.last, today)) | dict(kind)
    found = span("found_at", period.first, period.last) | dict(kind)
    closed = span("closed_on", period.first, period.last) | dict(kind)
    settled = span("settled_on", period.first, min(period.last, today)) | dict(kind)
    open_then = {"settled_on" + SINCE: f"{period.first}"} | dict(kind)
    given = {
        "found": found, "repeated": found | {"repeated": "yes"}, "due": due,
        "carried": {"due_on" + UNTIL: f"{period.first - timedelta(days=1)}"} | open_then,
        "to_close": {"due_on" + UNTIL: f"{min(period.last, today)}"} | open_then,
        "due_closed": settled, "in_time": settled | {"closing": "in_time"},
        "closed": closed | {"state": "CLOSED"}, "late": {"view": "late"} | dict(kind),
        "major": {"view": "late"} | dict(kind) | {"grade": "MAJOR"},
    }  # fmt: skip
    return {key: address(DANGERS, one) for key, one in given.items()}


def check_links(period: Period, today: date, kind: Mapping[str, str]) -> dict[str, str]:
    """The same for the figures of checks. `kind`: area_code, sector, cycle, enterprise."""
    due = span("due_on", period.first, last_over(period.last, today)) | dict(kind)
    made = span("performed_at", period.first, period.last) | dict(kind)
    in_cases = span("inspected_on", period.first, period.last) | {"visit": "own"} | dict(kind)
    given = {
        "owed": (TASKS, due), "done": (TASKS, due | {"kept": "done"}),
        "kept": (TASKS, due | {"kept": "in_time"}), "overdue": (TASKS, due | {"kept": "late"}),
        "missed": (TASKS, due | {"kept": "missed"}),
        "inspected": (CHECKS, {"view": "authority"} | made),
        "hits": (CHECKS, {"view": "found", "use": "enforcement"} | made),
        "in_cases": (CASES, in_cases), "case_hits": (CASES, in_cases | {"found": "yes"}),
    }  # fmt: skip
    return {key: address(*one) for key, one in given.items()}


def all_links(period: Period, today: date, kind: Mapping[str, str]) -> dict[str, str]:
    """Both, for a line whose kind has dangers and checks."""
    return links(period, today, kind) | check_links(period, today, kind)


def address(register: str, filters: Mapping[str, str]) -> str:
    """A register's list with filters; of all states, where they name no view."""
    return f"{register}?{urlencode({'view': ''} | dict(filters))}"


def span(key: str, first: date, last: date) -> dict[str, str]:
    return {key + SINCE: f"{first}", key + UNTIL: f"{last}"}
