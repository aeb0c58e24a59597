"""The district's terms for chemicals on a day."""

from datetime import date
from typing import Any

from anlan.operations.chemicals.models import ChemicalTerms
from anlan.operations.chemicals.rules.terms import Terms

# Where the district has loaded none: a year, as the law on solid waste says, and a month before.
STOCK_DAYS, REMIND_DAYS = 365, 30


def terms_of(source: str, figures: dict[str, Any]) -> Terms:
    """Figures as the district's file has them; raises `TypeError`."""
    return Terms(**figures, source=source)


def terms_in_force(day: date) -> Terms:
    row = ChemicalTerms.on(day)
    if row is None:
        return Terms(stock_days=STOCK_DAYS, remind_days=REMIND_DAYS, source="")
    return terms_of(row.source, row.figures)
