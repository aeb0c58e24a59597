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

__all__ = [
    "ClaimCode", "Counter", "Danger", "DangerPhoto", "DangerStep", "Enterprise",
    "EnterpriseFile", "EnterpriseVersion", "HandlingTerms", "Membership", "Supervision",
]  # fmt: skip
