from anlan.operations.alerts.models.alert import Alert, AlertArea, Publication, Signature
from anlan.operations.alerts.models.following import Escalation, MunicipalSubmission

__all__ = [
    "Alert",
    "AlertArea",
    "Escalation",
    "MunicipalSubmission",
    "Publication",
    "Signature",
]
