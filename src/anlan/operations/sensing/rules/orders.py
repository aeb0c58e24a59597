"""An order to a device: its life, and how long it may wait for a device that sleeps."""

from enum import StrEnum

from anlan.vocabulary.readings import Outcome
from anlan.vocabulary.transitions import Step, Table
from anlan.vocabulary.words import NP_, Term


class OrderState(StrEnum):
    QUEUED = "queued"
    SENT = "sent"
    ANSWERED = "answered"
    REFUSED = "refused"
    EXPIRED = "expired"
    UNSUPPORTED = "unsupported"


OPEN_ORDERS = (OrderState.QUEUED, OrderState.SENT)
# The recorder may learn of the sending after the answer, and of both after the time is over.
_UNANSWERED = (*OPEN_ORDERS, OrderState.EXPIRED)
ORDER = Table(
    [
        Step(Outcome.SENT, (OrderState.QUEUED,), OrderState.SENT),
        Step(Outcome.OK, _UNANSWERED, OrderState.ANSWERED),
        Step(Outcome.REFUSED, _UNANSWERED, OrderState.REFUSED),
        Step(Outcome.UNSUPPORTED, _UNANSWERED, OrderState.UNSUPPORTED),
        Step("expire", OPEN_ORDERS, OrderState.EXPIRED),
    ]
)
ORDER_WORDS: dict[str, Term] = {
    OrderState.QUEUED: NP_("order state", "Waits for the device"),
    OrderState.SENT: NP_("order state", "Sent"),
    OrderState.ANSWERED: NP_("order state", "Carried out"),
    OrderState.REFUSED: NP_("order state", "Refused"),
    OrderState.EXPIRED: NP_("order state", "No answer in time"),
    OrderState.UNSUPPORTED: NP_("order state", "Not possible for this device"),
}
ORDER_PILLS: dict[str, str] = {
    OrderState.QUEUED: "wait",
    OrderState.SENT: "doing",
    OrderState.ANSWERED: "done",
    OrderState.REFUSED: "stop",
    OrderState.EXPIRED: "stop",
    OrderState.UNSUPPORTED: "stop",
}
# Protocols whose devices keep a way down open, or open one whenever they report.
ORDERABLE = frozenset({"sl651", "hj212", "mqtt", "jt808", "gb26875"})
_SLEEPS_INTERVALS = 2
_AT_LEAST_S = 900.0


def lives_s(interval_s: int) -> float:
    """How long an order may wait, seconds: a device that sleeps speaks once an interval [pv]."""
    return _AT_LEAST_S + _SLEEPS_INTERVALS * float(interval_s)
