"""An indicator of a year that is over, where its records name their day."""

from datetime import date, datetime
from types import SimpleNamespace

import pytest
from tests.operations.assessment.test_indicators import HERE, book

from anlan.operations.assessment.queries.indicators import indicator_on
from anlan.vocabulary.clock import CHINA

__all__ = ["book"]


@pytest.mark.django_db
def test_k14_of_a_year_that_is_over_counts_the_forecasts_of_its_days(book, monkeypatch):
    """One each of the last minutes of 2024 and 2025, and of the first of 2025 and 2026."""
    checks = [(datetime(2024, 12, 31, 23, 59, tzinfo=CHINA), True),
              (datetime(2025, 1, 1, tzinfo=CHINA), True),
              (datetime(2025, 12, 31, 23, 59, tzinfo=CHINA), False),
              (datetime(2026, 1, 1, tzinfo=CHINA), True)]  # fmt: skip

    def accuracy(since, until):
        said = [ok for at, ok in checks if since <= at and (until is None or at < until)]
        return SimpleNamespace(qualified=sum(said), total=len(said), run_ids=())

    monkeypatch.setattr(f"{HERE}.accuracy", accuracy)
    row = indicator_on("K-14", date(2025, 12, 31))
    assert (row.value, row.numerator, row.denominator) == (50, 1, 2)
