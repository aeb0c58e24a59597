from anlan.operations.chemicals.models.holding import Holding
from anlan.operations.chemicals.models.illegal import IllegalActivity
from anlan.operations.chemicals.models.pipeline import Encroachment, Pipeline, Section
from anlan.operations.chemicals.models.record import ChemicalTerms, Record, RecordVersion
from anlan.operations.chemicals.models.waste import Movement, Waste

__all__ = [
    "ChemicalTerms", "Encroachment", "Holding", "IllegalActivity", "Movement", "Pipeline",
    "Record", "RecordVersion", "Section", "Waste",
]  # fmt: skip
