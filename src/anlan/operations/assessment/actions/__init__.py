from anlan.operations.assessment.actions.cards import end_objection, open_year, take_step
from anlan.operations.assessment.actions.demo import load_demo_records
from anlan.operations.assessment.actions.district import load_terms
from anlan.operations.assessment.actions.papers import add_paper

__all__ = [
    "add_paper", "end_objection", "load_demo_records", "load_terms", "open_year", "take_step",
]  # fmt: skip
