"""A report as the rules see it, and the terms in force."""

from datetime import date
from typing import Any

from django.db.models import Q

from anlan.operations.enforcement.queries.decisions import fine_after, stands
from anlan.operations.hotline.models import Reward, RewardTerms, Tip
from anlan.operations.hotline.rules.hazards import Duty, Hazard, HazardTerms, Sign
from anlan.operations.hotline.rules.loop import REWARDED
from anlan.operations.hotline.rules.loop import Tip as Facts
from anlan.operations.hotline.rules.reward import SafetyTerms
from anlan.operations.hotline.rules.states import Kind, State
from anlan.operations.hotline.rules.terms import Terms
from anlan.operations.safety.actions import Grade

_ON_THE_WAY = (State.REPLIED, State.REWARD_PROPOSED)
SAFETY, HAZARD = "safety", "hazard"
# 安监总财〔2018〕19号, where the district has not stated its own.
NATIONAL = SafetyTerms(
    source="安监总财〔2018〕19号", per_death={1: 60_000, 2: 50_000, 3: 40_000, 4: 30_000}
)


def facts(tip: Tip) -> Facts:
    """What the rules ask of the record. Three queries, and up to three of a reward on its way."""
    reward = Reward.objects.filter(tip=tip).first()
    named = (tip.handler_one_id, tip.handler_two_id)
    return Facts(
        state=tip.state, kind=tip.kind, unit=tip.unit,
        handlers=frozenset(one for one in named if one is not None),
        verdict=tip.verdict, due_on=tip.due_on, extended=tip.extended_to is not None,
        told_of_more=tip.extension_told_at is not None,
        proposed_by=reward.proposed_by_id if reward else None,
        approved_by=reward.approved_by_id if reward else None,
        claim_by=reward.claim_by if reward else None,
        claimed=bool(reward and reward.claimed_at), followed=tip.followers.exists(),
        verified_by=tip.verified_by_id,
        received_by=tip.steps.filter(verb="receive").values_list("by_id", flat=True).first(),
        unfounded=_unfounded(tip, reward),
        first_is_another=tip.same_as_id is not None and _told_before(tip), grave=grave(tip),
        named=tip.named,
    )  # fmt: skip


def unfounded(tip: Tip) -> bool:
    """Whether the decision that its reward rests on was revoked, or its fine changed."""
    return _unfounded(tip, Reward.objects.filter(tip=tip).first())


def _unfounded(tip: Tip, reward: Reward | None) -> bool:
    if reward is None or tip.danger_id is None:
        return False
    return not stands(tip.danger_id, reward.basis, int(reward.grounds.get("fine", 0)))


def grave(tip: Tip) -> bool:
    """Whether a reported danger was graded major, or a case of it decided [JL]; else true."""
    if tip.kind != Kind.DANGER or tip.state not in _ON_THE_WAY:
        return True
    major = Tip.objects.filter(pk=tip.pk, danger__grade=Grade.MAJOR)
    return major.exists() or (tip.danger_id is not None and fine_after(tip.danger_id) is not None)


def _told_before(tip: Tip) -> bool:
    """Whether an earlier report told of the same and was neither refused nor found untrue."""
    rows = Tip.objects.filter(Q(pk=tip.same_as_id) | Q(same_as=tip.same_as_id), pk__lt=tip.pk)
    standing = rows.filter(verdict__in=("", *REWARDED))
    return standing.exclude(decided_at__isnull=False, due_on=None).exists()


def terms(kind: str, day: date) -> Terms:
    """The days that hold for a report of a kind."""
    return hazard_terms(day) if kind == Kind.HAZARD else safety_terms(day)


def safety_terms(day: date) -> SafetyTerms:
    """The table for reports on work safety that holds on a day."""
    row = RewardTerms.on(day, table=SAFETY)
    return NATIONAL if row is None else safety_table(row.source, row.figures)


def hazard_terms(day: date) -> HazardTerms:
    """The table for signs of natural hazards; one without amounts where the district has none."""
    row = RewardTerms.on(day, table=HAZARD)
    return HazardTerms(source="") if row is None else hazard_table(row.source, row.figures)


def safety_table(source: str, figures: dict[str, Any]) -> SafetyTerms:
    """The table as its file has it; raises where a figure is missing or one is not known."""
    rest = dict(figures)
    per_death = {int(key): int(value) for key, value in rest.pop("per_death").items()}
    return SafetyTerms(source=source, per_death=per_death, **rest)


def hazard_table(source: str, figures: dict[str, Any]) -> HazardTerms:
    """The table as its file has it; raises where it names a sign, duty or hazard that is none."""
    rest = dict(figures)
    return HazardTerms(
        source=source,
        signs={Sign(key): int(yuan) for key, yuan in rest.pop("signs").items()},
        brought_out=tuple((int(one["people"]), int(one["yuan"]))
                          for one in rest.pop("brought_out", [])),
        rewarded=frozenset(Duty(one) for one in rest.pop("rewarded", [])),
        units={Hazard(key): tuple(codes) for key, codes in rest.pop("units", {}).items()},
        **rest,
    )  # fmt: skip
