"""The frame around every page: rail, standing, situation strip; one small query budget."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from anlan.operations.people.queries import scope_of


def frame(request: HttpRequest) -> dict[str, Any]:
    """What `base.html` needs on every page."""
    scope = scope_of(request.user) if hasattr(request, "user") else None
    return {"standing": settings.ANLAN_STANDING, "scope": scope}
