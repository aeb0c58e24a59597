"""How other programs see policies, providers and engagements, and what they may send."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ninja import Field, Schema

from anlan.operations.registers import queries as registers


class PolicyOut(Schema):
    """A policy; amounts in 元, in force from `starts_on` until `ends_on`, both included.

    `enterprise_id` null: insurance of the district. `follows`: the policy that it renews.
    """

    id: int
    enterprise_id: int | None
    kind: str
    name: str
    credit_code: str
    insurer: str
    number: str
    sum_insured: Decimal
    people: int | None
    premium: Decimal | None
    starts_on: date
    ends_on: date
    follows: int | None = Field(None, alias="follows_id")
    source: str
    source_id: str
    version: int
    withdrawn: bool

    @staticmethod
    def resolve_withdrawn(one: Any) -> bool:
        return one.withdrawn_at is not None


class PoliciesOut(registers.HundredOf):
    rows: list[PolicyOut]


class UncoveredOut(Schema):
    """An enterprise that must be insured and is not; `ended_on`: the last day of its last one."""

    id: int
    name: str
    credit_code: str
    area_code: str
    sector: str
    trade: str
    state: str
    ended_on: date | None


class AllUncoveredOut(registers.HundredOf):
    rows: list[UncoveredOut]


class ProviderOut(Schema):
    """A provider; means of 1 to 5, null where nobody rated. Qualified until that day included."""

    id: int
    credit_code: str
    name: str
    kinds: list[str]
    qualification: str
    qualified_until: date | None
    state: str
    enterprise_mean: float | None
    enterprise_count: int
    regulator_mean: float | None
    regulator_count: int

    @staticmethod
    def resolve_kinds(one: Any) -> list[str]:
        return str(one.kinds).split(",")


class ProvidersOut(registers.HundredOf):
    rows: list[ProviderOut]


class EngagementOut(Schema):
    id: int
    provider_id: int
    enterprise_id: int
    name: str
    kind: str
    starts_on: date
    ends_on: date
    state: str
    delivered: str
    report_on: date | None
    source: str
    source_id: str


class EngagementsOut(registers.HundredOf):
    rows: list[EngagementOut]


class InsuranceAsking(registers.Hundred):
    kind: str = ""


class PolicyIn(Schema):
    """A liability policy as the insurers' system knows it; amounts in 元.

    Fields left out stay as they are.
    """

    credit_code: str
    insurer: str
    number: str
    sum_insured: Decimal
    starts_on: date
    ends_on: date
    people: int | None = None
    premium: Decimal | None = None
    note: str = ""


class RenewalIn(Schema):
    """The policy that follows, as the form has it; amounts in 元."""

    insurer: str
    number: str
    sum_insured: Decimal
    starts_on: date
    ends_on: date
    people: int | None = None
    premium: Decimal | None = None
    note: str = ""


class PolicyCorrectionIn(Schema):
    """What is otherwise, and why; what is left out stays. `seen`: the version that is corrected,
    refused (409) where a newer one stands."""

    insurer: str | None = None
    number: str | None = None
    sum_insured: Decimal | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    people: int | None = None
    premium: Decimal | None = None
    note: str | None = None
    reason: str = ""
    seen: int | None = None


class WhyIn(Schema):
    """Why it counts no more."""

    reason: str = ""


class ProviderIn(Schema):
    """A provider by the keys of its form; what is left out stays. `reason`: why it is otherwise
    than it stands here."""

    name: str = ""
    kinds: list[str] = []
    qualification: str = ""
    qualified_until: date | None = None
    reason: str = ""


class EngagementIn(Schema):
    """A provider's service for an enterprise, from day to day, both included."""

    provider: str = Field(description="Its credit code.")
    enterprise: str = Field(description="Its credit code.")
    kind: str
    starts_on: date
    ends_on: date


class EngagementStepOut(Schema):
    verb: str
    at: datetime
    by_name: str
    before: str
    after: str
    reason: str


class RatingOut(Schema):
    """How a side (`enterprise`, `regulator`) rates it, 1 worst to 5 best; `replaced_at` null for
    the one that stands."""

    side: str
    version: int
    score: int
    reason: str
    at: datetime
    replaced_at: datetime | None


class EngagementFileOut(Schema):
    """An engagement with its steps and ratings, oldest first; `verbs`: what one may do now."""

    engagement: EngagementOut
    steps: list[EngagementStepOut]
    ratings: list[RatingOut]
    verbs: list[str]
