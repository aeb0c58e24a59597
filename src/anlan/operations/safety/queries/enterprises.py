"""An enterprise's file and those to choose from."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from anlan.operations.people.queries import Scope, names_of
from anlan.operations.registers.queries import holds
from anlan.operations.safety.models import Danger, Enterprise, EnterpriseVersion
from anlan.operations.safety.queries.scope import dangers_in, enterprises_in
from anlan.operations.safety.rules.credit_code import valid as valid_credit_code
from anlan.operations.safety.rules.states import State

__all__ = [
    "Dossier", "enterprise_file", "enterprise_of", "enterprises_named", "valid_credit_code",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dossier:
    enterprise: Enterprise
    versions: list[EnterpriseVersion]
    dangers: list[Danger]
    members: dict[int, str]  # who works for it, by account


def enterprise_file(enterprise_id: int, scope: Scope) -> Dossier | None:
    """The file within one's sight, else None. Five queries."""
    one = enterprises_in(scope).filter(pk=enterprise_id).first()
    if one is None:
        return None
    open_ones = (
        dangers_in(scope)
        .filter(enterprise=one)
        .exclude(state=State.CLOSED)
        .order_by("due_on", "-found_at")
    )
    return Dossier(
        one, list(one.versions.order_by("-at")[:20]), list(open_ones[:50]),
        names_of(one.members.filter(until=None).values_list("account_id", flat=True)),
    )  # fmt: skip


def enterprise_of(credit_code: str) -> int | None:
    """The id of the enterprise of a credit code, whoever asks: for loading, not for pages."""
    rows = Enterprise.objects.filter(credit_code=credit_code)
    return rows.values_list("pk", flat=True).first()


def enterprises_named(text: str) -> QuerySet[Any]:
    """The keys of enterprises whose name holds a text, as a part of a question about their rows:
    whoever asks narrows those to what the reader may see."""
    return Enterprise.objects.filter(holds("name", text)).values_list("pk", flat=True)
