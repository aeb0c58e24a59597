"""What every page of risk control asks first: who, with which sight, over which places."""

from typing import Any

from django.http import Http404, HttpRequest

from anlan.operations.people.queries import Scope, scope_of
from anlan.operations.registers.queries import key_of
from anlan.operations.risks.queries.scope import person_of
from anlan.operations.risks.rules.loop import Person
from anlan.operations.safety.queries.scope import enterprises_in


def person(request: HttpRequest) -> Person:
    return person_of(scope_of(request.user))


def enterprise(scope: Scope, enterprise_id: object) -> dict[str, Any]:
    """What the pages say of an enterprise within sight; else 404."""
    pk = key_of(str(enterprise_id))
    if pk is None:
        raise Http404
    rows = enterprises_in(scope).filter(pk=pk)
    one = rows.values("pk", "name", "level", "address", "credit_code").first()
    if one is None:
        raise Http404
    return dict(one)
