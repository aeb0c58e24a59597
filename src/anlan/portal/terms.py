"""One-word domain terms as people read them, each with its context (`design.md` 5)."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anlan.vocabulary.levels import AlertLevel, DangerRank, ResponseLevel, RiskLevel
from anlan.vocabulary.words import N_, NP_, Term

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
_ROLE = {
    "duty_officer": NP_("role", "Duty officer"),
    "section_head": NP_("role", "Section head"),
    "duty_leader": NP_("role", "Duty leader"),
    "district_leader": NP_("role", "District leader"),
    "department": NP_("role", "Sector department"),
    "township": NP_("role", "Street or town"),
    "grid_worker": NP_("role", "Grid worker"),
    "enterprise": NP_("role", "Enterprise safety manager"),
    "security_admin": NP_("role", "Security administrator"),
    "audit_admin": NP_("role", "Audit administrator"),
    "system_admin": NP_("role", "System administrator"),
}
_RIGHT = {
    "duty.desk": N_("open the duty desk"),
    "duty.command": N_("open the command screen"),
    "duty.log": N_("write the duty log"),
    "territory.map": N_("open the one map"),
    "sensing.view": N_("see the stations"),
    "sensing.handle": N_("handle alarms"),
    "sensing.configure": N_("configure stations"),
    "forecasts.view": N_("see forecasts"),
    "forecasts.run": N_("start a forecast"),
    "alerts.view": N_("see alerts"),
    "alerts.draft": N_("draft alerts"),
    "alerts.review": N_("review alerts"),
    "alerts.sign": N_("sign alerts"),
    "alerts.sign_major": N_("sign red and orange alerts"),
    "incidents.view": N_("see incidents"),
    "incidents.draft": N_("draft incident reports"),
    "incidents.sign": N_("sign incident reports"),
    "response.view": N_("see the response"),
    "response.dispatch": N_("dispatch tasks"),
    "response.report": N_("report on tasks"),
    "response.sign": N_("sign the response"),
    "response.sign_major": N_("sign a level I or II response"),
    "resources.view": N_("see shelters and teams"),
    "resources.manage": N_("manage shelters and teams"),
    "assessment.view": N_("see the indicators"),
    "messaging.call": N_("record telephone calls"),
    "people.manage": N_("manage accounts"),
    "people.audit": N_("read the audit trail"),
    "system.admin": N_("administer the system"),
}


def term(word: Term) -> str:
    """A marked term in the reader's language."""
    return pgettext(word.context, word.word)


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
    return term(_ROLE[role]) if role in _ROLE else role


def right_word(right: str) -> str:
    """What a right lets one do, as a verb: 签发预警."""
    return _(_RIGHT[right]) if right in _RIGHT else right
