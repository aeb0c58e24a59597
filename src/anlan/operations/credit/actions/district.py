"""The district's `credit.toml`: terms and points, dated, with their source."""

from pathlib import Path

from anlan.operations.credit.models import CreditTerms
from anlan.operations.credit.queries import terms_of
from anlan.operations.people.actions import Actor
from anlan.operations.registers.actions import load_figures


def load_terms(actor: Actor, folder: Path) -> int:
    """Load the terms; returns how many versions. Twice changes nothing."""
    return load_figures(actor, folder / "credit.toml", CreditTerms, terms_of)
