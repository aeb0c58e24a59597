"""What the room of insurance tells other rooms and systems, and what its timers say."""

from dataclasses import dataclass

from anlan.backbone.events import Event, fact


@fact("insurance.policy_nears_its_end")
@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyNearsItsEnd(Event):
    """A policy ends before long, if none follows it until then."""

    policy_id: int


@fact("insurance.policy_ran_out")
@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyRanOut(Event):
    """The last day of a policy is over, if none followed it until then."""

    policy_id: int


@fact("insurance.policy_moved")
@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyMoved(Event):
    """A policy was entered, corrected or withdrawn, nears its end or has ended (`verb`).

    In force until `ends_on`, that day included. `enterprise_id` None: insurance of the district.
    """

    policy_id: int
    enterprise_id: int | None
    kind: str
    ends_on: str
    verb: str


@fact("insurance.engagement_moved")
@dataclass(frozen=True, slots=True, kw_only=True)
class EngagementMoved(Event):
    """A provider was engaged, has delivered, was rated, or the engagement was called off."""

    engagement_id: int
    provider_id: int
    enterprise_id: int
    kind: str
    verb: str
