"""CAP 1.2, the Common Alerting Protocol: build an alert, `check` it, `encode` it; `parse` one."""

from anlan.protocols.cap.alert import (
    SEVERITY,
    CapAlert,
    CapArea,
    CapInfo,
    CapResource,
    Category,
    Certainty,
    Circle,
    MsgType,
    Reference,
    ResponseType,
    Scope,
    Severity,
    Status,
    Urgency,
)
from anlan.protocols.cap.document import NAMESPACE, BadCap, encode, parse, time_text
from anlan.protocols.cap.rules import Breach, check

__all__ = [
    "NAMESPACE",
    "SEVERITY",
    "BadCap",
    "Breach",
    "CapAlert",
    "CapArea",
    "CapInfo",
    "CapResource",
    "Category",
    "Certainty",
    "Circle",
    "MsgType",
    "Reference",
    "ResponseType",
    "Scope",
    "Severity",
    "Status",
    "Urgency",
    "check",
    "encode",
    "parse",
    "time_text",
]
