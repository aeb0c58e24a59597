from anlan.operations.enforcement.actions.certificates import NewCertificate, keep_certificate
from anlan.operations.enforcement.actions.demo import load_demo_records
from anlan.operations.enforcement.actions.district import load_district_files
from anlan.operations.enforcement.actions.open import NewCase, open_case
from anlan.operations.enforcement.actions.papers import correct_paper, paper_file
from anlan.operations.enforcement.actions.party import show_party
from anlan.operations.enforcement.actions.take import take_step

__all__ = [
    "NewCase", "NewCertificate", "correct_paper", "keep_certificate", "load_demo_records",
    "load_district_files", "open_case", "paper_file", "show_party", "take_step",
]  # fmt: skip
