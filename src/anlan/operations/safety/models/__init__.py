from anlan.operations.safety.models.danger import (
    Counter,
    Danger,
    DangerPhoto,
    DangerStep,
    Supervision,
)
from anlan.operations.safety.models.enterprise import (
    ClaimCode,
    Enterprise,
    EnterpriseFile,
    EnterpriseVersion,
    Membership,
)
from anlan.operations.safety.models.terms import HandlingTerms
from anlan.operations.safety.models.words import WordBlock

__all__ = [
    "ClaimCode", "Counter", "Danger", "DangerPhoto", "DangerStep", "Enterprise",
    "EnterpriseFile", "EnterpriseVersion", "HandlingTerms", "Membership", "Supervision",
    "WordBlock",
]  # fmt: skip
