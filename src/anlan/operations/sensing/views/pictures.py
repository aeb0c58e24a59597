"""Pictures that stations sent: the newest on the station's page, each by itself."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from anlan.operations.people.queries import requires, scope_of
from anlan.operations.sensing import queries
from anlan.operations.sensing.views.lines import seen

LISTED = 120


@require_GET
@requires("sensing.view")
def pictures_page(request: HttpRequest, code: str) -> HttpResponse:
    """The station's pictures, the last that came first."""
    row = seen(scope_of(request.user), code)
    context = {"station": row, "pictures": queries.pictures(code, LISTED), "listed": LISTED}
    return render(request, "sensing/pictures.html", context)


@require_GET
@requires("sensing.view")
def picture(request: HttpRequest, code: str, picture_id: int) -> HttpResponse:
    """A picture as it came: made by a stranger, so a browser is never left to guess its kind."""
    seen(scope_of(request.user), code)
    body = queries.picture_body(code, picture_id)
    if body is None:
        raise Http404
    answer = HttpResponse(body, content_type="image/jpeg")
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, max-age=86400, immutable"
    answer["Content-Disposition"] = f'inline; filename="{code}-{picture_id}.jpg"'
    return answer
