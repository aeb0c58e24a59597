from anlan.operations.insurance.models.policy import (
    InsuranceTerms,
    Policy,
    PolicyDocument,
    PolicyVersion,
)
from anlan.operations.insurance.models.service import (
    Engagement,
    EngagementStep,
    Provider,
    ProviderStep,
    Rating,
)

__all__ = [
    "Engagement", "EngagementStep", "InsuranceTerms", "Policy", "PolicyDocument", "PolicyVersion",
    "Provider", "ProviderStep", "Rating",
]  # fmt: skip
