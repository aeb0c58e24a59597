"""What everybody may read without an account: decisions, and who enforces, by what law and how."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from anlan.operations.enforcement.models import Publication
from anlan.operations.enforcement.queries import public
from anlan.operations.enforcement.queries.penalties import given_said, penalty_said
from anlan.operations.enforcement.queries.registers import PARTY_WORDS
from anlan.operations.enforcement.rules.forms import PAPER_WORDS
from anlan.operations.enforcement.rules.penalties import Penalty, of_text
from anlan.operations.enforcement.rules.states import DECIDE, HANDLE, REVIEW
from anlan.vocabulary import clock
from anlan.vocabulary.words import NP_

BY = {
    HANDLE: NP_("procedure", "Two officers with certificates"),
    REVIEW: NP_("procedure", "A legal reviewer outside the case"),
    DECIDE: NP_("procedure", "The head of the unit"),
}


@require_GET
def penalties_page(request: HttpRequest) -> HttpResponse:
    """Decisions, without personal data: penalties, with ``?kind=other`` the others; ``q`` searches,
    ``page`` counts from 1."""
    kind = request.GET.get("kind", "")
    kind = kind if kind in public.KINDS else public.KINDS[0]
    search = request.GET.get("q", "")
    page = public.published(clock.today(), kind, search, request.GET.get("page", ""))
    context = {
        "rows": [(one, _decided(one), pgettext(*PAPER_WORDS[one.paper_kind])
                  if one.paper_kind else "") for one in page],
        "page": page, "kind": kind, "q": search[: public.LONGEST_SEARCH],
    }  # fmt: skip
    return render(request, "enforcement/penalties.html", context)


def _decided(one: Publication) -> str:
    return penalty_said(Penalty(fine=one.fine, gains=one.gains, others=of_text(one.others)))


@require_GET
def before_page(request: HttpRequest) -> HttpResponse:
    """Published before any case 事前公开: officers, the matters with their laws, procedure."""
    today = clock.today()
    kinds = {key: pgettext(*word) for key, word in PARTY_WORDS.items()}
    context = {
        "officers": public.officers(today), "units": public.units(),
        "items": [(one, [(row, kinds.get(row.party, ""), given_said(row.others))
                         for row in one.rows]) for one in public.items(today)],
        "ways": [(pgettext(*one.word), pgettext(*BY[one.right]),
                  [pgettext(*word) for word in one.papers]) for one in public.procedure()],
        "terms": [(pgettext(*word), one) for word, one in public.terms(today)],
    }  # fmt: skip
    return render(request, "enforcement/before.html", context)
