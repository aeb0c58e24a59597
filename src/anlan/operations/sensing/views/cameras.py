"""The register of cameras and each camera's page."""

from collections import Counter

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from anlan.operations.people.queries import requires, scope_of
from anlan.operations.sensing import queries
from anlan.operations.territory.queries import area_names


@require_GET
@requires("sensing.view")
def cameras_page(request: HttpRequest) -> HttpResponse:
    rows = queries.cameras(scope_of(request.user))
    street = request.GET.get("street", "")
    counts = Counter(row.street for row in rows)
    names = area_names(counts)
    context = {
        "lines": [
            {"row": row, "place": names.get(row.street, row.street)}
            for row in rows
            if not street or row.street == street
        ],
        "tabs": [(code, names.get(code, code), n) for code, n in sorted(counts.items())],
        "street": street, "total": len(rows),
    }  # fmt: skip
    return render(request, "sensing/cameras.html", context)


@require_GET
@requires("sensing.view")
def camera_page(request: HttpRequest, code: str) -> HttpResponse:
    row = queries.camera(scope_of(request.user), code)
    if row is None:
        raise Http404
    place = area_names([row.street]).get(row.street, row.street)
    return render(request, "sensing/camera.html", {"row": row, "place": place})
