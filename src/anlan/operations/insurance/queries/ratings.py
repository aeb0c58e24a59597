"""Providers with the mean of their ratings, engagements within sight with theirs."""

from dataclasses import dataclass

from django.db.models import Avg, Count, FloatField, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from anlan.operations.insurance.models import (
    Engagement,
    EngagementStep,
    Provider,
    ProviderStep,
    Rating,
)
from anlan.operations.insurance.queries.scope import engagements_in, person_of
from anlan.operations.insurance.rules.engagements import Provider as Facts
from anlan.operations.insurance.rules.engagements import (
    ProviderState,
    engagement_verbs,
    provider_verbs,
    side_of,
)
from anlan.operations.insurance.rules.words import SIDE_WORDS, VIEW
from anlan.operations.people.queries import Scope
from anlan.vocabulary import clock

MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class ProviderFile:
    """A provider with its steps (newest first), the engagements within my sight, my steps."""

    provider: Provider
    steps: list[ProviderStep]
    engagements: list[Engagement]
    verbs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EngagementFile:
    """An engagement with its steps and ratings (newest first), and my steps; `mine`: the rating
    of my side that stands."""

    engagement: Engagement
    steps: list[EngagementStep]
    ratings: list[Rating]
    verbs: tuple[str, ...]
    mine: Rating | None


def provider_facts(provider: Provider) -> Facts:
    """A provider as the rules see it."""
    return Facts(
        state=provider.state, kinds=tuple(provider.kinds.split(",")),
        qualified_until=provider.qualified_until,
    )  # fmt: skip


def rated_providers() -> QuerySet[Provider]:
    """Every provider with what each side's standing ratings come to: `enterprise_mean`,
    `enterprise_count`, `regulator_mean`, `regulator_count`; no single word, for everybody."""
    rows = Provider.objects.all()
    for side in SIDE_WORDS:
        stands = Rating.objects.filter(
            engagement__provider=OuterRef("pk"), side=side, replaced_at=None
        )
        grouped = stands.order_by().values("engagement__provider")
        mean = grouped.annotate(mean=Avg("score")).values("mean")
        count = grouped.annotate(count=Count("pk")).values("count")
        rows = rows.annotate(**{
            f"{side}_mean": Subquery(mean, output_field=FloatField()),
            f"{side}_count": Coalesce(Subquery(count, output_field=IntegerField()), 0),
        })  # fmt: skip
    return rows


def evaluators() -> list[str]:
    """Who can be commissioned to evaluate: active, qualified today, by name."""
    rows = Provider.objects.filter(state=ProviderState.ACTIVE, kinds__contains="evaluation")
    valid = Q(qualified_until=None) | Q(qualified_until__gte=clock.today())
    return list(rows.filter(valid).order_by("name").values_list("name", flat=True))


def providers_in(scope: Scope) -> QuerySet[Provider]:
    """The register is the whole district's, for whoever may see the room."""
    return rated_providers() if scope.may(VIEW) else Provider.objects.none()


def provider_file(provider_id: int, scope: Scope) -> ProviderFile | None:
    """Three queries."""
    provider = providers_in(scope).filter(pk=provider_id).first()
    if provider is None:
        return None
    mine = engagements_in(scope).filter(provider=provider).order_by("-starts_on", "-id")
    return ProviderFile(
        provider, list(provider.steps.order_by("-id")), list(mine[:MOST_SHOWN]),
        provider_verbs(provider.state, person_of(scope)),
    )  # fmt: skip


def engagement_file(engagement_id: int, scope: Scope) -> EngagementFile | None:
    """The file within one's sight, else None. Four queries."""
    rows = engagements_in(scope).select_related("provider")
    one = rows.filter(pk=engagement_id).first()
    if one is None:
        return None
    person, ratings = person_of(scope), list(one.ratings.order_by("-id"))
    side = side_of(person)
    standing = [r for r in ratings if r.side == side and r.replaced_at is None]
    return EngagementFile(
        one, list(one.steps.order_by("-id")), ratings,
        engagement_verbs(one.state, one.enterprise_id, person),
        standing[0] if standing else None,
    )  # fmt: skip
