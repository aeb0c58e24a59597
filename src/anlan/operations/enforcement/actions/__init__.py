from anlan.operations.enforcement.actions.certificates import (
    NewCertificate,
    end_certificate,
    keep_certificate,
    put_certificate,
)
from anlan.operations.enforcement.actions.dangers import hear_of_danger, remark_of
from anlan.operations.enforcement.actions.demo import load_demo_records
from anlan.operations.enforcement.actions.discretion import (
    NewRow,
    discretion_bytes,
    keep_discretion_file,
    put_row,
    take_discretion,
)
from anlan.operations.enforcement.actions.district import load_district_files, load_terms
from anlan.operations.enforcement.actions.exhibits import file_exhibit
from anlan.operations.enforcement.actions.files import MEDIA, exhibit_answer, paper_answer
from anlan.operations.enforcement.actions.handed import ask_for_case
from anlan.operations.enforcement.actions.open import NewCase, key_of, open_case, put_case
from anlan.operations.enforcement.actions.papers import correct_paper, paper_file
from anlan.operations.enforcement.actions.party import show_party
from anlan.operations.enforcement.actions.take import take_step
from anlan.operations.enforcement.actions.unasked import CASES_A_TURN, ask_for_forgotten_cases

__all__ = [
    "CASES_A_TURN", "MEDIA", "NewCase", "NewCertificate", "NewRow", "ask_for_case",
    "ask_for_forgotten_cases", "correct_paper", "discretion_bytes", "end_certificate",
    "exhibit_answer", "file_exhibit", "hear_of_danger", "keep_certificate", "keep_discretion_file",
    "key_of", "load_demo_records", "load_district_files", "load_terms", "open_case",
    "paper_answer", "paper_file", "put_case", "put_certificate", "put_row", "remark_of",
    "show_party", "take_discretion", "take_step",
]  # fmt: skip
