"""Frames that could not be taken, and devices that nobody has registered."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from anlan.operations.people.queries import requires
from anlan.operations.sensing import queries
from anlan.operations.sensing.views.lines import said
from anlan.vocabulary.words import NP_, Term


@require_GET
@requires("sensing.view")
def bad_frames_page(request: HttpRequest) -> HttpResponse:
    reason, device = request.GET.get("reason", ""), request.GET.get("device")
    counts = queries.bad_frame_counts()
    names = {row.device: row for row in queries.stations() if row.device}
    rows = queries.bad_frames(device=device, reason=reason)
    context = {
        "lines": [{"row": row, "station": names.get(row.device)} for row in rows],
        "tabs": [("", _("All"), sum(counts.values())),
                 *((key, reason_word(key), counts[key]) for key in counts)],
        "reason": reason, "device": device, "total": sum(counts.values()),
    }  # fmt: skip
    for line in context["lines"]:  # type: ignore[attr-defined]
        line["why"] = reason_word(line["row"].reason)
    return render(request, "sensing/bad_frames.html", context)


REASONS: dict[str, Term] = {
    "unknown_station": NP_("bad frame", "Unknown station"),
    "password": NP_("bad frame", "Wrong password"),
    "check": NP_("bad frame", "Wrong check code"),
    "garbage": NP_("bad frame", "Not a frame"),
    "incomplete": NP_("bad frame", "Broken off"),
    "malformed": NP_("bad frame", "Malformed"),
    "unsupported": NP_("bad frame", "Unsupported message"),
    "element": NP_("bad frame", "Unreadable element"),
    "foreign_station": NP_("bad frame", "Speaks for another station"),
    "direction": NP_("bad frame", "Wrong direction"),
    "other_datum": NP_("bad frame", "Stage in the other datum"),
    "out_of_range": NP_("bad frame", "Impossible value"),
    "unreadable_record": NP_("bad frame", "Unreadable record"),
}


def reason_word(reason: str) -> str:
    return said(REASONS[reason]) if reason in REASONS else reason
