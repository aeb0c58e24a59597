"""The district's terms of insurance on a day."""

from datetime import date
from typing import Any

from anlan.operations.insurance.models import InsuranceTerms
from anlan.operations.insurance.rules.terms import Terms, Trade
from anlan.operations.insurance.rules.words import SERVICE_WORDS


def terms_of(source: str, figures: dict[str, Any]) -> Terms:
    """Figures as the district's file has them; raises `KeyError`, `TypeError`, `ValueError`."""
    given = dict(figures)
    trades = [_trade(dict(one)) for one in given.pop("trade")]
    qualified = frozenset(given.pop("qualified"))
    if not qualified <= set(SERVICE_WORDS):
        raise ValueError(f"no such services: {sorted(qualified - set(SERVICE_WORDS))}")
    return Terms(trades=trades, qualified=qualified, source=source, **given)


def _trade(given: dict[str, Any]) -> Trade:
    return Trade(
        name=str(given.pop("name")), sectors=frozenset(given.pop("sectors", ())),
        traits=frozenset(given.pop("traits", ())), codes=tuple(given.pop("codes", ())), **given,
    )  # fmt: skip


def terms_in_force(day: date) -> Terms | None:
    """None where the district has loaded none: then nobody is known to have to be insured."""
    row = InsuranceTerms.on(day)
    return terms_of(row.source, row.figures) if row else None
