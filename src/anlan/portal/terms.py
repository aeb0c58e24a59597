"""One-word domain terms as people read them, each with its context (`design.md` 5)."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anlan.operations.people.actions import PLATFORM
from anlan.operations.people.rules import RIGHT_WORDS, ROLES
from anlan.vocabulary.levels import AlertLevel, DangerRank, ResponseLevel, RiskLevel
from anlan.vocabulary.words import NP_, Term

_ALERT = {
    AlertLevel.RED: NP_("alert", "Red alert"),
    AlertLevel.ORANGE: NP_("alert", "Orange alert"),
    AlertLevel.YELLOW: NP_("alert", "Yellow alert"),
    AlertLevel.BLUE: NP_("alert", "Blue alert"),
}
_RESPONSE = {
    ResponseLevel.I: NP_("response", "Level I response"),
    ResponseLevel.II: NP_("response", "Level II response"),
    ResponseLevel.III: NP_("response", "Level III response"),
    ResponseLevel.IV: NP_("response", "Level IV response"),
}
_RISK = {
    RiskLevel.RED: (NP_("risk character", "R"), NP_("risk", "Major risk")),
    RiskLevel.ORANGE: (NP_("risk character", "O"), NP_("risk", "Considerable")),
    RiskLevel.YELLOW: (NP_("risk character", "Y"), NP_("risk", "Ordinary")),
    RiskLevel.BLUE: (NP_("risk character", "B"), NP_("risk", "Low")),
}
_RANK = {
    DangerRank.NONE: NP_("danger rank", "none"),
    DangerRank.LOW: NP_("danger rank", "low"),
    DangerRank.MEDIUM: NP_("danger rank", "medium"),
    DangerRank.HIGH: NP_("danger rank", "high"),
    DangerRank.EXTREME: NP_("danger rank", "extreme"),
}
_STATE = {
    "wait": NP_("work state", "waiting"),
    "doing": NP_("work state", "in hand"),
    "done": NP_("work state", "done"),
    "late": NP_("work state", "late"),
    "stop": NP_("work state", "stopped"),
}


def term(word: Term) -> str:
    """A marked term in the reader's language."""
    return pgettext(word.context, word.word)


def doer(name: str) -> str:
    """Who did it, as the record has the name; the platform's own by its name in the language."""
    return pgettext("brand", "Anlan") if name == PLATFORM.label else name


def alert_word(level: int) -> str:
    return term(_ALERT[AlertLevel(level)])


def response_word(level: int) -> str:
    return term(_RESPONSE[ResponseLevel(level)])


def risk_word(level: int) -> str:
    return term(_RISK[RiskLevel(level)][1])


def risk_character(level: int) -> str:
    return term(_RISK[RiskLevel(level)][0])


def rank_word(rank: int) -> str:
    return term(_RANK[DangerRank(rank)])


def state_word(state: str) -> str:
    return term(_STATE[state])


def role_word(role: str) -> str:
    """值班员, from a role's key; a key nobody knows is shown as it is."""
    return _(ROLES[role].word) if role in ROLES else role


def right_word(right: str) -> str:
    """What a right lets one do, as a verb (签发预警), from its key or its English words."""
    return _(RIGHT_WORDS.get(right, right))
