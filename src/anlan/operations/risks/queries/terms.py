"""By which terms the district rates, on a day."""

from dataclasses import replace
from datetime import date

from anlan.operations.risks.models import RatingTerms
from anlan.operations.risks.rules.rating import Terms


def terms_on(day: date) -> tuple[Terms, int | None]:
    """The terms in force and their id; None where the district has set none."""
    row = RatingTerms.on(day)
    return (terms_of(row), row.pk) if row else (Terms(causes={}), None)


def terms_of(row: RatingTerms) -> Terms:
    terms = Terms(**row.values)
    red, orange, yellow = terms.bands
    d_red, d_orange, d_yellow = terms.lec_bands
    return replace(
        terms, bands=(red, orange, yellow), lec_bands=(d_red, d_orange, d_yellow),
        source=row.source,
    )  # fmt: skip
