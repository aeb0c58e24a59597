"""Policies: the list, who must have one and has none, a policy's file."""

from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from anlan.operations.insurance.queries.policies import policy_file
from anlan.operations.insurance.queries.registers import POLICIES, UNCOVERED
from anlan.operations.insurance.queries.scope import policies_in, uncovered_in
from anlan.operations.insurance.queries.terms import terms_in_force
from anlan.operations.insurance.rules.words import KEEP, KIND_WORDS, MANAGE, VERB_WORDS
from anlan.operations.people.queries import Scope, requires, scope_of
from anlan.operations.registers import queries as registers
from anlan.operations.territory.queries import area_names, streets_under
from anlan.vocabulary import clock


@require_GET
@requires("insurance.view")
def policies_page(request: HttpRequest) -> HttpResponse:
    """Those in force, when nothing else is asked for."""
    scope, day = scope_of(request.user), clock.today()
    asked = registers.asked_here(request, POLICIES, "in_force")
    page = registers.page(POLICIES, policies_in(scope), asked, scope)
    context = {
        "page": page, "rows": [row | {"left": (row["ends_on"] - day).days} for row in page.rows],
        "places": places(scope), "may_keep": scope.may(KEEP), "may_manage": scope.may(MANAGE),
    }  # fmt: skip
    return render(request, "insurance/policies.html", context)


def places(scope: Scope) -> list[tuple[str, str]]:
    """The streets to choose from; an enterprise has nothing to choose."""
    return [] if scope.reach == "itself" else streets_under(scope.area_prefix or "", area_names())


@require_GET
@requires("insurance.view")
def policies_export(request: HttpRequest) -> HttpResponse:
    rows = policies_in(scope_of(request.user))
    return registers.taken_out(request, POLICIES, rows, {}, "/insurance", "insurance-policies")


@require_GET
@requires("insurance.view")
def uncovered_page(request: HttpRequest) -> HttpResponse:
    """Those that operate, when nothing else is asked for."""
    scope, day = scope_of(request.user), clock.today()
    terms, named = terms_in_force(day), area_names()
    asked = registers.asked_here(request, UNCOVERED, "open")
    page = registers.page(UNCOVERED, uncovered_in(scope, terms, day), asked, scope)
    traits = dict(
        uncovered_in(scope, terms, day).filter(pk__in=[row["pk"] for row in page.rows])
        .values_list("pk", "traits")
    )  # fmt: skip
    rows = [
        row | {"why": registers.series(terms.grounds(row["sector"], traits.get(row["pk"], ()),
                                                     row["trade"])) if terms else ""}
        for row in page.rows
    ]  # fmt: skip
    context = {
        "page": page, "rows": rows, "names": named, "places": places(scope), "terms": terms,
        "may_keep": scope.may(KEEP),
    }  # fmt: skip
    return render(request, "insurance/uncovered.html", context)


@require_GET
@requires("insurance.view")
def uncovered_export(request: HttpRequest) -> HttpResponse:
    scope, day = scope_of(request.user), clock.today()
    rows = uncovered_in(scope, terms_in_force(day), day)
    return registers.taken_out(
        request, UNCOVERED, rows, area_names(), "/insurance/uncovered", "without-insurance"
    )


@require_GET
@requires("insurance.view")
def policy_page(request: HttpRequest, policy_id: int) -> HttpResponse:
    file = policy_file(policy_id, scope_of(request.user))
    if file is None:
        raise Http404
    one, day = file.policy, clock.today()
    context = {
        "file": file, "policy": one, "kind": pgettext(*KIND_WORDS[one.kind]),
        "left": (one.ends_on - day).days, "begun": one.starts_on <= day,
        "versions": [(v, pgettext(*VERB_WORDS[v.verb]), Decimal(v.values["sum_insured"]))
                     for v in file.versions],
    }  # fmt: skip
    return render(request, "insurance/policy.html", context)
