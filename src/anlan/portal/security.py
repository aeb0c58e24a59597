"""The content security policy: our own files only; the map draws in workers made from blobs."""

from collections.abc import Awaitable, Callable

from django.http import HttpRequest, HttpResponse
from django.utils.decorators import sync_and_async_middleware

POLICY = (
    "default-src 'self'; script-src 'self'; worker-src 'self' blob:; style-src 'self' "
    "'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'; font-src 'self' data:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
Respond = Callable[[HttpRequest], HttpResponse] | Callable[[HttpRequest], Awaitable[HttpResponse]]


@sync_and_async_middleware
def ContentSecurityPolicy(get_response: Respond) -> Respond:  # noqa: N802 - named like its peers
    """Adds the policy to every answer."""
    from inspect import iscoroutinefunction

    if iscoroutinefunction(get_response):

        async def guard_async(request: HttpRequest) -> HttpResponse:
            response: HttpResponse = await get_response(request)
            response.headers["Content-Security-Policy"] = POLICY
            return response

        return guard_async

    def guard(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        assert isinstance(response, HttpResponse)
        response.headers["Content-Security-Policy"] = POLICY
        return response

    return guard
