"""What another program is answered, and how it takes a step: the same in every room."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from ninja import Router, Schema
from ninja.security import SessionAuth

from anlan.operations.people.queries import Scope, admitted
from anlan.operations.registers.queries.together import is_number

Form = TypeVar("Form")


class Holding(SessionAuth):
    """Asks for the right before what was sent is read: without it nobody learns what was wrong.

    `within` is what one sees, `by` the part of the address that names one of it: what is out of
    sight is not found, whatever was sent to it. `field`: what of it is named, where not its id.
    """

    def __init__(
        self, right: str, within: Callable[[Scope], QuerySet[Any]] | None = None, by: str = "",
        field: str = "",
    ) -> None:  # fmt: skip
        super().__init__()
        self.right, self.within, self.by, self.field = right, within, by, field

    def authenticate(self, request: HttpRequest, key: str | None) -> object | None:
        """Who is logged in, or None; raises `PermissionDenied` without the right."""
        who: object | None = super().authenticate(request, key)
        if who is not None:
            scope = admitted(request, self.right)
            if self.within is not None and request.resolver_match is not None:
                named = request.resolver_match.kwargs[self.by]  # raw: not parsed yet
                if not self.field and not is_number(named):
                    raise Http404
                one = {self.field: named} if self.field else {"pk": int(named)}
                if not self.within(scope).filter(**one).exists():
                    raise Http404
        return who


class Put(Schema):
    """Which record it is here, by its id."""

    id: int


class PutOutcome(Put):
    """`outcome`: new, changed or same."""

    outcome: str


class StepIn(Schema):
    """A step by its verb, with what its form asks for, as text; no verb is no step."""

    verb: str = ""
    given: dict[str, str] = {}


class StepTaken(Schema):
    """Whose step it was, by id, and its state now."""

    id: int
    state: str


def form_asked(forms: Mapping[str, Form], body: StepIn, *, seen: bool) -> Form:
    """The form of the verb; "not found" for what is out of sight and for a verb that is none."""
    form = forms.get(body.verb)
    if form is None or not seen:
        raise Http404
    return form


@dataclass(frozen=True, slots=True)
class Sent:
    """What other systems put by (source, id), as it is read back: with which right, out of what one
    sees, in which words (`told`). `key`: by what it is found where it is not kept by the two."""

    right: str
    within: Callable[[Scope], QuerySet[Any]]
    key: Callable[[str, str], Q] | None = None
    told: Callable[[Any], Any] | None = None

    def read(self, request: HttpRequest, source: str, source_id: str) -> Any:
        """The record of this source and id; "not found" where it is out of sight, or none."""
        named = self.key(source, source_id) if self.key else Q(source=source, source_id=source_id)
        scope = admitted(request, self.right)
        # Without an id it was never sent: all those that have none would be named by it.
        found = self.within(scope).filter(named).order_by("-pk").first() if source_id else None
        if found is None:
            raise Http404
        return self.told(found) if self.told else found


def read_back(router: Router, path: str, shape: type[Schema], sent: Sent, room: str) -> None:
    """Offer GET `path`/{source}/{source_id} beside its PUT, in the shape of the list; `room` is the
    module that offers it."""

    def answer(request: HttpRequest, source: str, source_id: str) -> Any:
        """The record that another system keeps under this id, as the list shows it; 404 where there
        is none within sight."""
        return sent.read(request, source, source_id)

    answer.__name__ = f"{path.strip('/').replace('/', '_').replace('-', '_')}_of_source"
    answer.__module__ = room
    router.get(f"{path}/{{source}}/{{source_id}}", response=shape)(answer)
