from anlan.operations.people.models.account import Account
from anlan.operations.people.models.organisation import Organisation
from anlan.operations.people.models.record import AuditEntry, OutboxEvent, ReactionDone

__all__ = ["Account", "AuditEntry", "Organisation", "OutboxEvent", "ReactionDone"]
