"""The pages of files of one kind: template, a look at what a file would do, then its good rows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anlan.backbone.workbooks import workbook
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import download, requires, worded
from anlan.operations.registers.queries import (
    FAULTS,
    Look,
    Register,
    Sheet,
    Unreadable,
    clean,
    fault_book,
    fault_page,
    head_of,
    read_sheet,
)
from anlan.operations.risks.actions.files import MOST_BYTES, Take, keep_file, take_file
from anlan.operations.risks.queries.sent import sent_file
from anlan.vocabulary.transitions import Refused

MOST_ROWS = 2_000
Put = Callable[[HttpRequest, Sheet, Look], None]
Page = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePages:
    """What is told apart between rooms whose rows come from files.

    `put` puts the good rows of a sheet and says in the look what came of each. `names`: of the
    pages `template`, `import`, `file`, `take` and `back` (the list); `words`: English message ids
    of the `title`, of the `help` on the page and of the `list` it leads back to.
    """

    kind: str
    right: str
    register: Register
    put: Put
    names: Mapping[str, str]
    words: Mapping[str, str]

    def views(self) -> tuple[Page, Page, Page, Page]:
        """Template, page to send a file, page of a file, and its taking in."""
        guard = requires(self.right)
        return (
            require_GET(guard(self._template)),
            require_http_methods(["GET", "POST"])(guard(self._import)),
            never_cache(require_GET(guard(self._file))),
            require_POST(guard(self._take)),
        )

    def _template(self, request: HttpRequest) -> HttpResponse:
        """An empty file with its head."""
        head = head_of(self.register)
        title = pgettext(*self.register.title)
        return download(workbook(title, [head], range(1, len(head) + 1)), self.kind)

    def _import(self, request: HttpRequest) -> HttpResponse:
        """A POST keeps a file and opens what it would do."""
        wrong = ""
        if request.method == "POST":
            sent = request.FILES.get("file")
            raw = sent.read(MOST_BYTES + 1) if sent is not None else b""
            name = clean(sent.name or "") if sent is not None else ""
            try:
                kept = keep_file(actor_of(request), self.kind, name, raw, self._taking(request))
                return self._opened(kept)
            except Refused as fault:
                wrong = worded(fault)
            except Unreadable as fault:
                wrong = str(fault)
        context = self._said() | {"wrong": wrong, "template": reverse(self.names["template"])}
        return render(request, "risks/import.html", context, status=422 if wrong else 200)

    def _file(self, request: HttpRequest, /, **ids: int) -> HttpResponse:
        (file_id,) = ids.values()
        file = sent_file(self.kind, file_id, request.user.pk)
        if file is None:
            raise Http404
        faults = file.look.faults if file.look is not None else []
        if FAULTS in request.GET:
            return fault_book(faults)
        context = self._said() | {
            "file": file, "look": file.look, "faults": fault_page(faults, request.GET.dict()),
            "address": self._address("take", file_id),
            "again": reverse(self.names["import"]),
        }  # fmt: skip
        return render(request, "risks/sent_file.html", context)

    def _take(self, request: HttpRequest, /, **ids: int) -> HttpResponse:
        """Take in the good rows, all of them or none."""
        (file_id,) = ids.values()
        if sent_file(self.kind, file_id, request.user.pk) is None:
            raise Http404
        try:
            take_file(actor_of(request), self.kind, file_id, self._taking(request))
        except Refused as fault:
            messages.error(request, worded(fault))
        return self._opened(file_id)

    def _taking(self, request: HttpRequest) -> Take:
        def taken(raw: bytes) -> Look:
            sheet = read_sheet(self.register, raw, {}, ())
            if len(sheet.rows) > MOST_ROWS:
                raise Unreadable(_("At most %(most)d rows at once.") % {"most": MOST_ROWS})
            veiled = any(one.personal for one in self.register.fields)
            faults = [(f.line, f.column, "" if veiled else f.text, f.why) for f in sheet.faults]
            look = Look(faults=faults)
            self.put(request, sheet, look)
            return look

        return taken

    def _address(self, page: str, file_id: int) -> str:
        return f"{reverse(self.names['import'])}/{file_id}" + ("/take" if page == "take" else "")

    def _opened(self, file_id: int) -> HttpResponse:
        return HttpResponseRedirect(self._address("file", file_id), status=303)

    def _said(self) -> dict[str, Any]:
        return {key: _(text) for key, text in self.words.items()} | {
            "back": reverse(self.names["back"])
        }
