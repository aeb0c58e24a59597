"""A figure that a person types is written out, or it is none."""

from decimal import Decimal

import pytest

from anlan.vocabulary.figures import plain_decimal


@pytest.mark.parametrize("typed", ["12.50", "-3", "+0.5", ".5", "5.", " 7 "])
def test_a_written_figure_is_taken(typed: str) -> None:
    assert plain_decimal(typed) == Decimal(typed.strip())


@pytest.mark.parametrize(
    "typed", ["", ".", "1e5", "1e2000000000", "NaN", "inf", "1_000", "٣", "²", "9" * 41, "1 2"]
)
def test_anything_else_is_no_figure(typed: str) -> None:
    with pytest.raises(ValueError, match="no figure"):
        plain_decimal(typed)
