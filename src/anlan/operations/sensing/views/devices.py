"""Frames that could not be taken, and devices that nobody has registered."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import requires, scope_of
from anlan.operations.people.queries.sayings import spoken
from anlan.operations.registers.queries import Entered
from anlan.operations.sensing import queries
from anlan.operations.sensing.actions import NoSuchDevice, Unreadable, adopt_device
from anlan.operations.sensing.forms import adoption
from anlan.operations.sensing.queries import READ_LATER
from anlan.operations.sensing.rules.kinds import INTERVAL_MIN, KIND, KINDS_OF, PROTOCOL_WORDS
from anlan.operations.sensing.views.lines import said
from anlan.operations.sensing.views.upkeep import known_names
from anlan.operations.sensing.views.vehicles import class_choices
from anlan.operations.territory.actions import SiteTaken
from anlan.operations.territory.queries import areas
from anlan.protocols import jt808
from anlan.vocabulary.datum import Datum
from anlan.vocabulary.words import NP_, Term

A_PAGE, MOST_PAGES = 50, 2000  # unknown devices, each with a form


@require_GET
@requires("sensing.view")
def bad_frames_page(request: HttpRequest) -> HttpResponse:
    """Those of the stations that are in sight and theirs."""
    return _bad_frames(request)


@require_GET
@requires("sensing.configure")
def all_bad_frames_page(request: HttpRequest) -> HttpResponse:
    """All of them: what strangers sent, and what is no frame of anybody."""
    return _bad_frames(request)


def _bad_frames(request: HttpRequest) -> HttpResponse:
    scope = scope_of(request.user)
    reason, device = request.GET.get("reason", ""), request.GET.get("device")
    counts, later = queries.refused_and_read_later(scope)
    names = {row.device: row for row in queries.stations() if row.device}
    rows = queries.bad_frames(scope, device=device, reason=reason)
    context = {
        "lines": [
            {"row": row, "station": names.get(row.device), "why": reason_word(row.reason),
             "detail": _detail(row)}
            for row in rows
        ],
        "tabs": [("", _("All"), sum(counts.values())),
                 *((key, reason_word(key), counts[key]) for key in counts),
                 *([(READ_LATER, reason_word(READ_LATER), later)] if later else ())],
        "reason": reason, "device": device, "total": sum(counts.values()),
        "may_see": scope.may("sensing.view"), "may_write": scope.may("sensing.configure"),
    }  # fmt: skip
    return render(request, "sensing/bad_frames.html", context)


REASONS: dict[str, Term] = {
    "unknown_station": NP_("bad frame", "Unknown station"),
    "password": NP_("bad frame", "Wrong password"),
    "other_terminal": NP_("bad frame", "Another terminal than the vehicle's"),
    "check": NP_("bad frame", "Wrong check code"),
    "garbage": NP_("bad frame", "Not a frame"),
    "not_authenticated": NP_("bad frame", "Not authenticated"),
    "encrypted": NP_("bad frame", "Encrypted"),
    "future_time": NP_("bad frame", "Of a time to come"),
    "incomplete": NP_("bad frame", "Broken off"),
    "malformed": NP_("bad frame", "Malformed"),
    "unsupported": NP_("bad frame", "Unsupported message"),
    "element": NP_("bad frame", "Unreadable element"),
    "foreign_station": NP_("bad frame", "Speaks for another station"),
    "direction": NP_("bad frame", "Wrong direction"),
    "other_datum": NP_("bad frame", "Stage in the other datum"),
    "out_of_range": NP_("bad frame", "Impossible value"),
    "unmapped_topic": NP_("bad frame", "No map for the topic"),
    "unreadable_record": NP_("bad frame", "Unreadable record"),
    "unreadable_value": NP_("bad frame", "Unreadable value"),
    "too_long": NP_("bad frame", "Too long"),
    READ_LATER: NP_("bad frame", "Read later"),
}


def _detail(row: queries.BadFrameRow) -> str:
    """What is wrong with it; of a terminal's message that nobody reads, which it is."""
    if row.protocol != jt808.PROTOCOL or row.reason != "unsupported":
        return row.detail
    number = row.detail[:4]
    return f"{number} {spoken(jt808.message_word(number))}".strip()


def reason_word(reason: str) -> str:
    return said(REASONS[reason]) if reason in REASONS else reason


@never_cache
@require_GET
@requires("sensing.configure")
def unknown_page(request: HttpRequest) -> HttpResponse:
    """Devices that speak to the gateway and that nobody has registered."""
    return _unknown(request)


@never_cache
@require_POST
@requires("sensing.configure")
def adopt(request: HttpRequest) -> HttpResponse:
    """Register one of them: what it has sent so far becomes readings."""
    asked = request.POST.get("protocol", ""), request.POST.get("device", "")
    found = queries.unknown_device(*asked)
    if found is None:
        messages.info(request, _("Somebody has registered this device meanwhile."))
        return redirect("unknown-devices")
    adopted, entered = adoption(request.POST.dict(), found, areas("township"))
    if adopted is None:
        return _unknown(request, found, entered, status=422)
    try:
        code, recorded = adopt_device(actor_of(request), adopted)
    except NoSuchDevice:
        messages.info(request, _("Somebody has registered this device meanwhile."))
        return redirect("unknown-devices")
    except SiteTaken as fault:
        messages.error(request, str(fault))
        return redirect("unknown-devices")
    except Unreadable:
        words = _(
            "None of its frames can be read, or its password is too long. Nothing was changed."
        )
        messages.error(request, words)
        return redirect("unknown-devices")
    words = ngettext(
        "%(name)s is registered (%(code)s); %(count)d reading was taken from what it had sent.",
        "%(name)s is registered (%(code)s); %(count)d readings were taken from what it had sent.",
        recorded.stored,
    )
    messages.success(
        request, words % {"name": adopted.name, "code": code, "count": recorded.stored}
    )
    return redirect("unknown-devices")


def _unknown(
    request: HttpRequest,
    chosen: queries.UnknownDevice | None = None,
    entered: Entered | None = None,
    status: int = 200,
) -> HttpResponse:
    page = next((n for n in range(1, MOST_PAGES) if request.GET.get("page") == str(n)), 1)
    rows = queries.unknown_devices(A_PAGE + 1, (page - 1) * A_PAGE)
    more = len(rows) > A_PAGE
    shown = rows[:A_PAGE]
    if chosen is not None:  # whose fields are not right yet stands first
        shown = [chosen, *(row for row in shown if not _same(row, chosen))]
    lines = [
        {"row": row, "protocol": PROTOCOL_WORDS.get(row.protocol, row.protocol),
         "kinds": [(kind, said(KIND[kind]), INTERVAL_MIN[kind])
                   for kind in KINDS_OF.get(row.protocol, ())],
         "entered": entered if row is chosen else None}
        for row in shown
    ]  # fmt: skip
    total = queries.unknown_count() if more or page > 1 else len(lines)
    context = {"lines": lines, "total": total, "page": page, "more": more,
               "topics": queries.unmapped_topics(), "towns": areas("township"),
               "datums": [*Datum], "known": known_names(), "classes": class_choices()}  # fmt: skip
    return render(request, "sensing/unknown.html", context, status=status)


def _same(row: queries.UnknownDevice, other: queries.UnknownDevice) -> bool:
    return (row.protocol, row.device) == (other.protocol, other.device)
