"""Who may be called, and what units are called."""

from anlan.operations.people.queries import organisations

CALLED = ("department", "bureau")


def departments() -> dict[str, str]:
    """The departments of the district that a street may call, the emergency bureau among them;
    name by organisation code."""
    return {one.code: one.name for one in organisations() if one.kind in CALLED}


def units() -> tuple[dict[str, str], dict[str, str]]:
    """Departments as `departments`, and the streets, towns and zones; one query."""
    rows = organisations()
    return (
        {one.code: one.name for one in rows if one.kind in CALLED},
        {one.code: one.name for one in rows if one.kind in ("township", "zone")},
    )
