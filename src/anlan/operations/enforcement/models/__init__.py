from anlan.operations.enforcement.models.case import (
    Appeal,
    Case,
    CaseDanger,
    CaseOfficer,
    CaseStep,
    Payment,
)
from anlan.operations.enforcement.models.exhibit import Exhibit
from anlan.operations.enforcement.models.office import (
    Certificate,
    DiscretionFile,
    DiscretionRow,
    EnforcementUnit,
    LegalTerm,
)
from anlan.operations.enforcement.models.paper import Paper, PaperCounter, PaperFile, Publication

__all__ = [
    "Appeal", "Case", "CaseDanger", "CaseOfficer", "CaseStep", "Certificate",
    "DiscretionFile", "DiscretionRow", "EnforcementUnit", "Exhibit",
    "LegalTerm", "Paper", "PaperCounter", "PaperFile", "Payment", "Publication",
]  # fmt: skip
