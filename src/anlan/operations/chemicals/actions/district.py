"""The district's `chemicals.toml`: terms of storage and reminding, dated, with their source."""

from pathlib import Path

from anlan.operations.chemicals.models import ChemicalTerms
from anlan.operations.chemicals.queries.terms import terms_of
from anlan.operations.people.actions import Actor
from anlan.operations.registers.actions import load_figures


def load_terms(actor: Actor, folder: Path) -> int:
    """Load the terms; returns how many versions. Twice changes nothing."""
    return load_figures(actor, folder / "chemicals.toml", ChemicalTerms, terms_of)
