"""A call's file within one's sight."""

from dataclasses import dataclass

from anlan.operations.calls.models import Call, CallPhoto, CallStep
from anlan.operations.calls.queries.scope import calls_in, person_of
from anlan.operations.calls.queries.state import facts
from anlan.operations.calls.rules.loop import verbs
from anlan.operations.calls.rules.states import ENDED
from anlan.operations.people.queries import Scope

ONWARD = ("send", "answer", "handle", "confirm", "assign")


@dataclass(frozen=True, slots=True)
class File:
    """A call with its history (newest first), its photos, and the steps open to the reader."""

    call: Call
    steps: list[CallStep]
    photos: list[CallPhoto]
    verbs: tuple[str, ...]
    may_add_photo: bool

    @property
    def next_step(self) -> str:
        return next((verb for verb in ONWARD if verb in self.verbs), "")


def call_file(call_id: int, scope: Scope) -> File | None:
    """The file within one's sight, else None. Three queries."""
    call = calls_in(scope).select_related("danger", "enterprise").filter(pk=call_id).first()
    if call is None:
        return None
    theirs = scope.organisation in (call.street, call.unit) and scope.organisation != ""
    return File(
        call, list(call.steps.order_by("-id")), list(call.photos.order_by("id")),
        verbs(facts(call), person_of(scope)), theirs and call.state not in ENDED,
    )  # fmt: skip


def call_photo(photo_id: int, scope: Scope) -> CallPhoto | None:
    """A photo of a call within one's sight."""
    return CallPhoto.objects.filter(pk=photo_id, call__in=calls_in(scope).values("pk")).first()
