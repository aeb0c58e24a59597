"""The content security policy: our own files only; the map draws in workers made from blobs.

Live pictures come from the media hosts that the operator has named.
"""

from collections.abc import Awaitable, Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import sync_and_async_middleware

POLICY = (
    "default-src 'self'; script-src 'self'; worker-src 'self' blob:; style-src 'self' "
    "'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)


def policy() -> str:
    """The policy with the media hosts that the operator has named."""
    hosts = "".join(f" {host}" for host in settings.ANLAN_MEDIA_HOSTS)
    return f"{POLICY}; connect-src 'self'{hosts}; media-src 'self' blob:{hosts}"


Respond = Callable[[HttpRequest], HttpResponse] | Callable[[HttpRequest], Awaitable[HttpResponse]]


@sync_and_async_middleware
def ContentSecurityPolicy(get_response: Respond) -> Respond:  # noqa: N802 - named like its peers
    """Adds the policy to every answer."""
    from inspect import iscoroutinefunction

    if iscoroutinefunction(get_response):

        async def guard_async(request: HttpRequest) -> HttpResponse:
            response: HttpResponse = await get_response(request)
            response.headers["Content-Security-Policy"] = policy()
            return response

        return guard_async

    def guard(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        assert isinstance(response, HttpResponse)
        response.headers["Content-Security-Policy"] = policy()
        return response

    return guard
