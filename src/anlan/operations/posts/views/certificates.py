"""Certificates: the register, one kept for a worker, and the plain number for who must see it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import requires, scope_of, worded
from anlan.operations.posts import actions
from anlan.operations.posts.queries.registers import CERTIFICATES
from anlan.operations.posts.queries.scope import certificates_in, may_unveil
from anlan.operations.posts.rules.words import KEEP
from anlan.operations.posts.views.asking import own_post
from anlan.operations.registers import queries as registers
from anlan.operations.territory.queries import area_names, streets_under
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused


@require_GET
@requires("safety.view")
def certificates_page(request: HttpRequest) -> HttpResponse:
    scope, named = scope_of(request.user), area_names()
    asked = registers.asked_here(request, CERTIFICATES)
    page = registers.page(CERTIFICATES, certificates_in(scope), asked, scope)
    rows = [row | {"left": (row["expires_on"] - clock.today()).days} for row in page.rows]
    context = {
        "page": page,
        "may_unveil": scope.may("safety.regulate") or scope.may(KEEP),
        "rows": rows,
        "names": named,
        "places": streets_under(scope.area_prefix or "", named),
    }
    return render(request, "posts/certificates.html", context)


@require_GET
@requires("safety.view")
def export(request: HttpRequest) -> HttpResponse:
    rows = certificates_in(scope_of(request.user))
    return registers.taken_out(
        request, CERTIFICATES, rows, area_names(), "/certificates", "certificates"
    )


@require_POST
@requires(KEEP)
def keep(request: HttpRequest, post_id: int, worker_id: int) -> HttpResponse:
    """Keep a certificate of somebody at one's own post."""
    if not own_post(request, post_id).workers.filter(pk=worker_id, until=None).exists():
        raise Http404
    values, entered = registers.typed(CERTIFICATES, request.POST.dict())
    try:
        if entered.errors:
            messages.error(request, " ".join(entered.errors.values()))
        else:
            actions.keep_certificate(actor_of(request), worker_id, values)
            messages.success(request, _("The certificate is kept; its number is sealed."))
    except Refused as fault:
        messages.error(request, worded(fault))
    return HttpResponseRedirect(f"/posts/{post_id}", status=303)


@require_POST
@requires("safety.view")
def show(request: HttpRequest, certificate_id: int) -> HttpResponse:
    """The plain holder and number, on this answer and nowhere else."""
    rows = certificates_in(scope_of(request.user)).select_related("worker")
    one = rows.filter(pk=certificate_id).first()
    if one is None or not may_unveil(scope_of(request.user), one.enterprise_id):
        raise Http404
    plain = actions.show_certificate(actor_of(request), one)
    return render(request, "posts/plain.html", {"one": one, "plain": plain})
