"""Who may do what: roles, their rights and how far their sight reaches (`domain.md` 6).

Deny by default: a right not listed here is held by nobody. [pv] defaults of the rule book; a
district may override the table in its `roles.toml`.
"""

from dataclasses import dataclass
from enum import StrEnum

from anlan.vocabulary.words import N_


class Reach(StrEnum):
    """The row scope of a role."""

    DISTRICT = "district"
    SECTOR = "sector"
    TERRITORY = "territory"
    ITSELF = "itself"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Role:
    """A named set of rights with a reach; `word` is English, translated where it is shown."""

    key: str
    word: str
    reach: Reach
    rights: frozenset[str]


_SEE = {
    "duty.desk", "duty.command", "territory.map", "sensing.view", "forecasts.view",
    "alerts.view", "incidents.view", "response.view", "resources.view", "assessment.view",
    "safety.view", "safety.find", "checks.view",
    "accidents.view", "credit.view", "insurance.view", "chemicals.view", "chemicals.illegal",
}  # fmt: skip
_BUREAU = _SEE | {"calls.view", "patrols.view"}
_DUTY = _BUREAU | {"duty.log", "alerts.draft", "sensing.handle", "sensing.order", "forecasts.run",
                "incidents.draft", "response.dispatch", "resources.manage", "messaging.call",
                "exercises.record", "accidents.report"}  # fmt: skip

ROLES: dict[str, Role] = {
    role.key: role
    for role in (
        Role("duty_officer", N_("Duty officer"), Reach.DISTRICT, frozenset(_DUTY)),
        Role("section_head", N_("Section head"), Reach.DISTRICT,
             frozenset(_DUTY | {"deadlines.deputise", "checks.do", "checks.library",
                                "alerts.review", "sensing.rules", "sensing.set_device",
                                "safety.regulate", "safety.register", "risks.rate", "calls.assign",
                                "patrols.walk", "patrols.keep", "patrols.confirm",
                                "responsibilities.keep", "responsibilities.do",
                                "responsibilities.review", "responsibilities.commend",
                                "assessment.review",
                                "insurance.keep", "insurance.manage",
                               "chemicals.keep"})),
        Role("safety_officer", N_("Work safety officer"), Reach.DISTRICT,
             frozenset(_BUREAU | {"calls.answer", "checks.do", "checks.library",
                               "patrols.walk", "patrols.keep", "patrols.confirm",
                               "safety.regulate", "safety.register", "risks.rate",
                               "safety.supervise",
                               "hotline.view", "hotline.verify", "hotline.identity",
                               "accidents.report", "accidents.investigate", "credit.propose",
                               "oversight.interference", "oversight.record",
                               "accidents.track",
                               "responsibilities.keep", "responsibilities.do",
                               "responsibilities.confirm", "responsibilities.review",
                               "assessment.review",
                               "responsibilities.commend",
                               "insurance.keep", "insurance.manage",
                               "chemicals.keep"})),
        Role("duty_leader", N_("Duty leader"), Reach.DISTRICT,
             frozenset(_DUTY | {"deadlines.deputise", "alerts.review", "alerts.sign",
                                "response.sign", "incidents.sign", "safety.countersign",
                                "safety.supervise",
                                "hotline.view", "hotline.decide",
                                "calls.assign", "credit.decide", "accidents.lead",
                                "patrols.confirm", "patrols.lead",
                                "responsibilities.do", "responsibilities.confirm"})),
        Role("district_leader", N_("District leader"), Reach.DISTRICT,
             frozenset(_BUREAU | {"alerts.sign", "alerts.sign_major", "response.sign",
                               "response.sign_major", "incidents.sign", "accidents.decide",
                               "responsibilities.do"})),
        Role("hotline_clerk", N_("Hotline clerk"), Reach.DISTRICT,
             frozenset({"duty.desk", "territory.map", "safety.view", "hotline.view",
                        "hotline.receive"})),
        Role("finance", N_("Finance officer"), Reach.DISTRICT,
             frozenset({"duty.desk", "hotline.view", "hotline.pay"})),
        Role("hotline_handler", N_("Hotline handler"), Reach.DISTRICT,
             frozenset({"duty.desk", "territory.map", "safety.view", "safety.find",
                        "hotline.view", "hotline.verify", "hotline.identity"})),
        Role("enforcement_officer", N_("Enforcement officer"), Reach.DISTRICT,
             frozenset(_SEE | {"checks.do", "safety.regulate",
                               "enforcement.view", "enforcement.handle",
                               "oversight.view", "oversight.score", "oversight.answer",
                               "oversight.object", "oversight.interference",
                               "oversight.record"})),
        Role("legal_reviewer", N_("Legal reviewer"), Reach.DISTRICT,
             frozenset({"duty.desk", "territory.map", "safety.view", "enforcement.view",
                        "enforcement.review", "oversight.view", "oversight.open",
                        "oversight.score", "oversight.interference", "oversight.record",
                        "credit.view"})),
        Role("review_expert", N_("Expert of case reviews"), Reach.DISTRICT,
             frozenset({"duty.desk", "enforcement.view", "oversight.view", "oversight.score"})),
        Role("bureau_leader", N_("Leader of the bureau"), Reach.DISTRICT,
             frozenset(_BUREAU | {"safety.countersign", "safety.supervise", "enforcement.view",
                               "hotline.view", "hotline.approve", "accidents.lead",
                               "enforcement.decide", "oversight.view", "oversight.open",
                               "oversight.appraise", "oversight.interference", "oversight.record",
                               "calls.answer", "calls.lead", "calls.assign",
                               "patrols.confirm", "patrols.lead",
                               "responsibilities.do", "responsibilities.confirm",
                               "assessment.decide"})),
        Role("discipline_officer", N_("Discipline inspector"), Reach.DISTRICT,
             frozenset({"duty.desk", "oversight.interference", "oversight.discipline"})),
        Role("department", N_("Sector department"), Reach.SECTOR,
             frozenset(_SEE | {"checks.do", "accidents.report",
                               "calls.view", "calls.answer",
                               "patrols.view", "patrols.walk", "patrols.keep",
                               "patrols.confirm",
                               "hotline.view", "hotline.verify", "safety.regulate",
                               "safety.register", "risks.rate", "safety.rectify",
                               "insurance.keep", "chemicals.keep",
                               "response.report", "exercises.record", "sensing.order",
                               "sensing.rules", "sensing.set_device",
                               "responsibilities.keep", "responsibilities.do",
                               "assessment.fill"})),
        Role("department_leader", N_("Leader of a department"), Reach.SECTOR,
             frozenset(_SEE | {"safety.countersign", "deadlines.deputise",
                               "calls.view", "calls.answer", "calls.lead",
                               "patrols.view", "patrols.confirm", "patrols.lead",
                               "responsibilities.do", "responsibilities.confirm",
                               "assessment.fill"})),
        Role("township", N_("Street or town"), Reach.TERRITORY,
             frozenset(_SEE - {"duty.command"}
                       | {"checks.do", "accidents.report",
                          "calls.view", "calls.draft", "calls.make",
                          "patrols.view", "patrols.walk", "patrols.keep", "patrols.confirm",
                          "hotline.view", "hotline.verify", "safety.regulate",
                          "safety.register", "risks.rate", "safety.rectify",
                          "insurance.keep", "chemicals.keep",
                          "response.report", "messaging.call", "exercises.record",
                          "responsibilities.keep", "responsibilities.do",
                          "responsibilities.assess", "assessment.fill"})),
        Role("township_leader", N_("Leader of a street or town"), Reach.TERRITORY,
             frozenset(_SEE - {"duty.command"}
                       | {"safety.countersign", "deadlines.deputise",
                          "calls.view", "calls.draft", "calls.make", "calls.lead",
                          "patrols.view", "patrols.confirm", "patrols.lead",
                          "responsibilities.do", "responsibilities.confirm",
                          "responsibilities.assess", "assessment.fill"})),
        Role("grid_worker", N_("Grid worker"), Reach.TERRITORY,
             frozenset({"checks.view", "checks.do", "calls.view", "calls.draft",
                        "patrols.view", "patrols.walk",
                        "safety.view", "safety.find", "safety.rectify", "duty.desk",
                        "territory.map", "alerts.view", "response.view",
                        "response.report"})),
        Role("enterprise", N_("Enterprise safety manager"), Reach.ITSELF,
             frozenset({"checks.view", "checks.do",
                        "duty.desk", "safety.view", "safety.find", "safety.rectify",
                        "safety.claim", "risks.rate", "posts.keep", "posts.meet",
                        "credit.view", "credit.answer", "enforcement.answer",
                        "insurance.view", "insurance.keep",
                        "chemicals.view", "chemicals.keep"})),
        Role("principal", N_("Enterprise principal"), Reach.ITSELF,
             frozenset({"checks.view", "checks.do",
                        "duty.desk", "safety.view", "safety.find", "safety.rectify",
                        "safety.claim", "risks.rate", "risks.confirm", "posts.keep",
                        "posts.meet", "credit.view", "credit.answer", "enforcement.answer",
                        "statistics.sign",
                        "insurance.view", "insurance.keep",
                        "chemicals.view", "chemicals.keep"})),
        Role("post_staff", N_("Enterprise staff at a post"), Reach.ITSELF,
             frozenset({"checks.view", "checks.do",
                        "duty.desk", "safety.view", "safety.find", "safety.claim",
                        "posts.meet"})),
        Role("security_admin", N_("Security administrator"), Reach.NOTHING,
             frozenset({"people.manage"})),
        Role("audit_admin", N_("Audit administrator"), Reach.NOTHING, frozenset({"people.audit"})),
        Role("system_admin", N_("System administrator"), Reach.NOTHING,
             frozenset({"system.admin", "sensing.configure"})),
    )
}  # fmt: skip


# What a right lets a person do, for the page that refuses it.
RIGHT_WORDS = {
    "duty.desk": N_("open the duty desk"),
    "duty.command": N_("open the command screen"),
    "deadlines.deputise": N_("enter who is away in the unit, and who has their desk"),
    "duty.log": N_("write in the duty log"),
    "territory.map": N_("open the map"),
    "sensing.view": N_("see stations and readings"),
    "sensing.handle": N_("take alarms in hand"),
    "sensing.order": N_("give orders to devices"),
    "sensing.set_device": N_("change the settings of devices"),
    "sensing.configure": N_("set up stations"),
    "sensing.rules": N_("set alarm rules and plan maintenance of stations"),
    "forecasts.view": N_("see forecasts"),
    "forecasts.run": N_("start a forecast"),
    "alerts.view": N_("see alerts"),
    "alerts.draft": N_("draft alerts"),
    "alerts.review": N_("review alerts"),
    "alerts.sign": N_("sign alerts"),
    "alerts.sign_major": N_("sign red and orange alerts"),
    "incidents.view": N_("see incidents"),
    "incidents.draft": N_("write incident reports"),
    "incidents.sign": N_("sign incident reports"),
    "response.view": N_("see the response"),
    "response.sign": N_("sign a response"),
    "response.sign_major": N_("sign a response of level I or II"),
    "response.dispatch": N_("dispatch tasks"),
    "response.report": N_("report on tasks"),
    "resources.view": N_("see resources"),
    "resources.manage": N_("manage resources"),
    "messaging.call": N_("make and record calls"),
    "exercises.record": N_("record exercises"),
    "safety.view": N_("see enterprises and hidden dangers"),
    "safety.find": N_("register hidden dangers"),
    "safety.regulate": N_("grade, assign, re-check and close hidden dangers"),
    "safety.rectify": N_("rectify hidden dangers"),
    "safety.countersign": N_("countersign major dangers and give more time"),
    "safety.supervise": N_("put dangers under listed supervision"),
    "safety.register": N_("keep the register of enterprises"),
    "safety.claim": N_("claim an enterprise's file"),
    "risks.rate": N_("rate the risks of one's enterprise"),
    "posts.keep": N_("keep the posts, cards and certificates of one's enterprise"),
    "posts.meet": N_("hold shift meetings"),
    "statistics.sign": N_("sign the statistics of dangers as the principal"),
    "risks.confirm": N_("confirm risk ratings as the principal"),
    "hotline.view": N_("see reports to the hotline 12350"),
    "hotline.receive": N_("take reports to the hotline"),
    "hotline.decide": N_("decide on reports to the hotline"),
    "hotline.verify": N_("verify reports to the hotline"),
    "hotline.identity": N_("know, when named, who reported"),
    "hotline.approve": N_("approve rewards for reports"),
    "hotline.pay": N_("record that a reward was paid"),
    "checks.view": N_("see checks and the item library"),
    "checks.do": N_("check enterprises, or one's own"),
    "checks.library": N_("keep the item library"),
    "calls.view": N_("see the calls of streets to departments"),
    "calls.draft": N_("draft a call to a department"),
    "calls.make": N_("call a department, and say whether it is settled"),
    "calls.answer": N_("answer and handle calls to one's department"),
    "calls.lead": N_("be told of one's unit's late calls"),
    "calls.assign": N_("assign calls that a department refused"),
    "patrols.view": N_("see patrols and posts"),
    "patrols.walk": N_("walk patrols and man posts"),
    "patrols.keep": N_("keep routes and posts of one's unit"),
    "patrols.confirm": N_("confirm patrols of one's unit"),
    "patrols.lead": N_("be told of one's unit's missed patrols"),
    "accidents.view": N_("see accidents"),
    "accidents.report": N_("register accidents and correct their toll"),
    "accidents.investigate": N_("lead investigations of accidents"),
    "accidents.track": N_("follow up the measures after accidents"),
    "accidents.lead": N_("be told of late work after accidents"),
    "accidents.decide": N_("decide on investigations of accidents"),
    "enforcement.view": N_("see the enforcement cases of the own unit"),
    "enforcement.handle": N_("inspect and investigate as an enforcement officer"),
    "enforcement.review": N_("review cases legally and hold hearings"),
    "enforcement.decide": N_("approve and decide enforcement cases"),
    "enforcement.answer": N_("read what enforcement served on one's enterprise"),
    "oversight.view": N_("see the case reviews of the own unit"),
    "oversight.open": N_("open and lead case reviews"),
    "oversight.score": N_("review the files of cases"),
    "oversight.appraise": N_("appraise the officers of the own unit"),
    "oversight.object": N_("object to one's own appraisal"),
    "oversight.interference": N_("see records of interference that one wrote or handles"),
    "oversight.record": N_("record that somebody interfered with a case"),
    "oversight.discipline": N_("handle, when named, a record of interference"),
    "oversight.answer": N_("mend faults that a case review found, and answer"),
    "credit.view": N_("see the list of serious dishonesty"),
    "credit.propose": N_("give notice of serious dishonesty"),
    "credit.decide": N_("decide on serious dishonesty"),
    "credit.answer": N_("object to a listing and ask for repair"),
    "insurance.view": N_("see insurance policies and service providers"),
    "insurance.keep": N_("enter policies and engagements of providers, and rate them"),
    "chemicals.view": N_("see the registers of chemicals"),
    "chemicals.illegal": N_("see what dangers are illegal activities with chemicals"),
    "chemicals.keep": N_("keep the registers of chemicals"),
    "insurance.manage": N_("keep the register of providers and the district's insurance"),
    "assessment.view": N_("see the indicators"),
    "assessment.fill": N_("fill in the scorecard of one's own unit"),
    "assessment.review": N_("open the annual assessment and review scorecards"),
    "assessment.decide": N_("decide on objections to scorecards, and publish them"),
    "responsibilities.keep": N_("keep lists of duties and works of the year"),
    "responsibilities.do": N_("report on works of the year and submit them"),
    "responsibilities.confirm": N_("confirm works of the year"),
    "responsibilities.commend": N_("keep the register of commendations"),
    "responsibilities.assess": N_("assess the capacity of one's own street"),
    "responsibilities.review": N_("open and review capacity assessments of streets"),
    "people.manage": N_("manage accounts"),
    "people.audit": N_("read the audit trail"),
    "system.admin": N_("administer the system"),
}


@dataclass(frozen=True, slots=True)
class Scope:
    """What one account may see and do. `area` is the area-code prefix of its rows."""

    account_id: int | None
    role: str
    rights: frozenset[str]
    reach: Reach
    area: str | None
    sector: str | None
    organisation: str = ""

    def may(self, right: str) -> bool:
        return right in self.rights

    @property
    def area_prefix(self) -> str | None:
        """The prefix every visible row's area code starts with; None when nothing is visible."""
        return self.area if self.reach not in (Reach.NOTHING, Reach.ITSELF) else None


NOBODY = Scope(None, "", frozenset(), Reach.NOTHING, None, None)


def holders(right: str) -> list[Role]:
    """The roles that hold `right`, for the page that refuses."""
    return [role for role in ROLES.values() if right in role.rights]
