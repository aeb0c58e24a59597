"""What each step of a case must be told; read by pages, by the interface and by the papers."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from anlan.operations.enforcement.rules.penalties import OTHER_WORDS, Other
from anlan.vocabulary.words import NP_, Term


@dataclass(frozen=True, slots=True)
class Input:
    """One thing to be told. `kind`: text, long, day, moment, money, choice, several (choices), row
    (of the discretion table), officer (of the case), certificate (of the unit), span (minutes and
    seconds), digest (SHA-256). `secret`: names or words of people who are not of the office, kept
    sealed and shown on record."""

    key: str
    word: Term
    kind: str = "long"
    required: bool = True
    choices: str = ""
    secret: bool = False


CHOICES: Mapping[str, Mapping[str, Term]] = {
    "other": OTHER_WORDS,
    "on the spot": {Other.WARNING: OTHER_WORDS[Other.WARNING]},
    "paid for": {
        "fine": NP_("paid for", "The fine"),
        "gains": NP_("paid for", "The unlawful gains"),
    },
    "court end": {
        "withdrawn": NP_("court end", "The application was withdrawn"),
        "nothing left": NP_("court end", "Nothing is left that could be executed"),
        "not permitted": NP_("court end", "The court does not permit the execution"),
        "other": NP_("court end", "Another ground of the law"),
    },
    "harm": {
        "no": NP_("limitation", "No harm to life or health (two years)"),
        "yes": NP_("limitation", "Life or health at stake, with harm (five years)"),
    },
    "service": {
        "direct": NP_("service", "Handed over"),
        "left": NP_("service", "Left with the party"),
        "mail": NP_("service", "By post"),
        "electronic": NP_("service", "Electronically, as agreed"),
        "notice": NP_("service", "By public notice"),
    },
    "appeal": {
        "reconsideration": NP_("appeal", "Administrative reconsideration"),
        "suit": NP_("appeal", "Administrative suit"),
    },
    "appeal outcome": {
        "upheld": NP_("appeal outcome", "The decision stands"),
        "withdrawn": NP_("appeal outcome", "Withdrawn by the party"),
        "changed": NP_("appeal outcome", "The penalty is made lighter"),
    },
    "filmed": {
        "inspect": NP_("filmed", "The inspection"),
        "hold evidence": NP_("filmed", "The seizure of evidence"),
        "serve the notice": NP_("filmed", "The service of the notice"),
        "serve": NP_("filmed", "The service of the decision"),
        "serve the reminder": NP_("filmed", "The service of the reminder"),
    },
    "outcome": {
        "done": NP_("order outcome", "Rectified"),
        "partly": NP_("order outcome", "Partly rectified"),
        "not": NP_("order outcome", "Not rectified"),
    },
}
_REASON = Input("reason", NP_("case form", "Why"))
_FACTS = Input("facts", NP_("case form", "Facts"))
_BASIS = Input("basis", NP_("case form", "Law and clause"), "text")
_RECORDING = Input("recording", NP_("case form", "Number of the recording"), "text")
_RECORDER = Input("recorder", NP_("case form", "Recorder, and where the file is kept"), "text")
_LENGTH = Input("length", NP_("case form", "Length (minutes:seconds)"), "span")
_DIGEST = Input("digest", NP_("case form", "SHA-256 of the file"), "digest", False)
# Text and sound and picture 音像记录: of site checks, seizure and service (国办发〔2018〕118号).
_FILMED = (_RECORDING, _RECORDER, _LENGTH, _DIGEST)
# Of a service by post, electronically or by notice there is none: `actions.recordings` asks.
_FILMED_OR_NOT = tuple(replace(one, required=False) for one in _FILMED)
_ROW = Input("row", NP_("case form", "Row of the discretion table"), "row")
_AMOUNT = Input("amount", NP_("case form", "Fine (yuan)"), "money", False)
_GAINS = Input("gains", NP_("case form", "Unlawful gains confiscated (yuan)"), "money", False)
_OTHERS = Input("others", NP_("case form", "Other penalties"), "several", False, "other")
_PENALTY = (
    _AMOUNT,
    _GAINS,
    _OTHERS,
    Input("terms", NP_("case form", "Term and extent of a stop or a suspension"), "text", False),
)
_STATEMENT = Input("statement", NP_("case form", "What the party says"), secret=True)
_FINDING = Input("finding", NP_("case form", "What was found"))
_OPINION = Input("opinion", NP_("case form", "Opinion"))
_SERVICE = (
    Input("how", NP_("case form", "How"), "choice", choices="service"),
    Input("on", NP_("case form", "Day of service"), "day"),
    Input("receiver", NP_("case form", "Received by"), "text", secret=True),
    Input("place", NP_("case form", "Place"), "text", secret=True),
    *_FILMED_OR_NOT,
)
_PLACE = Input("place", NP_("case form", "Place"), "text")

FORMS: Mapping[str, tuple[Input, ...]] = {
    "inspect": (
        _PLACE,
        Input("began", NP_("case form", "Began"), "moment"),
        Input("ended", NP_("case form", "Ended"), "moment"),
        Input("present", NP_("case form", "Who was there for the party"), "text", secret=True),
        _FINDING, *_FILMED,
    ),
    "find no violation": (),
    "order": (Input("items", NP_("case form", "What is to be rectified")), _BASIS,
              Input("until", NP_("case form", "Until"), "day")),
    "stop on the spot": (Input("items", NP_("case form", "What is dangerous")),
                         Input("measures", NP_("case form", "Measures")), _BASIS),
    "fine on the spot": (_FACTS, _ROW, _AMOUNT,
                         Input("others", NP_("case form", "Other penalties"), "several", False,
                               "on the spot"),
                         _STATEMENT),
    "propose filing": (
        _FACTS, _BASIS,
        Input("ended_on", NP_("case form", "The violation ended on"), "day"),
        Input("harm", NP_("case form", "Limitation"), "choice", choices="harm"),
    ),
    "file": (_OPINION,),
    "hold evidence": (Input("items", NP_("case form", "What is held")), _PLACE, *_FILMED),
    "keep a recording": (
        Input("of", NP_("case form", "What it shows"), "choice", choices="filmed"),
        *_FILMED[:-1], replace(_DIGEST, required=True),
    ),
    "end the hold": (Input("outcome", NP_("case form", "What became of it")),),
    "investigate": (
        _FACTS, Input("evidence", NP_("case form", "Evidence")), _ROW,
        Input("circumstances", NP_("case form", "Facts for the discretion")), *_PENALTY,
    ),
    "notify": (),
    "hear the party": (
        _STATEMENT,
        Input("answer", NP_("case form", "What the officers found about it"), secret=True),
    ),
    "waive": (_STATEMENT,),
    "serve the notice": _SERVICE,
    "extend the term": (
        Input("until", NP_("case form", "Until"), "day"),
        Input("approver", NP_("case form", "Approved by (superior authority)"), "text"),
        Input("approval", NP_("case form", "Number of the approval"), "text"), _REASON,
    ),
    "ask for a hearing": (Input("on", NP_("case form", "Day on which it was asked for"), "day"),
                          _STATEMENT,),
    "call the hearing": (Input("on", NP_("case form", "Day of the hearing"), "day"), _PLACE,
                         Input("chair", NP_("case form", "Chair"), "text")),
    "hold the hearing": (
        Input("record", NP_("case form", "Record of the hearing"), secret=True), _OPINION,
    ),
    "send back": (_REASON,),
    "review": (_OPINION,),
    "discuss": (Input("present", NP_("case form", "Who took part"), "text"),
                Input("reasons", NP_("case form", "Reasons")),
                Input("result", NP_("case form", "Result"))),
    "decide": (*_PENALTY, Input("reasons", NP_("case form", "Reasons"))),
    "serve": _SERVICE,
    "give time to pay": (
        Input("until", NP_("case form", "Until"), "day"),
        Input("instalments",
              NP_("case form", "Instalments, one a line: day and amount (2026-06-30 5000)"), "long",
              False),
        _REASON,
    ),
    "record a payment": (Input("of", NP_("case form", "Paid for"), "choice", False, "paid for"),
                         Input("amount", NP_("case form", "Amount (yuan)"), "money"),
                         Input("on", NP_("case form", "Day of payment"), "day"),
                         Input("receipt", NP_("case form", "Number of the receipt"), "text")),
    "remind": (),
    "serve the reminder": _SERVICE,
    "apply to the court": (_REASON,),
    "end the execution": (
        Input("ground", NP_("case form", "Ground"), "choice", choices="court end"),
        Input("ruling", NP_("case form", "Number of the ruling"), "text"),
        Input("on", NP_("case form", "Day of the ruling"), "day"), _REASON,
    ),
    "record an appeal": (
        Input("kind", NP_("case form", "Kind of appeal"), "choice", choices="appeal"),
        Input("body", NP_("case form", "Accepted by"), "text"),
        Input("on", NP_("case form", "Day of acceptance"), "day"),
    ),
    "end the appeal": (
        Input("outcome", NP_("case form", "Outcome"), "choice", choices="appeal outcome"),
        Input("amount", NP_("case form", "Fine as changed (yuan)"), "money", False),
        Input("gains", NP_("case form", "Confiscation as changed (yuan)"), "money", False),
        Input("others", NP_("case form", "Other penalties that stay"), "several", False, "other"),
        Input("on", NP_("case form", "Day on which it ended"), "day"), _REASON,
    ),
    "revoke the decision": (
        Input("basis", NP_("case form", "By what decision or judgment"), "text"), _REASON,
    ),
    "execute": (Input("how", NP_("case form", "How it was executed")),),
    "ask for a re-check": (
        Input("on", NP_("case form", "Day on which it was asked for"), "day"), _STATEMENT,
    ),
    "check the order": (
        Input("outcome", NP_("case form", "Outcome"), "choice", choices="outcome"), _FINDING,
        Input("until", NP_("case form", "New deadline"), "day", False),
    ),
    "recheck": (_FINDING,),
    "publish": (),
    "publish the measures": (),
    "take down": (_REASON,),
    "propose the transfer": (_FACTS, Input("offence", NP_("case form", "Suspected offence"),
                                           "text")),
    "approve the transfer": (_OPINION,),
    "transfer": (Input("to", NP_("case form", "To which police"), "text"),
                 Input("evidence", NP_("case form", "What is handed over"))),
    "take back": (_REASON,),
    "withdraw": (_REASON,),
    "archive": (Input("result", NP_("case form", "Result")),),
    "replace an officer": (
        Input("leaves", NP_("case form", "Who leaves"), "officer"),
        Input("comes", NP_("case form", "Who comes"), "certificate"), _REASON,
    ),
}  # fmt: skip

# Which papers a step issues; the first is the one that its form fills.
PAPERS: Mapping[str, tuple[str, ...]] = {
    "inspect": ("site_record",),
    "order": ("order",),
    "stop on the spot": ("measures",),
    "fine on the spot": ("summary_decision",),
    "file": ("filing",),
    "hold evidence": ("hold",),
    "investigate": ("report",),
    "notify": ("notice",),
    "serve the notice": ("notice_receipt",),
    "extend the term": ("extension",),
    "call the hearing": ("hearing_call",),
    "hold the hearing": ("hearing_record",),
    "review": ("legal_review",),
    "discuss": ("discussion",),
    "decide": ("decision",),
    "serve": ("receipt",),
    "give time to pay": ("more_time",),
    "remind": ("reminder",),
    "serve the reminder": ("reminder_receipt",),
    "end the execution": ("execution_end",),
    "apply to the court": ("court_application",),
    "revoke the decision": ("revocation",),
    "execute": ("execution",),
    "check the order": ("recheck_opinion",),
    "recheck": ("recheck_opinion",),
    "transfer": ("crime_transfer",),
    "withdraw": ("withdrawal",),
    "archive": ("closing",),
}
HEARING_PAPER = "hearing_notice"  # beside the notice, where the party may ask for a hearing
PAPER_WORDS: Mapping[str, Term] = {
    "site_record": NP_("paper", "Site inspection record"),
    "order": NP_("paper", "Order to rectify"),
    "measures": NP_("paper", "Decision on measures on the spot"),
    "summary_decision": NP_("paper", "Summary penalty decision"),
    "filing": NP_("paper", "Filing approval"),
    "hold": NP_("paper", "Notice of evidence held"),
    "report": NP_("paper", "Investigation report"),
    "notice": NP_("paper", "Notice of penalty and rights"),
    "hearing_notice": NP_("paper", "Notice of the right to a hearing"),
    "hearing_call": NP_("paper", "Notice of the hearing"),
    "hearing_record": NP_("paper", "Record of the hearing"),
    "legal_review": NP_("paper", "Opinion of the legal review"),
    "discussion": NP_("paper", "Record of the group discussion"),
    "decision": NP_("paper", "Penalty decision"),
    "receipt": NP_("paper", "Service receipt"),
    "notice_receipt": NP_("paper", "Service receipt of the notice"),
    "extension": NP_("paper", "Approval of a longer term"),
    "revocation": NP_("paper", "Revocation of the penalty decision"),
    "more_time": NP_("paper", "Approval of later payment"),
    "reminder": NP_("paper", "Reminder of the duty"),
    "reminder_receipt": NP_("paper", "Service receipt of the reminder"),
    "court_application": NP_("paper", "Application for court enforcement"),
    "execution_end": NP_("paper", "Record of the end of the execution"),
    "execution": NP_("paper", "Execution record"),
    "recheck_opinion": NP_("paper", "Re-check opinion"),
    "crime_transfer": NP_("paper", "Transfer of a suspected crime"),
    "withdrawal": NP_("paper", "Withdrawal approval"),
    "closing": NP_("paper", "Closing report"),
}
TERM_WORDS: Mapping[str, Term] = {
    "filing_urgent": NP_("case term", "File after urgent measures"),
    "evidence_hold": NP_("case term", "Deal with the evidence held"),
    "answer": NP_("case term", "The party's time to state its case"),
    "decision": NP_("case term", "Decide"),
    "service": NP_("case term", "Serve"),
    "payment": NP_("case term", "Pay"),
    "appeal": NP_("case term", "Terms of appeal"),
    "reminder": NP_("case term", "Time after the reminder"),
    "court": NP_("case term", "Ask the court"),
    "execution": NP_("case term", "Record the execution of a warning"),
    "publicity": NP_("case term", "Publish"),
    "publicity_other": NP_("case term", "Publish orders and measures"),
    "order": NP_("case term", "Rectify as ordered"),
    "recheck": NP_("case term", "Re-check"),
    "crime_decision": NP_("case term", "Decide on the transfer"),
    "crime_transfer": NP_("case term", "Transfer after approval"),
    "limitation": NP_("case term", "Limitation"),
    "limitation_harm": NP_("case term", "Limitation where life or health was harmed"),
    "decision_extended": NP_("case term", "Decide, with a longer term"),
    "suit_after": NP_("case term", "Suit after a reconsideration"),
    "statement": NP_("case term", "Statement of the party"),
    "hearing_request": NP_("case term", "Request for a hearing"),
    "hearing_notice": NP_("case term", "Notice before the hearing"),
    "reconsideration": NP_("case term", "Administrative reconsideration"),
    "suit": NP_("case term", "Administrative suit"),
    "publicity_end": NP_("case term", "Publicity of a decision"),
}
# Days that somebody must wait for, or that bind the party: late is nothing to hurry the office for.
WAITS = ("answer", "appeal", "reminder", "payment", "order")
