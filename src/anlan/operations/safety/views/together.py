"""Steps of many dangers, and a regulator for many enterprises, each judged by its own rule."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods

from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import requires, scope_of, worded
from anlan.operations.registers import queries as registers
from anlan.operations.safety.actions import correct_enterprise
from anlan.operations.safety.forms import ANSWERABLE, FORMS
from anlan.operations.safety.models import Danger, Enterprise
from anlan.operations.safety.queries.persons import rectifiers, regulators
from anlan.operations.safety.queries.registers import DANGERS, ENTERPRISES
from anlan.operations.safety.queries.scope import dangers_in, enterprises_in
from anlan.operations.safety.queries.state import facts_of
from anlan.operations.safety.rules.enterprises import REGULATOR_WORDS
from anlan.operations.safety.rules.loop import Person, verbs
from anlan.operations.safety.rules.states import STATE_PILLS, STATE_WORDS, State
from anlan.operations.safety.views.asking import person
from anlan.operations.safety.views.steps import shared_choices, supervisors_beside
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

# What needs to be said or looked at danger by danger (plans, reports, re-checks, signatures) is
# taken on its own page.
TOGETHER = (
    "grade", "grade own find", "assign", "assign own find", "begin", "close own find", "close",
    "give more time", "refuse more time", "transfer", "take over", "send back",
    "hand to enforcement", "take back from enforcement",
)  # fmt: skip


@require_http_methods(["GET", "POST"])
@requires("safety.view")
def dangers_page(request: HttpRequest) -> HttpResponse:
    """The chosen dangers and the steps open for them; a POST takes one step of each."""
    scope, one = scope_of(request.user), person(request)
    ids = registers.chosen(DANGERS, dangers_in(scope), _given(request), scope)
    refused: dict[int, str] = {}
    if request.method == "POST":
        form = FORMS.get(request.POST.get("verb", ""))
        if form is None or request.POST["verb"] not in TOGETHER or _too_many(ids):
            raise Http404
        given = {key: str(value) for key, value in request.POST.items()}
        done = registers.each(ids, lambda pk: form.take(actor_of(request), one, pk, given))
        refused = _told(request, done, pgettext(*form.button))
        if not refused:
            return HttpResponseRedirect("/dangers", status=303)
        ids = list(refused)
    rows = [] if _too_many(ids) else list(dangers_in(scope).filter(pk__in=ids))
    context = {
        "title": _("Act on the chosen dangers"), "back": "/dangers", "back_word": _("Dangers"),
        "lines": [_line(row, refused.get(row.pk, "")) for row in rows], "refused": len(refused),
        "too_many": _too_many(ids), "most": registers.MOST_TOGETHER,
        "forms": _forms(rows, one), "chosen": ",".join(str(row.pk) for row in rows),
    }  # fmt: skip
    return render(request, "safety/together.html", context)


def _given(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else request.GET


def _too_many(ids: Sequence[int]) -> bool:
    return len(ids) > registers.MOST_TOGETHER


def _told(request: HttpRequest, done: registers.Done, step: str) -> dict[int, str]:
    """Say how many took the step; why the others did not, by id."""
    if done.count:
        words = ngettext("%(step)s: %(n)d done.", "%(step)s: %(n)d done.", done.count)
        messages.success(request, words % {"step": step, "n": done.count})
    if done.refused:
        words = ngettext(
            "%(n)d was refused; nothing of it is changed.",
            "%(n)d were refused; nothing of them is changed.", len(done.refused),
        )  # fmt: skip
        messages.error(request, words % {"n": len(done.refused)})
    return {pk: worded(fault) for pk, fault in done.refused.items()}


def _line(danger: Danger, why: str) -> dict[str, Any]:
    state = State(danger.state)
    return {
        "link": f"/dangers/{danger.pk}", "name": danger.title, "pill": STATE_PILLS[state],
        "more": f"{danger.number} · {danger.unit}", "word": pgettext(*STATE_WORDS[state]),
        "why": why,
    }  # fmt: skip


def _forms(rows: Sequence[Danger], one: Person) -> list[dict[str, Any]]:
    """A form for every step that at least one row allows, with how many do."""
    known, today = facts_of(rows), clock.today()
    open_to = Counter(verb for row in rows for verb in verbs(known[row.pk], one, today))
    found = registers.drawn(FORMS, [v for v in TOGETHER if open_to[v]], "", _choices(rows, one))
    return [
        form | {"button": f"{form['button']} {open_to[form['verb']]}/{len(rows)}"} for form in found
    ]


def _choices(rows: Sequence[Danger], one: Person) -> Mapping[str, Sequence[tuple[object, str]]]:
    answers: list[tuple[object, str]] = [(ANSWERABLE, _("Who answers for safety in each"))]
    firms = {(row.enterprise_id, row.area_code) for row in rows}
    mine = list(rectifiers(rows[0].pk).items()) if len(firms) == 1 else []
    return {
        **shared_choices(), "regulator": list(regulators().items()),
        "rectifier": [*answers, *mine], "supervisor": supervisors_beside(one),
    }  # fmt: skip


@require_http_methods(["GET", "POST"])
@requires("safety.register")
def enterprises_page(request: HttpRequest) -> HttpResponse:
    """The chosen enterprises; a POST names the unit that regulates them, in one of three ways."""
    scope = scope_of(request.user)
    ids = registers.chosen(ENTERPRISES, enterprises_in(scope), _given(request), scope)
    refused: dict[int, str] = {}
    if request.method == "POST":
        key, unit = request.POST.get("verb", ""), request.POST.get("unit", "")
        if key not in REGULATOR_WORDS or _too_many(ids):
            raise Http404

        def name_unit(pk: int) -> None:
            if unit not in regulators():
                raise Refused(N_("This unit is not known."))
            correct_enterprise(actor_of(request), pk, {key: unit})

        refused = _told(request, registers.each(ids, name_unit), pgettext(*REGULATOR_WORDS[key]))
        if not refused:
            return HttpResponseRedirect("/enterprises", status=303)
        ids = list(refused)
    rows = [] if _too_many(ids) else list(enterprises_in(scope).filter(pk__in=ids))
    context = {
        "title": _("Act on the chosen enterprises"), "back": "/enterprises",
        "back_word": _("Enterprises"), "refused": len(refused), "too_many": _too_many(ids),
        "lines": [_firm(row, refused.get(row.pk, "")) for row in rows],
        "most": registers.MOST_TOGETHER, "forms": _unit_forms() if rows else [],
        "chosen": ",".join(str(row.pk) for row in rows),
    }  # fmt: skip
    return render(request, "safety/together.html", context)


def _firm(one: Enterprise, why: str) -> dict[str, Any]:
    return {"link": f"/enterprises/{one.pk}", "name": one.name, "more": one.address, "why": why}


def _unit_forms() -> list[dict[str, Any]]:
    known = sorted(regulators().items())
    unit = {"key": "unit", "word": _("Unit"), "required": True, "kind": "choice", "choices": known}
    return [
        {"verb": key, "button": pgettext(*word), "main": False, "inputs": [unit]}
        for key, word in REGULATOR_WORDS.items()
    ]
