"""A policy with its versions, and the policies that an enterprise has."""

from dataclasses import dataclass

from django.db.models import QuerySet

from anlan.operations.insurance.models import Policy, PolicyDocument, PolicyVersion
from anlan.operations.insurance.queries.scope import person_of, policies_in
from anlan.operations.insurance.rules.policies import Policy as Facts
from anlan.operations.insurance.rules.policies import verbs
from anlan.operations.people.queries import Scope


@dataclass(frozen=True, slots=True)
class PolicyFile:
    """A policy, what it said before (newest first), the one that follows, the steps open to me."""

    policy: Policy
    versions: list[PolicyVersion]
    documents: list[PolicyDocument]
    following: Policy | None
    verbs: tuple[str, ...]


def following(policy: Policy) -> Policy | None:
    """The policy that follows this one, where it was entered and stands."""
    return Policy.objects.filter(follows=policy.pk, withdrawn_at=None).first()


def newest(enterprise_id: int | None, kind: str) -> QuerySet[Policy]:
    """The policies of a holder that stand, the one that ends last first."""
    rows = Policy.objects.filter(enterprise=enterprise_id, kind=kind, withdrawn_at=None)
    return rows.order_by("-ends_on", "-id")


def facts(policy: Policy, *, followed: bool) -> Facts:
    """A policy as the rules see it."""
    return Facts(
        enterprise_id=policy.enterprise_id, kind=policy.kind, source=policy.source,
        withdrawn=policy.withdrawn_at is not None, followed=followed,
    )  # fmt: skip


def policy_file(policy_id: int, scope: Scope) -> PolicyFile | None:
    """The file within one's sight, else None. Five queries."""
    policy = policies_in(scope).select_related("follows").filter(pk=policy_id).first()
    if policy is None:
        return None
    after = following(policy)
    seen = facts(policy, followed=after is not None)
    return PolicyFile(
        policy, list(policy.versions.order_by("-id")), list(policy.documents.order_by("id")),
        after, verbs(seen, person_of(scope)),
    )  # fmt: skip
