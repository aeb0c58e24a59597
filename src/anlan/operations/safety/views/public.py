"""What everybody may read of work safety without an account: listed supervisions 挂牌督办."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from anlan.operations.safety.queries.supervision import notices
from anlan.vocabulary import clock


@require_GET
def supervisions_page(request: HttpRequest) -> HttpResponse:
    """The public notices; ``page`` counts from 1."""
    page = notices(request.GET.get("page", ""))
    return render(request, "safety/supervisions.html", {"page": page, "today": clock.today()})
