"""A site under watch: its stations, its alarms, and conditions over several of its series."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import Scope, requires, scope_of
from anlan.operations.sensing import queries
from anlan.operations.sensing.actions import end_rule
from anlan.operations.sensing.rule_forms import as_typed, blank_condition, typed_condition
from anlan.operations.sensing.rules.standing_now import NOW_MARKS, NOW_WORDS
from anlan.operations.sensing.views.lines import alarm_lines, element_word, newest_figure
from anlan.operations.sensing.views.lines import said as words
from anlan.operations.sensing.views.rule_form import RulePlace, rule_form, rule_line, say_ended
from anlan.operations.territory.queries import SiteRow, link_to_site, site


@require_GET
@requires("sensing.view")
def site_page(request: HttpRequest, code: str) -> HttpResponse:
    """The stations of a site, its alarms and its rules."""
    scope = scope_of(request.user)
    row = _seen(scope, code)
    stations = queries.stations_on(scope, code)
    lines = [_rule(row, one) for one in queries.site_rules(code)]
    context = {
        "site": row, "file": link_to_site(row), "may_set": queries.may_rule_site(scope, code),
        "stations": [
            {"row": one, "state": words(NOW_WORDS[one.now]), "mark": NOW_MARKS[one.now],
             "newest": newest_figure(one)}
            for one in stations
        ],
        "alarms": alarm_lines(queries.alarms(scope, site=code, limit=20)),
        "may_handle": scope.may("sensing.handle"),
        "ruling": [one for one in lines if one["row"].now],
        "past": [one for one in lines if not one["row"].now],
    }  # fmt: skip
    return render(request, "sensing/site.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@requires("sensing.rules")
def new_site_rule(request: HttpRequest, code: str) -> HttpResponse:
    row = _settable(request, code)
    return rule_form(request, _place(row), blank_condition(_datum(row)), None)


@never_cache
@require_http_methods(["GET", "POST"])
@requires("sensing.rules")
def change_site_rule(request: HttpRequest, code: str, rule_id: int) -> HttpResponse:
    row = _settable(request, code)
    old = next((one for one in queries.site_rules(code) if one.id == rule_id), None)
    if old is None or not (old.now or request.method == "POST"):  # saving says what became of it
        raise Http404
    return rule_form(request, _place(row), as_typed(old), old)


@require_POST
@requires("sensing.rules")
def end_site_rule(request: HttpRequest, code: str, rule_id: int) -> HttpResponse:
    row = _settable(request, code)
    say_ended(request, lambda: end_rule(actor_of(request), "", rule_id, site_code=row.code))
    return redirect("site", code)


def _seen(scope: Scope, code: str) -> SiteRow:
    row = site(code, scope)
    if row is None:
        raise Http404
    return row


def _settable(request: HttpRequest, code: str) -> SiteRow:
    scope = scope_of(request.user)
    row = _seen(scope, code)
    if not queries.may_rule_site(scope, code):
        raise Http404
    return row


def _rule(row: SiteRow, one: queries.RuleRow) -> dict[str, Any]:
    return rule_line(one) | {
        "change": reverse("change-site-rule", args=[row.code, one.id]),
        "end": reverse("end-site-rule", args=[row.code, one.id]),
    }


def _place(row: SiteRow) -> RulePlace:
    address = reverse("site", args=[row.code])
    return RulePlace(
        row.name, address, address,
        [(f"{one.station}.{one.element}", f"{one.name} {element_word(one.element)}")
         for one in queries.site_series(row.code)],
        lambda post, old: typed_condition(post, row.code, old), datum="any",
    )  # fmt: skip


def _datum(row: SiteRow) -> str:
    """The datum of the first stage that is measured there."""
    return next((one.datum for one in queries.site_series(row.code) if one.datum), "")
