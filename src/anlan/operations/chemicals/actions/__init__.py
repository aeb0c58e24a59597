from anlan.operations.chemicals.actions.books import Book
from anlan.operations.chemicals.actions.chain import HOLDING
from anlan.operations.chemicals.actions.demo import load_demo_records
from anlan.operations.chemicals.actions.district import load_terms
from anlan.operations.chemicals.actions.due import ask_for, follow_state, let_go_of_closed
from anlan.operations.chemicals.actions.illegal import (
    Mark,
    correct_mark,
    mark_danger,
    put_mark,
    report_activity,
    withdraw_mark,
)
from anlan.operations.chemicals.actions.keep import Owner, correct, enter, put, withdraw
from anlan.operations.chemicals.actions.pipelines import (
    PIPELINE,
    SECTION,
    Seen,
    register_encroachment,
)
from anlan.operations.chemicals.actions.wastes import MOVEMENT, WASTE, last_day

__all__ = [
    "HOLDING", "MOVEMENT", "PIPELINE", "SECTION", "WASTE", "Book", "Mark", "Owner", "Seen",
    "ask_for", "correct", "correct_mark", "enter", "follow_state", "last_day", "let_go_of_closed",
    "load_demo_records", "load_terms", "mark_danger", "put", "put_mark", "register_encroachment",
    "report_activity", "withdraw", "withdraw_mark",
]  # fmt: skip
