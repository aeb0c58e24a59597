"""A report as the rules see it, and the terms in force."""

from datetime import date

from anlan.operations.hotline.models import Reward, RewardTerms, Tip
from anlan.operations.hotline.rules.loop import Tip as Facts
from anlan.operations.hotline.rules.reward import Terms

# 安监总财〔2018〕19号, where the district has not stated its own.
NATIONAL = Terms(
    source="安监总财〔2018〕19号", per_death={1: 60_000, 2: 50_000, 3: 40_000, 4: 30_000}
)


def facts(tip: Tip) -> Facts:
    """What the rules ask of the record. Two queries."""
    reward = Reward.objects.filter(tip=tip).first()
    named = (tip.handler_one_id, tip.handler_two_id)
    return Facts(
        state=tip.state, kind=tip.kind, unit=tip.unit,
        handlers=frozenset(one for one in named if one is not None),
        verdict=tip.verdict, due_on=tip.due_on, extended=tip.extended_to is not None,
        proposed_by=reward.proposed_by_id if reward else None,
        approved_by=reward.approved_by_id if reward else None,
        claim_by=reward.claim_by if reward else None,
        claimed=bool(reward and reward.claimed_at), followed=tip.followers.exists(),
    )  # fmt: skip


def terms(day: date) -> Terms:
    """The terms that hold on a day."""
    row = RewardTerms.objects.filter(valid_from__lte=day).order_by("-valid_from").first()
    if row is None:
        return NATIONAL
    figures = dict(row.figures)
    per_death = {int(key): int(value) for key, value in figures.pop("per_death").items()}
    return Terms(source=row.source, per_death=per_death, **figures)
