"""The district's `insurance.toml`: who must be insured, dated, with its source."""

from pathlib import Path

from anlan.operations.insurance.models import InsuranceTerms
from anlan.operations.insurance.queries.terms import terms_of
from anlan.operations.people.actions import Actor
from anlan.operations.registers.actions import load_figures


def load_terms(actor: Actor, folder: Path) -> int:
    """Load the terms; returns how many versions. Twice changes nothing."""
    return load_figures(actor, folder / "insurance.toml", InsuranceTerms, terms_of)
