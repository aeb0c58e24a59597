"""The district's terms for accidents on a day."""

from datetime import date
from typing import Any

from anlan.operations.accidents.models import AccidentTerms
from anlan.operations.accidents.rules.terms import Terms

ENTER_HOURS = 24  # where the district has loaded none: the statistics of accidents of 2020


def terms_of(source: str, figures: dict[str, Any]) -> Terms:
    """Figures as the district's file has them; raises `TypeError`."""
    return Terms(**figures, source=source)


def terms_in_force(day: date) -> Terms:
    row = AccidentTerms.on(day)
    if row is None:
        return Terms(enter_hours=ENTER_HOURS, source="")
    return terms_of(row.source, row.figures)
