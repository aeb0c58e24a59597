"""Post staff out of a file: a look at what it would do, then its good rows all at once."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anlan.backbone.workbooks import workbook
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import download, requires, scope_of, worded
from anlan.operations.posts.actions.people_file import put_person
from anlan.operations.posts.queries.people_file import PEOPLE
from anlan.operations.posts.rules.words import KEEP
from anlan.operations.registers import queries as registers
from anlan.operations.risks.actions import keep_file, take_file
from anlan.operations.risks.actions.files import MOST_BYTES
from anlan.operations.risks.queries.sent import Look, sent_file
from anlan.operations.safety.queries.scope import enterprises_in
from anlan.vocabulary.transitions import Refused

KIND = "posts"
MOST_ROWS = 2_000


@require_GET
@requires(KEEP)
def template(request: HttpRequest) -> HttpResponse:
    """An empty file with its head."""
    head = registers.head_of(PEOPLE)
    return download(workbook(_("Post staff"), [head], range(1, len(head) + 1)), "posts")


@require_http_methods(["GET", "POST"])
@requires(KEEP)
def import_page(request: HttpRequest) -> HttpResponse:
    """A POST keeps a file and opens what it would do."""
    wrong = ""
    if request.method == "POST":
        sent = request.FILES.get("file")
        raw = sent.read(MOST_BYTES + 1) if sent is not None else b""
        name = registers.clean(sent.name or "") if sent is not None else ""
        try:
            kept = keep_file(actor_of(request), KIND, name, raw, _taking(request))
            return HttpResponseRedirect(f"/posts/import/{kept}", status=303)
        except Refused as fault:
            wrong = worded(fault)
        except registers.Unreadable as fault:
            wrong = str(fault)
    return render(request, "posts/import.html", {"wrong": wrong}, status=422 if wrong else 200)


@never_cache
@require_GET
@requires(KEEP)
def file_page(request: HttpRequest, post_file_id: int) -> HttpResponse:
    file = sent_file(KIND, post_file_id, request.user.pk)
    if file is None:
        raise Http404
    return render(request, "posts/sent_file.html", {"file": file, "look": file.look})


@require_POST
@requires(KEEP)
def take(request: HttpRequest, post_file_id: int) -> HttpResponse:
    """Take in the good rows, all of them or none."""
    if sent_file(KIND, post_file_id, request.user.pk) is None:
        raise Http404
    try:
        take_file(actor_of(request), KIND, post_file_id, _taking(request))
    except Refused as fault:
        messages.error(request, worded(fault))
    return HttpResponseRedirect(f"/posts/import/{post_file_id}", status=303)


def _taking(request: HttpRequest) -> Callable[[bytes], Look]:
    """What is done with a file of this person's: rows of one's own enterprises, and no other."""

    def taken(raw: bytes) -> Look:
        sheet = registers.read_sheet(PEOPLE, raw, {}, ())
        if len(sheet.rows) > MOST_ROWS:
            raise registers.Unreadable(_("At most %(most)d rows at once.") % {"most": MOST_ROWS})
        scope = scope_of(request.user)
        firms = dict(enterprises_in(scope).values_list("credit_code", "pk"))
        look = Look(faults=[(f.line, f.column, "", f.why) for f in sheet.faults])
        for line, values in sheet.rows:
            firm = firms.get(str(values["credit_code"])) if scope.reach == "itself" else None
            if firm is None:
                word = pgettext(*PEOPLE.field("credit_code").word)
                look.refuse(line, word, "", _("You do not work for this enterprise."))
                continue
            try:
                look.count(put_person(actor_of(request), firm, values))
            except Refused as fault:
                look.refuse(line, "", "", worded(fault))
        return look

    return taken
