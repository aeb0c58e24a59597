"""The pages of one register of this room: list, export, form, an entry with its versions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anlan.operations.chemicals.actions import Book, Owner, correct, enter, withdraw
from anlan.operations.chemicals.models import Record, RecordVersion
from anlan.operations.chemicals.queries.scope import entry_of, person_of, records_in
from anlan.operations.chemicals.rules.keeping import CORRECT, ENTER, WITHDRAW, Entry, check, verbs
from anlan.operations.chemicals.rules.words import ILLEGAL, KEEP, VERB_WORDS, VIEW
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import requires, scope_of, worded
from anlan.operations.registers import queries as registers
from anlan.operations.safety.queries.picking import picker
from anlan.operations.territory.queries import area_names, streets_under
from anlan.vocabulary.transitions import Refused

Page = Callable[..., HttpResponse]


def nothing_more(_request: HttpRequest, _record: Any) -> dict[str, Any]:
    """For entries whose page shows nothing beyond its fields."""
    return {}


def as_typed(values: dict[str, Any]) -> dict[str, Any]:
    """For registers whose typed values are what an entry keeps."""
    return values


@dataclass(frozen=True, slots=True, kw_only=True)
class BookPages:
    """What is told apart between the registers of this room.

    `address` of the list; `link`: the listed field that leads to an entry; `wide`: listed fields
    that a phone does without. `words`: English message ids of the list (`list`), of entering
    (`new`), of an empty list (`empty`). `read`: makes typed values what an entry keeps, raises
    `Refused` for its field `reads`; `written`: back, for the form. `more`: what the page of an
    entry shows besides.
    """

    book: Book
    register: registers.Register
    address: str
    tab: str
    link: str
    words: Mapping[str, str]
    wide: tuple[str, ...] = ()
    read: Callable[[dict[str, Any]], dict[str, Any]] = as_typed
    reads: str = ""
    written: Callable[[Record], dict[str, Any]] = lambda record: {}
    more: Callable[[HttpRequest, Any], dict[str, Any]] = nothing_more

    def views(self) -> tuple[Page, Page, Page, Page, Page, Page]:
        """List, export, form of a new entry, an entry, form of its correction, its withdrawal."""
        see, keep = requires(VIEW), requires(KEEP)
        both = require_http_methods(["GET", "POST"])
        return (
            require_GET(see(self._list)), require_GET(see(self._export)), both(keep(self._new)),
            require_GET(see(self._entry)), both(keep(self._correct)),
            require_POST(keep(self._withdraw)),
        )  # fmt: skip

    def _list(self, request: HttpRequest) -> HttpResponse:
        scope, named = scope_of(request.user), area_names()
        asked = registers.asked_here(request, self.register, "stands")
        page = registers.page(self.register, records_in(self.book.model, scope), asked, scope)
        alone = scope.reach == "itself"
        context = self._said() | {
            "page": page, "names": named, "may_keep": scope.may(KEEP),
            "may_pursue": scope.may(ILLEGAL),
            "places": [] if alone else streets_under(scope.area_prefix or "", named),
        }  # fmt: skip
        return render(request, "chemicals/list.html", context)

    def _export(self, request: HttpRequest) -> HttpResponse:
        rows = records_in(self.book.model, scope_of(request.user))
        name = self.address.strip("/").replace("/", "-")
        return registers.taken_out(request, self.register, rows, area_names(), self.address, name)

    def _new(self, request: HttpRequest) -> HttpResponse:
        scope = scope_of(request.user)
        firm = picker(scope, (request.POST or request.GET).dict(), required=True)
        entered = registers.Entered({})
        if request.method == "POST" and not firm.searching:
            if firm.chosen is None:
                raise Http404
            entered, done = self.taken(request, Owner(enterprise_id=firm.chosen))
            if done is not None:
                return done
        elif request.method == "POST":
            entered = registers.Entered(request.POST.dict())
        return self.form(request, entered, {"picker": firm})

    def taken(
        self, request: HttpRequest, owner: Owner
    ) -> tuple[registers.Entered, HttpResponse | None]:
        """What was typed, and the way to the new entry; None where it was refused."""
        values, entered = self._typed(request)
        if entered.errors:
            return entered, None
        try:
            person = person_of(scope_of(request.user))
            pk = enter(actor_of(request), person, self.book, owner, values)
        except Refused as fault:
            entered.errors[self.link] = worded(fault)
            return entered, None
        messages.success(request, _("It is entered."))
        return entered, HttpResponseRedirect(f"{self.address}/{pk}", status=303)

    def _typed(self, request: HttpRequest) -> tuple[dict[str, Any], registers.Entered]:
        """What was typed, as an entry keeps it; with what is wrong, beside its field."""
        values, entered = registers.typed(self.register, request.POST.dict())
        if not entered.errors:
            try:
                values = self.read(values)
            except Refused as fault:
                entered.errors[self.reads] = worded(fault)
        return values, entered

    def form(
        self, request: HttpRequest, entered: registers.Entered, more: dict[str, Any]
    ) -> HttpResponse:
        """The form of an entry, new or corrected."""
        context = self._said() | {
            "entered": entered, "fields": self.register.typed, "given": request.POST, **more,
        }  # fmt: skip
        status = 422 if entered.errors else 200
        return render(request, "chemicals/form.html", context, status=status)

    def _entry(self, request: HttpRequest, /, **ids: int) -> HttpResponse:
        record = self._record(request, ids)
        kept = RecordVersion.objects.filter(kind=self.book.kind, record=record.pk)
        scope = scope_of(request.user)
        one = records_in(self.book.model, scope).values(*(f.key for f in self.register.listed))
        context = self._said() | {
            "record": record, "row": one.get(pk=record.pk), "register": self.register,
            "names": area_names(), "verbs": verbs(entry_of(record), person_of(scope)),
            "versions": [(v, pgettext(*VERB_WORDS[v.verb])) for v in kept.order_by("-version")],
            **self.more(request, record),
        }  # fmt: skip
        return render(request, f"chemicals/{self.book.kind}.html", context)

    def _correct(self, request: HttpRequest, /, **ids: int) -> HttpResponse:
        record = self._allowed(request, ids, CORRECT)
        said = {**self.book.values(record), **self.written(record)}
        entered = registers.Entered(
            {one.key: registers.written(one, said[one.key]) for one in self.register.typed}
        )
        if request.method == "POST":
            values, entered = self._typed(request)
            if not entered.errors:
                done = self._corrected(request, record, values, entered)
                if done is not None:
                    return done
        return self.form(request, entered, {"corrected": record})

    def _corrected(
        self, request: HttpRequest, record: Record, values: dict[str, Any],
        entered: registers.Entered,
    ) -> HttpResponse | None:  # fmt: skip
        try:
            correct(
                actor_of(request), person_of(scope_of(request.user)), self.book, record.pk,
                values, reason=request.POST.get("reason", ""),
                seen=registers.key_of(request.POST.get("seen", "")),
            )  # fmt: skip
        except Refused as fault:
            entered.errors[self.link] = worded(fault)
            return None
        messages.success(request, _("Saved; what it said before is kept."))
        return HttpResponseRedirect(f"{self.address}/{record.pk}", status=303)

    def _withdraw(self, request: HttpRequest, /, **ids: int) -> HttpResponse:
        record = self._allowed(request, ids, WITHDRAW)
        try:
            withdraw(
                actor_of(request), person_of(scope_of(request.user)), self.book, record.pk,
                reason=request.POST.get("reason", ""),
            )  # fmt: skip
            messages.success(request, _("The entry counts no more; its record stays."))
        except Refused as fault:
            messages.error(request, worded(fault))
        return HttpResponseRedirect(f"{self.address}/{record.pk}", status=303)

    def _record(self, request: HttpRequest, ids: Mapping[str, int]) -> Record:
        """The entry within sight; else 404."""
        (pk,) = ids.values()
        rows = records_in(self.book.model, scope_of(request.user)).select_related("enterprise")
        record = rows.filter(pk=pk).first()
        if record is None:
            raise Http404
        return record

    def _allowed(self, request: HttpRequest, ids: Mapping[str, int], verb: str) -> Record:
        """The entry on which the reader may take the step; else 404."""
        record = self._record(request, ids)
        if verb not in verbs(entry_of(record), person_of(scope_of(request.user))):
            raise Http404
        return record

    def _said(self) -> dict[str, Any]:
        return {
            "address": self.address, "here": self.tab, "link": self.link, "wide": self.wide,
            "own_new": not self.book.parent,
            "said": {key: _(text) for key, text in self.words.items()},
        }  # fmt: skip


def may_enter(request: HttpRequest, enterprise_id: int) -> bool:
    """Whether the reader may enter something for an enterprise."""
    try:
        check(ENTER, Entry(enterprise_id=enterprise_id), person_of(scope_of(request.user)))
    except Refused:
        return False
    return True
