"""A report to the hotline 12350 举报 as a table, `domain.md` 3.3: which verb, from where, by whom.

Who-lines are defaults of the rule book [pv].
"""

from enum import StrEnum

from anlan.vocabulary.transitions import Step, Table
from anlan.vocabulary.words import N_, NP_


class State(StrEnum):
    RECEIVED = "RECEIVED"
    ACCEPTED = "ACCEPTED"
    REJECTED = "REJECTED"
    REFERRED = "REFERRED"
    MERGED = "MERGED"
    VERIFYING = "VERIFYING"
    VERIFIED = "VERIFIED"
    HANDLED = "HANDLED"
    REPLIED = "REPLIED"
    REWARD_PROPOSED = "REWARD_PROPOSED"
    APPROVED = "APPROVED"
    NOTIFIED = "NOTIFIED"
    PAID = "PAID"
    FORFEITED = "FORFEITED"
    CLOSED = "CLOSED"


class Channel(StrEnum):
    PHONE = "phone"
    WEB = "web"
    QR = "qr"
    PLATFORM = "platform"


class Kind(StrEnum):
    """What is reported. The first two, where true, become a hidden danger.

    A natural hazard's sign has a form, verifiers and a table of rewards of its own.
    """

    DANGER = "danger"
    ILLEGAL = "illegal"
    CONCEALED = "concealed"
    HAZARD = "hazard"
    OTHER = "other"


class Verdict(StrEnum):
    TRUE = "TRUE"
    PARTLY = "PARTLY"
    FALSE = "FALSE"
    UNCLEAR = "UNCLEAR"


VIEW, RECEIVE, DECIDE = "hotline.view", "hotline.receive", "hotline.decide"
VERIFY = "hotline.verify"
IDENTITY, APPROVE, PAY = "hotline.identity", "hotline.approve", "hotline.pay"
HOTLINE = frozenset({VIEW, RECEIVE, DECIDE, VERIFY, IDENTITY, APPROVE, PAY})

# Its deadline ends with the reply to the informant, not with what was done about it.
UNANSWERED = (State.ACCEPTED, State.VERIFYING, State.VERIFIED, State.HANDLED)
# While these last, two named handlers deal with the informant.
HANDLED_BY_TWO = (
    State.ACCEPTED, State.VERIFYING, State.VERIFIED, State.HANDLED, State.REPLIED,
    State.REWARD_PROPOSED, State.APPROVED, State.NOTIFIED,
)  # fmt: skip
# Whose name is withdrawn on their word: as long as two handlers are named, also when all is over.
KNOWN_TO_TWO = (*HANDLED_BY_TWO, State.PAID, State.FORFEITED, State.CLOSED)
TIP = Table(
    [
        Step("accept", (State.RECEIVED,), State.ACCEPTED, DECIDE),
        Step("reject", (State.RECEIVED,), State.REJECTED, DECIDE),
        Step("refer", (State.RECEIVED,), State.REFERRED, DECIDE),
        Step("merge", (State.RECEIVED, State.ACCEPTED, State.VERIFYING), State.MERGED, RECEIVE),
        Step("begin", (State.ACCEPTED,), State.VERIFYING, VERIFY),
        Step("verify", (State.VERIFYING,), State.VERIFIED, VERIFY),
        Step("give more time", (State.ACCEPTED, State.VERIFYING, State.VERIFIED), "", DECIDE),
        Step("tell of more time", HANDLED_BY_TWO, "", IDENTITY),
        Step("handle", (State.VERIFIED,), State.HANDLED, VERIFY),
        Step("reply", (State.HANDLED,), State.REPLIED, IDENTITY),
        Step("propose reward", (State.REPLIED,), State.REWARD_PROPOSED, IDENTITY),
        Step("send back reward", (State.REWARD_PROPOSED,), State.REPLIED, APPROVE),
        Step("approve reward", (State.REWARD_PROPOSED,), State.APPROVED, APPROVE),
        Step("withdraw reward", (State.APPROVED, State.NOTIFIED), State.REPLIED, APPROVE),
        Step("notify", (State.APPROVED,), State.NOTIFIED, IDENTITY),
        Step("claim", (State.NOTIFIED,), "", IDENTITY),
        Step("name handlers", HANDLED_BY_TWO, "", DECIDE),
        Step("withdraw name", KNOWN_TO_TWO, "", IDENTITY),
        Step("pay", (State.NOTIFIED,), State.PAID, PAY),
        Step("forfeit", (State.NOTIFIED,), State.FORFEITED, IDENTITY),
        Step("close", (State.REJECTED, State.REFERRED, State.REPLIED, State.PAID,
                       State.FORFEITED), State.CLOSED, RECEIVE),
    ]
)  # fmt: skip
ENDED = (State.CLOSED, State.MERGED)

STATE_WORDS = {
    State.RECEIVED: NP_("tip state", "Waits to be decided"),
    State.ACCEPTED: NP_("tip state", "Accepted"),
    State.REJECTED: NP_("tip state", "Not accepted"),
    State.REFERRED: NP_("tip state", "Referred"),
    State.MERGED: NP_("tip state", "Merged"),
    State.VERIFYING: NP_("tip state", "In verification"),
    State.VERIFIED: NP_("tip state", "Verified"),
    State.HANDLED: NP_("tip state", "Handled"),
    State.REPLIED: NP_("tip state", "Replied"),
    State.REWARD_PROPOSED: NP_("tip state", "Reward proposed"),
    State.APPROVED: NP_("tip state", "Reward approved"),
    State.NOTIFIED: NP_("tip state", "Reward waits to be claimed"),
    State.PAID: NP_("tip state", "Reward paid"),
    State.FORFEITED: NP_("tip state", "Reward lapsed"),
    State.CLOSED: NP_("tip state", "Closed"),
}
# What a pill of the state says of the work (`ui.md` 3).
STATE_PILLS = {
    State.RECEIVED: "wait", State.ACCEPTED: "wait", State.REJECTED: "stop",
    State.REFERRED: "stop", State.MERGED: "done", State.VERIFYING: "doing",
    State.VERIFIED: "doing", State.HANDLED: "doing", State.REPLIED: "doing",
    State.REWARD_PROPOSED: "wait", State.APPROVED: "wait", State.NOTIFIED: "wait",
    State.PAID: "doing", State.FORFEITED: "stop", State.CLOSED: "done",
}  # fmt: skip
# What the public is told of a state: nothing of the matter, nothing of who.
PUBLIC_WORDS = {
    State.RECEIVED: N_("Received. Whether it is accepted is decided now."),
    State.ACCEPTED: N_("Accepted. It will be verified."),
    State.REJECTED: N_("Not accepted: it is not for the work safety hotline, or says too little."),
    State.REFERRED: N_("Referred to the unit that it belongs to."),
    State.MERGED: N_("The same was reported before; it is handled with the earlier report."),
    State.VERIFYING: N_("It is being verified."),
    State.VERIFIED: N_("Verified. What follows from it is being done."),
    State.HANDLED: N_("Handled. The reply is being written."),
    State.REPLIED: N_("Replied."),
    State.REWARD_PROPOSED: N_("Replied. A reward is being examined."),
    State.APPROVED: N_("Replied. A reward is being examined."),
    State.NOTIFIED: N_("A reward is granted: call 12350 with this code to claim it."),
    State.PAID: N_("The reward is paid."),
    State.FORFEITED: N_("The time to claim the reward is over."),
    State.CLOSED: N_("Closed."),
}
CHANNEL_WORDS = {
    Channel.PHONE: NP_("tip channel", "Telephone"),
    Channel.WEB: NP_("tip channel", "Web form"),
    Channel.QR: NP_("tip channel", "QR code"),
    Channel.PLATFORM: NP_("tip channel", "Another platform"),
}
KIND_WORDS = {
    Kind.DANGER: NP_("tip kind", "Major hidden danger"),
    Kind.ILLEGAL: NP_("tip kind", "Illegal production or operation"),
    Kind.CONCEALED: NP_("tip kind", "Accident concealed or misreported"),
    Kind.HAZARD: NP_("tip kind", "Sign of a natural hazard"),
    Kind.OTHER: NP_("tip kind", "Other"),
}
VERDICT_WORDS = {
    Verdict.TRUE: NP_("verdict", "True"),
    Verdict.PARTLY: NP_("verdict", "Partly true"),
    Verdict.FALSE: NP_("verdict", "Not true"),
    Verdict.UNCLEAR: NP_("verdict", "Cannot be established"),
}
VERB_WORDS = {
    "receive": NP_("tip verb", "received"),
    "accept": NP_("tip verb", "accepted"),
    "reject": NP_("tip verb", "did not accept"),
    "refer": NP_("tip verb", "referred"),
    "merge": NP_("tip verb", "merged"),
    "begin": NP_("tip verb", "began to verify"),
    "verify": NP_("tip verb", "verified"),
    "give more time": NP_("tip verb", "gave more time"),
    "tell of more time": NP_("tip verb", "told the informant of more time"),
    "handle": NP_("tip verb", "handled"),
    "reply": NP_("tip verb", "replied"),
    "propose reward": NP_("tip verb", "proposed a reward"),
    "claim": NP_("tip verb", "wrote down that the reward was claimed"),
    "name handlers": NP_("tip verb", "named other handlers"),
    "withdraw name": NP_("tip verb", "took the informant's name out, on the informant's word"),
    "withdraw name by code": NP_("tip verb", "took the name out: the informant withdrew it"),
    "correct informant": NP_("tip verb", "corrected who reported, on the informant's word"),
    "amend": NP_("tip verb", "took the platform's new wording"),
    "send back reward": NP_("tip verb", "sent the reward back"),
    "withdraw reward": NP_("tip verb", "withdrew the reward"),
    "unfounded": NP_("tip verb", "heard that the decision behind the reward stands no more"),
    "approve reward": NP_("tip verb", "approved the reward"),
    "notify": NP_("tip verb", "told the informant of the reward"),
    "pay": NP_("tip verb", "paid the reward"),
    "forfeit": NP_("tip verb", "let the reward lapse"),
    "close": NP_("tip verb", "closed"),
}
