"""Who sees which posts: those of the enterprises within sight, in the query."""

from django.db.models import QuerySet

from anlan.operations.people.queries import Scope
from anlan.operations.posts.models import Certificate, Meeting, Post, PostCard
from anlan.operations.posts.rules.words import KEEP
from anlan.operations.safety.queries.scope import enterprises_in, own_enterprises


def posts_in(scope: Scope) -> QuerySet[Post]:
    mine = enterprises_in(scope).values("pk")
    return Post.objects.filter(enterprise__in=mine, closed_at=None)


def cards_in(scope: Scope) -> QuerySet[PostCard]:
    return PostCard.objects.filter(post__in=posts_in(scope).values("pk"))


def meetings_in(scope: Scope) -> QuerySet[Meeting]:
    return Meeting.objects.filter(post__in=posts_in(scope).values("pk"))


def certificates_in(scope: Scope) -> QuerySet[Certificate]:
    """The certificates in force or run out of who works there; the others are history."""
    mine = enterprises_in(scope).values("pk")
    return Certificate.objects.filter(
        enterprise__in=mine, replaced_at=None, worker__until=None, worker__post__closed_at=None
    )


def may_unveil(scope: Scope, enterprise_id: int) -> bool:
    """Whether one reads plain names and numbers: whoever keeps them, and regulators."""
    return scope.may("safety.regulate") or (scope.may(KEEP) and works_for(scope, enterprise_id))


def works_for(scope: Scope, enterprise_id: int) -> bool:
    """Whether the account is one of the enterprise's own."""
    return scope.reach == "itself" and enterprise_id in own_enterprises(scope.account_id)
