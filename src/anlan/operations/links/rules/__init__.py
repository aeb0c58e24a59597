"""Which facts other systems may be told of, and when one that is deaf is tried again."""

from datetime import timedelta

from anlan.operations.accidents.events import AccidentMoved
from anlan.operations.assessment.events import ScorecardMoved
from anlan.operations.calls.events import CallMoved
from anlan.operations.campaigns.events import EntryMoved
from anlan.operations.checks.events import ChargeMoved, CheckKept, ItemMoved, PlanMoved
from anlan.operations.chemicals.events import ActivityMoved, RecordMoved
from anlan.operations.credit.events import CreditCounted, ListingMoved
from anlan.operations.enforcement.events import CaseMoved
from anlan.operations.hotline.events import TipMoved
from anlan.operations.insurance.events import EngagementMoved, PolicyMoved
from anlan.operations.oversight.events import EvaluationMoved
from anlan.operations.patrols.events import PatrolMoved
from anlan.operations.posts.events import CertificateMoved, MeetingHeld, PostMoved
from anlan.operations.responsibilities.events import (
    CapacityMoved,
    CommendationKept,
    ListMoved,
    ListRead,
    WorkMoved,
)
from anlan.operations.risks.events import HazardKept, RiskMoved
from anlan.operations.safety.events import DangerMoved
from anlan.operations.sensing.events import AlarmCleared, AlarmRaised
from anlan.operations.statistics.events import ReturnSigned
from anlan.vocabulary.words import NP_, Term

# None of them names a person: of a report to the hotline its number and state are told.
FACTS: dict[str, Term] = {
    DangerMoved.name: NP_("fact", "A hidden danger took a step"),
    RiskMoved.name: NP_("fact", "A risk point took a step"),
    HazardKept.name: NP_("fact", "A major hazard source was computed anew"),
    CheckKept.name: NP_("fact", "A check came in"),
    PlanMoved.name: NP_("fact", "A plan of inspections was made or ended"),
    ChargeMoved.name: NP_("fact", "Somebody is in charge of inspections, or no longer"),
    ItemMoved.name: NP_("fact", "An item of the check library has a new version, or was taken off"),
    PostMoved.name: NP_("fact", "A post was opened, changed or closed, or has new cards"),
    MeetingHeld.name: NP_("fact", "A shift meeting was held"),
    CertificateMoved.name: NP_("fact", "A certificate was kept, nears its end or ran out"),
    CaseMoved.name: NP_("fact", "An enforcement case took a step"),
    EvaluationMoved.name: NP_("fact", "An evaluation of enforcement's effect took a step"),
    TipMoved.name: NP_("fact", "A report to 12350 took a step"),
    CallMoved.name: NP_("fact", "A street's call to a department took a step"),
    PatrolMoved.name: NP_("fact", "A patrol took a step: due, done, confirmed, missed"),
    RecordMoved.name: NP_("fact", "An entry of the registers of chemicals was kept or corrected"),
    ActivityMoved.name: NP_("fact", "A danger was marked as an illegal activity with chemicals"),
    AccidentMoved.name: NP_("fact", "An accident was registered or took a step"),
    ListingMoved.name: NP_("fact", "A listing for dishonesty took a step"),
    CreditCounted.name: NP_("fact", "A penalty or an accident counts in credit, or no longer"),
    EntryMoved.name: NP_("fact", "An enterprise was listed in a campaign, or took a step in it"),
    WorkMoved.name: NP_("fact", "A work of a year's list was set or took a step"),
    ListMoved.name: NP_("fact", "A list of responsibilities or a duty was set, changed or ended"),
    ListRead.name: NP_("fact", "The list of a year was signed as read"),
    PolicyMoved.name: NP_(
        "fact", "An insurance policy was entered or changed, nears its end or ended"
    ),
    EngagementMoved.name: NP_("fact", "A service provider was engaged, delivered or was rated"),
    CommendationKept.name: NP_("fact", "A commendation was kept, corrected or revoked"),
    CapacityMoved.name: NP_("fact", "A street's capacity assessment took a step"),
    ScorecardMoved.name: NP_("fact", "A unit's annual scorecard took a step"),
    ReturnSigned.name: NP_("fact", "An enterprise signed its statistics of dangers"),
    AlarmRaised.name: NP_("fact", "A device's alarm was raised"),
    AlarmCleared.name: NP_("fact", "A device's alarm ended"),
}
KINDS = (
    DangerMoved, RiskMoved, HazardKept, CheckKept, PostMoved, MeetingHeld, CertificateMoved,
    CaseMoved, TipMoved, CallMoved, RecordMoved, ActivityMoved, PatrolMoved, AccidentMoved,
    ListingMoved, CreditCounted, EvaluationMoved, EntryMoved, WorkMoved, ListRead, CapacityMoved,
    CommendationKept, PolicyMoved, EngagementMoved, ScorecardMoved, ReturnSigned, AlarmRaised,
    AlarmCleared, PlanMoved, ChargeMoved, ItemMoved, ListMoved,
)  # fmt: skip
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(hours=1)
GIVEN_UP_AFTER = timedelta(days=3)


def pause_after(tries: int) -> timedelta:
    """How long a listener that did not take something is left alone: twice as long each time."""
    doubled: int = 2 ** min(tries - 1, 10)
    return min(FIRST_PAUSE * doubled, LONGEST_PAUSE)
