from anlan.operations.chemicals.actions.books import Book
from anlan.operations.chemicals.actions.chain import HOLDING
from anlan.operations.chemicals.actions.demo import load_demo_records
from anlan.operations.chemicals.actions.district import load_district_files
from anlan.operations.chemicals.actions.due import ask_for
from anlan.operations.chemicals.actions.keep import Owner, correct, enter, put, withdraw
from anlan.operations.chemicals.actions.pipelines import (
    PIPELINE,
    SECTION,
    Seen,
    register_encroachment,
)
from anlan.operations.chemicals.actions.wastes import MOVEMENT, WASTE, last_day

__all__ = [
    "HOLDING", "MOVEMENT", "PIPELINE", "SECTION", "WASTE", "Book", "Owner", "Seen", "ask_for",
    "correct", "enter", "last_day", "load_demo_records", "load_district_files", "put",
    "register_encroachment", "withdraw",
]  # fmt: skip
