"""Satellite hotspots: the fires of the last days, and saying what they were."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import requires, scope_of
from anlan.operations.sensing import queries
from anlan.operations.sensing.actions import verify_hotspot
from anlan.operations.sensing.models import HotspotCluster
from anlan.operations.sensing.rules.hotspots import CONFIDENCE_WORDS, FINDING_WORDS, Finding
from anlan.operations.sensing.views.feeds import feed_lines
from anlan.operations.sensing.views.lines import said
from anlan.vocabulary.transitions import Refused

PERIODS = (1, 3, 7, 30)  # days


@require_GET
@requires("sensing.view")
def hotspots_page(request: HttpRequest) -> HttpResponse:
    scope = scope_of(request.user)
    asked = request.GET.get("days", "")
    days = int(asked) if asked in {str(one) for one in PERIODS} else PERIODS[1]
    pixels = queries.hotspots(scope, days)
    fires = queries.fires(pixels)
    context = {
        "fires": [
            {"row": one, "finding": said(FINDING_WORDS[one.finding]) if one.finding else "",
             "best": said(CONFIDENCE_WORDS[_best(one)]),
             "frp": max((p.frp_mw for p in one.hotspots if p.frp_mw is not None), default=None)}
            for one in fires
        ],
        "around": [
            {"row": one, "confidence": said(CONFIDENCE_WORDS[one.confidence])}
            for one in pixels if one.cluster is None
        ][:50],
        "waiting": sum(one.open for one in fires), "days": days, "periods": PERIODS,
        "may_handle": scope.may("sensing.handle"), "feeds": feed_lines(),
        "findings": [(one.value, said(FINDING_WORDS[one])) for one in Finding],
    }  # fmt: skip
    return render(request, "sensing/hotspots.html", context)


@require_POST
@requires("sensing.handle")
def verify(request: HttpRequest, cluster_id: int) -> HttpResponse:
    finding = request.POST.get("finding", "")
    try:
        note = request.POST.get("note", "").strip()
        verify_hotspot(actor_of(request), scope_of(request.user), cluster_id, finding, note)
        messages.success(request, _("Noted. It left the desk."))
    except HotspotCluster.DoesNotExist:
        raise Http404 from None
    except Refused as fault:
        messages.info(request, _(fault.message))
    return redirect("hotspots")


def _best(fire: queries.FireRow) -> str:
    order = list(CONFIDENCE_WORDS)
    return max((one.confidence for one in fire.hotspots), key=order.index)
