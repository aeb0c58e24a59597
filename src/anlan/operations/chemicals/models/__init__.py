from anlan.operations.chemicals.models.record import ChemicalTerms, Record, RecordVersion
from anlan.operations.chemicals.models.waste import Movement, Waste

__all__ = ["ChemicalTerms", "Movement", "Record", "RecordVersion", "Waste"]
