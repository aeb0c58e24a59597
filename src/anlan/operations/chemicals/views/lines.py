"""The chain, pipelines and their sections: their pages, and what a pipeline's page enters."""

import secrets
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST

from anlan.operations.chemicals.actions import (
    HOLDING,
    PIPELINE,
    SECTION,
    Owner,
    Seen,
    register_encroachment,
)
from anlan.operations.chemicals.models import Pipeline, Record, Section
from anlan.operations.chemicals.queries.lines import GRADE_WORDS, HOLDINGS, PIPELINES, SECTIONS
from anlan.operations.chemicals.queries.near import METRES, near_line
from anlan.operations.chemicals.queries.scope import records_in
from anlan.operations.chemicals.rules.lines import read_line, written_line
from anlan.operations.chemicals.rules.words import KEEP, VIEW
from anlan.operations.chemicals.views.pages import BookPages, may_enter
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import Scope, requires, scope_of, worded
from anlan.operations.registers import queries as registers
from anlan.operations.safety.queries.scope import dangers_in
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

DEFAULT_M = METRES[1]
AROUND = 0.002  # degrees shown beyond a pipeline's ends


def with_line(values: dict[str, Any]) -> dict[str, Any]:
    """Typed values with the line's text read. Raises `Refused`."""
    return values | ({"line": read_line(values["line"])} if "line" in values else {})


def _said(record: Record) -> dict[str, Any]:
    return {"line": written_line(record.line)} if isinstance(record, Pipeline) else {}


def _of_pipeline(request: HttpRequest, one: Pipeline) -> dict[str, Any]:
    """Sections, what stands on it, what lies near it, and where it runs."""
    scope = scope_of(request.user)
    asked = registers.key_of(request.GET.get("m", "")) or DEFAULT_M
    metres = asked if asked in METRES else DEFAULT_M
    sections = Section.objects.filter(pipeline=one.pk, withdrawn_at=None).order_by("from_m")
    mine = one.encroachments.values("danger")
    maps = scope.may("territory.map")
    stands = one.withdrawn_at is None
    return {
        "sections": [(row, pgettext(*GRADE_WORDS[row.grade])) for row in sections],
        "dangers": dangers_in(scope).filter(pk__in=mine).order_by("-found_at"),
        "near": near_line(scope, one.line, metres) if maps else [],
        "metres": metres, "choices": METRES, "map": _map(one, scope),
        "late": stands and one.inspect_by is not None and one.inspect_by < clock.today(),
        "may_add": stands and may_enter(request, one.enterprise_id),
        "may_find": stands and scope.may("safety.find"), "key": secrets.token_hex(16),
        "entered": registers.Entered({}),
    }  # fmt: skip


def _map(one: Pipeline, scope: Scope) -> dict[str, Any] | None:
    if not scope.may("territory.map"):
        return None
    lons, lats = [point[0] for point in one.line], [point[1] for point in one.line]
    return {
        "layers": "/map/layers.json", "on": ["pipelines"], "tools": True,
        "fit": [min(lons) - AROUND, min(lats) - AROUND, max(lons) + AROUND, max(lats) + AROUND],
    }  # fmt: skip


holding_pages = BookPages(
    book=HOLDING, register=HOLDINGS, address="/chemicals", tab="holdings", link="substance",
    wide=("enterprise__area_code", "un", "process", "licence"),
    words={
        "list": N_("Chain of hazardous chemicals"), "new": N_("Enter a substance"),
        "empty": N_("No substance here. Enter the first one, or import a file."),
    },
)  # fmt: skip
pipeline_pages = BookPages(
    book=PIPELINE, register=PIPELINES, address="/chemicals/pipelines", tab="pipelines",
    link="name", wide=("enterprise__area_code", "diameter", "patrol", "inspected_on"),
    read=with_line, reads="line", written=_said, more=_of_pipeline,
    words={
        "list": N_("Pipelines of hazardous chemicals"), "new": N_("Enter a pipeline"),
        "empty": N_("No pipeline here. Enter the first one, or import a file."),
    },
)  # fmt: skip
section_pages = BookPages(
    book=SECTION, register=SECTIONS, address="/chemicals/sections", tab="sections", link="name",
    wide=("enterprise__area_code", "from_m", "to_m"),
    words={
        "list": N_("High-consequence sections"), "new": N_("Enter a section"),
        "empty": N_("No section here. Enter it at its pipeline, or import a file."),
    },
)  # fmt: skip
HOLDING_VIEWS, PIPELINE_VIEWS = holding_pages.views(), pipeline_pages.views()
SECTION_VIEWS = section_pages.views()


def _pipeline(request: HttpRequest, pipeline_id: int) -> Pipeline:
    """A pipeline within sight that stands; else 404."""
    rows = records_in(Pipeline, scope_of(request.user))
    one = rows.filter(pk=pipeline_id, withdrawn_at=None).first()
    if one is None:
        raise Http404
    return one


@require_http_methods(["GET", "POST"])
@requires(KEEP)
def new_section(request: HttpRequest, pipeline_id: int) -> HttpResponse:
    """A high-consequence section of a pipeline within sight."""
    of = _pipeline(request, pipeline_id)
    if not may_enter(request, of.enterprise_id):
        raise Http404
    entered = registers.Entered({})
    if request.method == "POST":
        owner = Owner(enterprise_id=of.enterprise_id, parent_id=of.pk)
        entered, done = section_pages.taken(request, owner)
        if done is not None:
            return done
    more = {"parent": of, "back": f"/chemicals/pipelines/{of.pk}"}
    return section_pages.form(request, entered, more)


@require_POST
@requires(VIEW)
def encroachment(request: HttpRequest, pipeline_id: int) -> HttpResponse:
    """What stands on a pipeline, registered as a danger."""
    of = _pipeline(request, pipeline_id)
    given = request.POST.dict()
    try:
        lon, lat = registers.position(given)
        title = registers.required(given.get("title", ""), N_("Say what stands on the pipeline."))
        seen = Seen(
            key=given.get("key", "")[:64] or secrets.token_hex(16), title=title[:120],
            place=registers.clean(given.get("place", ""))[:200], lon=lon, lat=lat,
        )  # fmt: skip
        register_encroachment(actor_of(request), scope_of(request.user), of.pk, seen)
    except Refused as fault:
        messages.error(request, worded(fault))
    except registers.Wrong as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("The danger is registered."))
    return HttpResponseRedirect(f"/chemicals/pipelines/{of.pk}", status=303)
