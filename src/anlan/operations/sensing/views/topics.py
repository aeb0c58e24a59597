"""What JSON on MQTT topics means: the maps in use, written and tried on a message."""

from collections.abc import Iterator, Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import requires
from anlan.operations.sensing import queries
from anlan.operations.sensing.actions import (
    NoSuchMap,
    ReadAgain,
    read_kept_messages,
    retire_topic_map,
    save_topic_map,
    take_topic_file,
    use_topic_map_again,
)
from anlan.operations.sensing.rules.elements import ELEMENT_WORDS
from anlan.operations.sensing.views.devices import reason_word
from anlan.operations.sensing.views.lines import said
from anlan.protocols.mqtt.mapping import TIME_FORMATS
from anlan.protocols.mqtt.written import FIELDS, LARGEST_FILE, BadMap, read_map, write_file
from anlan.vocabulary.clock import CHINA
from anlan.vocabulary.elements import UNITS, Element
from anlan.vocabulary.words import NP_, Term

TOML = "application/toml; charset=utf-8"
FORMS: dict[str, Term] = {
    "iso": NP_("time format", "ISO 8601 with zone"),
    "local": NP_("time format", "China time without zone"),
    "epoch_s": NP_("time format", "Seconds since 1970"),
    "epoch_ms": NP_("time format", "Milliseconds since 1970"),
}


@never_cache
@require_GET
@requires("sensing.configure")
def topics_page(request: HttpRequest) -> HttpResponse:
    return _list(request)


@never_cache
@require_GET
@requires("sensing.configure")
def topics_file(request: HttpRequest) -> HttpResponse:
    """The maps in use as a file that another district can take in."""
    answer = HttpResponse(write_file(queries.maps_for_gateways()), content_type=TOML)
    answer["Content-Disposition"] = 'attachment; filename="topics.toml"'
    return answer


@never_cache
@require_POST
@requires("sensing.configure")
def take_topics(request: HttpRequest) -> HttpResponse:
    """Take in a file of maps: a map of a known name becomes its new version."""
    sent = request.FILES.get("file")
    body = sent.read(LARGEST_FILE + 1) if sent else b""
    try:
        count = take_topic_file(actor_of(request), body)
    except BadMap as fault:
        return _list(
            request, [f"{k}: {_(one.message) % one.of}" for k, one in fault.faults.items()]
        )
    words = ngettext("%(n)d map was taken in.", "%(n)d maps were taken in.", count)
    messages.success(request, words % {"n": count})
    return redirect("topics")


@never_cache
@require_http_methods(["GET", "POST"])
@requires("sensing.configure")
def topic_page(request: HttpRequest, map_id: int | None = None) -> HttpResponse:
    """Write a map, or another version of one; `try` shows what a message becomes, saves nothing.

    A new one begins with the `topic` that is asked for, and the newest message that came on it.
    """
    row = queries.topic_map(map_id) if map_id else None
    if map_id and row is None:
        raise Http404
    post = {key: str(value) for key, value in request.POST.items()}
    written = {name: post.get(name, "") for name in FIELDS} if post else {}
    if not post:
        topic = request.GET.get("topic", "")
        return _page(request, row, row.written if row else {"topic": topic})
    try:
        if "try" in post:
            tried = queries.try_message(read_map(written), post["message_topic"], post["message"])
            return _page(request, row, written, tried=tried)
        save_topic_map(actor_of(request), written, replaces=row.id if row else None)
    except BadMap as fault:
        return _page(request, row, written, wrong=_worded(fault))
    messages.success(request, _("Saved. Gateways read messages by it within ten seconds."))
    return redirect("topics")


@never_cache
@require_POST
@requires("sensing.configure")
def retire(request: HttpRequest, map_id: int) -> HttpResponse:
    try:
        retire_topic_map(actor_of(request), map_id)
    except NoSuchMap:
        raise Http404 from None
    messages.success(request, _("It is used no longer."))
    return redirect("topics")


@never_cache
@require_POST
@requires("sensing.configure")
def use_again(request: HttpRequest, map_id: int) -> HttpResponse:
    try:
        use_topic_map_again(actor_of(request), map_id)
    except NoSuchMap:
        raise Http404 from None
    except BadMap as fault:
        messages.error(request, "; ".join(_worded(fault).values()))
    else:
        messages.success(request, _("Saved. Gateways read messages by it within ten seconds."))
    return redirect("topics")


@never_cache
@require_POST
@requires("sensing.configure")
def read_kept(request: HttpRequest, map_id: int) -> HttpResponse:
    """What was kept of the map's topics becomes readings."""
    try:
        done = read_kept_messages(actor_of(request), map_id)
    except NoSuchMap:
        raise Http404 from None
    for level, words in _told(done):
        messages.add_message(request, level, words)
    return redirect("topics")


def _told(done: ReadAgain) -> Iterator[tuple[int, str]]:
    """What became of kept messages, in words."""
    if done.messages:
        words = ngettext(
            "%(n)d kept message was read; %(stored)d of its readings are new.",
            "%(n)d kept messages were read; %(stored)d of their readings are new.",
            done.messages,
        )
        yield messages.SUCCESS, words % {"n": done.messages, "stored": done.stored}
    if done.strangers:
        words = ngettext(
            "%(n)d message is of devices that nobody registered: see Unknown devices.",
            "%(n)d messages are of devices that nobody registered: see Unknown devices.",
            done.strangers,
        )
        yield messages.WARNING, words % {"n": done.strangers}
    if done.left:
        words = ngettext(
            "%(n)d message still gives no reading and stays kept: %(why)s",
            "%(n)d messages still give no reading and stay kept: %(why)s",
            done.left,
        )
        yield (
            messages.WARNING,
            words % {"n": done.left, "why": f"{reason_word(done.reason)} {done.device}".strip()},
        )
    if not (done.messages or done.strangers or done.left):
        yield messages.INFO, _("No kept message is unread.")


def _worded(fault: BadMap) -> dict[str, str]:
    """Field -> what is wrong with it, in the reader's language."""
    return {field: _(one.message) % one.of for field, one in fault.faults.items()}


def _list(request: HttpRequest, wrong: Sequence[str] = ()) -> HttpResponse:
    rows = queries.topic_maps()
    kept = queries.kept_messages(rows)
    context = {
        "rows": [(row, kept.get(row.id, 0)) for row in rows],
        "retired": queries.retired_maps(),
        "wrong": wrong,
    }
    return render(request, "sensing/topics.html", context, status=422 if wrong else 200)


def _page(
    request: HttpRequest,
    row: queries.TopicMapRow | None,
    written: dict[str, str],
    *,
    wrong: dict[str, str] | None = None,
    tried: queries.Tried | None = None,
) -> HttpResponse:
    topic = request.GET.get("topic", "") if request.method == "GET" else ""
    lines = [
        {"device": one.device or "—", "word": said(ELEMENT_WORDS[one.element]),
         "at": one.at.astimezone(CHINA), "value": one.value, "unit": UNITS[one.element]}
        for one in (tried.readings if tried else ())
    ]  # fmt: skip
    context = {
        "row": row, "written": written, "wrong": wrong or {}, "tried": tried, "lines": lines,
        "forms": [(form, said(FORMS[form])) for form in TIME_FORMATS],
        "elements": [
            (element.value, said(ELEMENT_WORDS[element]), UNITS[element]) for element in Element
        ],
        "message_topic": request.POST.get("message_topic", topic),
        "message": request.POST.get("message", queries.unmapped_message(topic) if topic else ""),
    }  # fmt: skip
    return render(request, "sensing/topic.html", context, status=422 if wrong else 200)
