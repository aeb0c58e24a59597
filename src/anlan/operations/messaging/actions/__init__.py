from anlan.operations.messaging.actions.answers import (
    Answered,
    acknowledge,
    call_recorded,
    mark_read,
    record_answers,
)
from anlan.operations.messaging.actions.deliver import deliver_queued
from anlan.operations.messaging.actions.send import (
    Addressee,
    NewMailing,
    close_mailing,
    send_mailing,
)

__all__ = [
    "Addressee",
    "Answered",
    "NewMailing",
    "acknowledge",
    "call_recorded",
    "close_mailing",
    "deliver_queued",
    "mark_read",
    "record_answers",
    "send_mailing",
]
