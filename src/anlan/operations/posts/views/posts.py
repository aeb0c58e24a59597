"""Posts: list, form, file with people and cards; the cards for print."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import requires, scope_of, worded
from anlan.operations.posts import actions
from anlan.operations.posts.models import Post, PostCard
from anlan.operations.posts.queries.files import PostFile, post_file
from anlan.operations.posts.queries.registers import POSTS
from anlan.operations.posts.queries.scope import cards_in, may_unveil, posts_in, works_for
from anlan.operations.posts.rules.words import CARD_WORDS, CERTIFICATE_WORDS, KEEP, MEET
from anlan.operations.posts.views.asking import enterprise, own_post
from anlan.operations.registers import queries as registers
from anlan.operations.registers.queries import series
from anlan.operations.risks.queries.told import told_of
from anlan.operations.risks.queries.wording import accident_words, control_words
from anlan.operations.safety.queries.persons import people_of
from anlan.operations.safety.queries.picking import picker
from anlan.operations.safety.queries.scope import own_enterprises
from anlan.operations.territory.queries import area_names, streets_under
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused


@require_GET
@requires("safety.view")
def posts_page(request: HttpRequest) -> HttpResponse:
    scope, named = scope_of(request.user), area_names()
    asked = registers.asked_here(request, POSTS)
    page = registers.page(POSTS, posts_in(scope), asked, scope)
    mine = sorted(own_enterprises(scope.account_id)) if scope.may(KEEP) else []
    context = {
        "page": page,
        "names": named,
        "places": streets_under(scope.area_prefix or "", named),
        "mine": mine,
    }
    return render(request, "posts/posts.html", context)


@require_GET
@requires(KEEP)
def choose_page(request: HttpRequest) -> HttpResponse:
    """Who works for several enterprises says of which one the post is."""
    scope = scope_of(request.user)
    picked = picker(scope, request.GET, required=True)
    if picked.chosen is None or picked.searching:
        return render(request, "posts/choose.html", {"picker": picked})
    return HttpResponseRedirect(f"/enterprises/{picked.chosen}/posts/new")


@require_http_methods(["GET", "POST"])
@requires(KEEP)
def new_page(request: HttpRequest, enterprise_id: int) -> HttpResponse:
    scope = scope_of(request.user)
    firm = enterprise(scope, enterprise_id)
    if not works_for(scope, enterprise_id):
        raise Http404
    return _form(request, firm, None)


@require_http_methods(["GET", "POST"])
@requires(KEEP)
def change_page(request: HttpRequest, post_id: int) -> HttpResponse:
    post = own_post(request, post_id)
    return _form(request, enterprise(scope_of(request.user), post.enterprise_id), post)


def _form(request: HttpRequest, firm: dict[str, Any], post: Post | None) -> HttpResponse:
    entered = registers.Entered(
        {one.key: getattr(post, one.key) for one in POSTS.typed} if post else {}
    )
    risks = {one.id for one in told_of(firm["pk"])} & set(post.risks if post else ())
    needed = list(post.certificates) if post else []
    if request.method == "POST":
        values, entered = registers.typed(POSTS, request.POST.dict())
        risks = {pk for text in request.POST.getlist("risk") if (pk := registers.key_of(text))}
        needed = request.POST.getlist("certificate")
        if not entered.errors:
            values |= {"risks": risks, "certificates": needed}
            try:
                pk = _save(request, firm["pk"], post, values)
            except Refused as fault:
                entered.errors["name"] = worded(fault)
            else:
                return HttpResponseRedirect(f"/posts/{pk}", status=303)
    context = {
        "firm": firm, "post": post, "entered": entered, "fields": POSTS.typed,
        "risks": [(one, one.id in risks) for one in told_of(firm["pk"])],
        "certificates": [(k, pgettext(*w), k in needed) for k, w in CERTIFICATE_WORDS.items()],
    }  # fmt: skip
    return render(request, "posts/form.html", context, status=422 if entered.errors else 200)


def _save(request: HttpRequest, firm: int, post: Post | None, values: dict[str, Any]) -> int:
    if post is None:
        return actions.open_post(actor_of(request), firm, values)
    actions.change_post(actor_of(request), post.pk, values)
    return int(post.pk)


@require_GET
@requires("safety.view")
def post_page(request: HttpRequest, post_id: int) -> HttpResponse:
    return render(request, "posts/post.html", _context(request, post_id))


@require_POST
@requires("safety.view")
def names_shown(request: HttpRequest, post_id: int) -> HttpResponse:
    """The plain names of the people of a post; who looked is recorded."""
    context = _context(request, post_id)
    if not context["may_unveil"]:
        raise Http404
    shown = actions.show_names(actor_of(request), context["post"])
    return render(request, "posts/post.html", context | {"plain": shown})


def _context(request: HttpRequest, post_id: int) -> dict[str, Any]:
    scope = scope_of(request.user)
    file = post_file(post_id, scope)
    if file is None:
        raise Http404
    own = works_for(scope, file.post.enterprise_id)
    return {
        "file": file, "post": file.post, "cards": [(c, _word(c)) for c in file.cards],
        "needs": [pgettext(*CERTIFICATE_WORDS[key]) for key in file.post.certificates],
        "people": _people(file), "may_keep": own and scope.may(KEEP),
        "may_meet": own and scope.may(MEET),
        "may_unveil": may_unveil(scope, file.post.enterprise_id), "kinds": _kinds(),
        "accounts": people_of(file.post.enterprise_id).items() if own else (),
    }  # fmt: skip


def _word(card: PostCard) -> str:
    return pgettext(*CARD_WORDS[card.kind])


def _kinds() -> list[tuple[str, str]]:
    return [(key, pgettext(*word)) for key, word in CERTIFICATE_WORDS.items()]


def _people(file: PostFile) -> list[dict[str, Any]]:
    today = clock.today()
    return [
        {
            "worker": one.worker,
            "lacking": series(pgettext(*CERTIFICATE_WORDS[key]) for key in one.lacking),
            "certificates": [
                {"one": c, "word": pgettext(*CERTIFICATE_WORDS[c.kind]),
                 "left": (c.expires_on - today).days}
                for c in one.certificates
            ],
        }
        for one in file.people
    ]  # fmt: skip


@require_POST
@requires(KEEP)
def add_worker(request: HttpRequest, post_id: int) -> HttpResponse:
    own_post(request, post_id)
    account = request.POST.get("account", "")
    try:
        known = registers.key_of(account)
        actions.add_worker(actor_of(request), post_id, request.POST.get("name", ""), known)
    except Refused as fault:
        messages.error(request, worded(fault))
    return HttpResponseRedirect(f"/posts/{post_id}", status=303)


@require_POST
@requires(KEEP)
def end_worker(request: HttpRequest, post_id: int, worker_id: int) -> HttpResponse:
    if not own_post(request, post_id).workers.filter(pk=worker_id).exists():
        raise Http404
    actions.end_worker(actor_of(request), worker_id)
    return HttpResponseRedirect(f"/posts/{post_id}", status=303)


@require_POST
@requires(KEEP)
def close(request: HttpRequest, post_id: int) -> HttpResponse:
    own_post(request, post_id)
    actions.close_post(actor_of(request), post_id)
    messages.success(request, _("The post is closed; its record stays."))
    return HttpResponseRedirect("/posts", status=303)


@require_POST
@requires(KEEP)
def make_cards(request: HttpRequest, post_id: int) -> HttpResponse:
    own_post(request, post_id)
    try:
        fresh = actions.make_cards(actor_of(request), post_id)
        messages.success(request, _("New versions: %(n)d.") % {"n": fresh})
    except Refused as fault:
        messages.error(request, worded(fault))
    return HttpResponseRedirect(f"/posts/{post_id}", status=303)


@require_GET
@requires("safety.view")
def card_page(request: HttpRequest, card_id: int) -> HttpResponse:
    """A card as it was made, for the phone and for print; its code leads to the post's page."""
    rows = cards_in(scope_of(request.user)).select_related("post__enterprise")
    card = rows.filter(pk=card_id).first()
    if card is None:
        raise Http404
    context = {
        "card": card, "post": card.post, "word": _word(card),
        "lines": [_line(one) for one in card.lines],
        "mark": registers.watermark(str(request.user)),
        "qr": registers.qr(f"/posts/{card.post_id}"),
    }  # fmt: skip
    return render(request, "posts/card.html", context)


def _line(line: dict[str, Any]) -> dict[str, Any]:
    return line | {
        "what": accident_words(line.get("accidents", [])),
        "kept": control_words(line.get("controls", {})),
    }  # fmt: skip
