"""Accidents: list, export, the form of a first report, the file."""

import secrets
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anlan.backbone import papers
from anlan.operations.accidents.actions import (
    NewAccident,
    register_accident,
    show_liabilities,
)
from anlan.operations.accidents.forms.asking import person
from anlan.operations.accidents.forms.steps import FORMS, NOTES
from anlan.operations.accidents.models import Accident, Liability
from anlan.operations.accidents.queries.files import accident_file
from anlan.operations.accidents.queries.registers import ACCIDENTS
from anlan.operations.accidents.queries.scope import accidents_in, listed_in, sees_liability
from anlan.operations.accidents.queries.state import able_leaders
from anlan.operations.accidents.rules.level import LEVEL_WORDS, Figures, counts_until
from anlan.operations.accidents.rules.states import (
    DECIDE,
    INVESTIGATE,
    ISSUE_WORDS,
    MARK_WORDS,
    OF_THE_SUPERIOR,
    REPORT,
    STATE_PILLS,
    STATE_WORDS,
    TRACK,
    TRACK_WORDS,
    TRACKED,
    VERB_WORDS,
    Issue,
    Mark,
    State,
    Track,
)
from anlan.operations.accidents.views.steps import given_choices
from anlan.operations.people.actions import act, actor_of
from anlan.operations.people.queries import Scope, requires, scope_of, worded
from anlan.operations.registers import queries as registers
from anlan.operations.registers.queries import moment_typed
from anlan.operations.safety.queries.picking import picker
from anlan.operations.territory.queries import area_names, places_under
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused

MEDIA = {"docx": (papers.DOCX, papers.docx), "pdf": (papers.PDF, papers.pdf)}
TOLL = ("deaths", "missing", "serious", "poisoned", "minor")


@require_GET
@requires("accidents.view")
def accidents_page(request: HttpRequest) -> HttpResponse:
    scope, named = scope_of(request.user), area_names()
    asked = registers.asked_here(request, ACCIDENTS, "open")
    page = registers.page(ACCIDENTS, listed_in(scope), asked, scope)
    rows = [
        row | {"pill": STATE_PILLS[State(row["state"])],
               "state_word": pgettext(*STATE_WORDS[State(row["state"])]),
               "level_word": pgettext(*LEVEL_WORDS[row["level"]])}
        for row in page.rows
    ]  # fmt: skip
    context = {
        "page": page, "rows": rows, "names": named,
        "places": places_under(scope.area_prefix or "-", named),
        "may_report": scope.may(REPORT),
    }  # fmt: skip
    return render(request, "accidents/accidents.html", context)


@require_GET
@requires("accidents.view")
def export(request: HttpRequest) -> HttpResponse:
    rows = listed_in(scope_of(request.user))
    return registers.taken_out(request, ACCIDENTS, rows, area_names(), "/accidents", "accidents")


@require_http_methods(["GET", "POST"])
@requires("accidents.report")
def new_page(request: HttpRequest) -> HttpResponse:
    """The first report of an accident."""
    scope, named = scope_of(request.user), area_names()
    firm = picker(scope, request.POST or request.GET, required=True)
    known = {"unit": firm.row.get("name", "")} | {
        key: firm.row.get(key, "") for key in ("area_code", "sector", "credit_code")
    }
    entered = registers.Entered({"key": secrets.token_hex(16), **known})
    if request.method == "POST":
        within = {code for code, _name in places_under(scope.area_prefix or "-", named)}
        values, entered = registers.typed(ACCIDENTS, request.POST.dict(), within)
        if not entered.errors:
            try:
                values["enterprise_id"] = firm.chosen
                pk = register_accident(actor_of(request), person(request), _new(request, values))
            except Refused as fault:
                entered.errors["title"] = worded(fault)
            else:
                messages.success(request, _("The accident is registered."))
                seen = accidents_in(scope).filter(pk=pk).exists()
                return HttpResponseRedirect(
                    f"/accidents/{pk}" if seen else "/accidents", status=303
                )
    context = {
        "entered": entered, "fields": ACCIDENTS.typed, "picker": firm,
        "judges": person(request).bureau,
        "places": places_under(scope.area_prefix or "-", named),
    }  # fmt: skip
    return render(request, "accidents/new.html", context, status=422 if entered.errors else 200)


def _new(request: HttpRequest, values: dict[str, Any]) -> NewAccident:
    given = {key: str(value) for key, value in request.POST.items()}
    toll = {key: int(values.pop(key) or 0) for key in TOLL}
    loss = Decimal(values.pop("loss") or 0)
    return NewAccident(
        key=f"{request.user.pk}:{given.get('key', '')}"[:64], about=values,
        figures=Figures(loss=loss, **toll),
        occurred_at=moment_typed(given.get("occurred_at", "")),
        known_at=moment_typed(given.get("known_at", "")),
        reported_at=moment_typed(given.get("reported_at", "")),
        in_production=given.get("in_production") == "yes",
    )  # fmt: skip


@require_GET
@requires("accidents.view")
def accident_page(request: HttpRequest, accident_id: int) -> HttpResponse:
    scope, one = scope_of(request.user), person(request)
    file = accident_file(accident_id, scope, one)
    if file is None:
        raise Http404
    accident = file.accident
    choices = given_choices(able_leaders(accident.area_code), file.measures, file.liabilities)
    lacking = any(found.lacks_deadline for found in file.liabilities)
    verbs = [*file.verbs, *_notes(scope, one.bureau, accident, lacking=lacking)]
    may_see = sees_liability(scope, accident)
    context = {
        "file": file, "accident": accident, "names": area_names(), "register": ACCIDENTS,
        "pill": STATE_PILLS[State(accident.state)],
        "state_word": pgettext(*STATE_WORDS[State(accident.state)]),
        "level_word": pgettext(*LEVEL_WORDS[accident.level]),
        "marks": [pgettext(*MARK_WORDS[Mark(one)]) for one in _marks(accident)],
        "steps": [(one, pgettext(*VERB_WORDS[one.verb])) for one in file.steps],
        "liabilities": _worded(file.liabilities) if may_see else [],
        "may_see": may_see, "reports": [(pgettext(*ISSUE_WORDS[Issue(one.issue)]), one)
                                        for one in file.reports],
        "forms": registers.drawn(FORMS | NOTES, verbs, file.next_step, choices),
    }  # fmt: skip
    return render(request, "accidents/accident.html", context)


@require_POST
@requires("accidents.view")
def liabilities(request: HttpRequest, accident_id: int) -> HttpResponse:
    """Who is found liable, and of what. A POST, because looking leaves a trace."""
    scope = scope_of(request.user)
    accident = accidents_in(scope).filter(pk=accident_id).first()
    if accident is None or not sees_liability(scope, accident):
        raise Http404
    found = _worded(show_liabilities(actor_of(request), accident))
    return render(request, "accidents/liabilities.html", {"liabilities": found})


def _worded(found: Sequence[Liability]) -> list[tuple[str, Liability, bool]]:
    return [(pgettext(*TRACK_WORDS[Track(one.track)]), one, _overdue(one)) for one in found]


def _overdue(one: Liability) -> bool:
    return one.settled_at is None and one.due_on is not None and one.due_on < clock.today()


def _marks(accident: Any) -> list[str]:
    return [*([Mark.LATE] if accident.late else []), *accident.marks]


def _notes(scope: Scope, bureau: bool, accident: Accident, *, lacking: bool) -> list[str]:
    """What may be written down now beside the table's steps; `lacking`: some recommendation has no
    deadline."""
    at_work = accident.state in TRACKED
    sent = accident.passed_on_at is not None
    counted = clock.now() < counts_until(accident.category, accident.occurred_at)
    open_to = {
        "report up": (REPORT, bureau and not sent),
        "follow up": (REPORT, bureau and sent and accident.follow_ended_at is None),
        "correct figures": (REPORT, True),
        "confirm toll": (REPORT, bureau and not counted and accident.toll_confirmed_at is None),
        "mark": (DECIDE, True), "record penalty": (TRACK, True),
        "count apart": (TRACK, accident.in_production),
        "find liability": (INVESTIGATE, accident.state in (*OF_THE_SUPERIOR, State.INVESTIGATING)),
        "set deadline": (INVESTIGATE, lacking),
        "settle liability": (TRACK, True), "write measure": (TRACK, at_work),
        "finish measure": (TRACK, at_work),
    }  # fmt: skip
    if accident.closed_at is not None:
        return []
    return [verb for verb, (right, now) in open_to.items() if now and scope.may(right)]


@require_POST
@requires("accidents.view")
def take_report(request: HttpRequest, accident_id: int, number: int) -> HttpResponse:
    """A report upwards as DOCX or PDF. A POST, because taking it leaves a trace."""
    scope, form = scope_of(request.user), request.POST.get("form", "")
    accident = accidents_in(scope).filter(pk=accident_id).first()
    report = accident.reports.filter(number=number).first() if accident else None
    if accident is None or report is None or form not in MEDIA:
        raise Http404
    with act("accidents.take_report", actor_of(request)) as this:
        this.on("accident", accident.pk, str(accident))
        this.detail = {"report": report.number, "form": form}
    media, made = MEDIA[form]
    answer = HttpResponse(made(report.words), content_type=media)
    name = f"{accident.number}-{report.number}.{form}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
