"""The service worker of the field page, at an address from which it may stand before that page."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from anlan.portal import assets


@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The built `web/src/fieldwork-worker.ts`: the same for everybody, and never from a cache."""
    _styles, modules = assets.entry("fieldwork-worker")
    if not modules:
        raise Http404
    path = assets.BUILT / modules[0].removeprefix(f"{settings.STATIC_URL}built/")
    answer = HttpResponse(path.read_bytes(), content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    answer["Service-Worker-Allowed"] = "/fieldwork"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
