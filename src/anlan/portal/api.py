"""The typed JSON interface: every app's router under one roof, errors as RFC 9457 documents."""

from collections.abc import Mapping
from http import HTTPStatus
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.security import django_auth

from anlan.operations.people.queries import worded
from anlan.operations.sensing.actions import TooMany
from anlan.vocabulary.transitions import Refused

PROBLEM = "application/problem+json"


class _Interface(NinjaAPI):
    """Describes itself once: its hundreds of shapes take seconds, and stay as they are."""

    _described: OpenAPISchema | None = None

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        if self._described is None:
            self._described = super().get_openapi_schema(
                path_prefix=path_prefix, path_params=path_params
            )
        return self._described


api = _Interface(
    title="Anlan",
    version="1",
    description="What the pages of Anlan show and do, for other programs. Log in first: the "
    "session of the pages is the session here, and everybody sees what their account may see.",
    auth=django_auth,
    openapi_url="/openapi.json",
    docs_url=None,
    urls_namespace="api",
)


def problem(
    request: HttpRequest, status: int, detail: str, extra: Mapping[str, Any] | None = None
) -> HttpResponse:
    """An RFC 9457 problem document."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "instance": request.get_full_path(),
        **(extra or {}),
    }
    return JsonResponse(body, status=status, content_type=PROBLEM)


@api.exception_handler(AuthenticationError)
def not_logged_in(request: HttpRequest, fault: AuthenticationError) -> HttpResponse:
    return problem(request, 401, _("Log in first."))


@api.exception_handler(PermissionDenied)
def not_allowed(request: HttpRequest, fault: PermissionDenied) -> HttpResponse:
    return problem(request, 403, str(fault) or _("This account may not do that."))


@api.exception_handler(Http404)
def not_there(request: HttpRequest, fault: Http404) -> HttpResponse:
    return problem(request, 404, _("There is no such thing within your sight."))


@api.exception_handler(Refused)
def refused(request: HttpRequest, fault: Refused) -> HttpResponse:
    """The thing is not in a state for it; nothing was changed."""
    return problem(request, 409, worded(fault))


@api.exception_handler(TooMany)
def too_many(request: HttpRequest, fault: TooMany) -> HttpResponse:
    words = _("Too many pushes; again in %(s)d seconds.") % {"s": fault.after_s}
    answer = problem(request, 429, words)
    answer["Retry-After"] = str(fault.after_s)
    return answer


@api.exception_handler(ValidationError)
def not_understood(request: HttpRequest, fault: ValidationError) -> HttpResponse:
    errors = [
        {"where": ".".join(str(part) for part in error.get("loc", ())), "why": error.get("msg", "")}
        for error in fault.errors
    ]
    return problem(request, 422, _("The request was not understood."), {"errors": errors})


@api.exception_handler(DataError)
def not_kept(request: HttpRequest, fault: DataError) -> HttpResponse:
    """PostgreSQL keeps no NUL and no whole number past its column's."""
    words = _("The request holds a character or a figure that cannot be kept.")
    return problem(request, 422, words)


@api.exception_handler(HttpError)
def other_error(request: HttpRequest, fault: HttpError) -> HttpResponse:
    return problem(request, fault.status_code, fault.message)


for app in settings.APPS:
    if find_spec(f"anlan.operations.{app}.api"):
        api.add_router("", import_module(f"anlan.operations.{app}.api").router, tags=[app])
