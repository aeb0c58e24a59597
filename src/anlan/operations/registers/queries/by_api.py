"""A step of a loop as another program takes it: the same for every room that has one."""

from collections.abc import Mapping
from typing import TypeVar

from django.http import Http404
from ninja import Schema

Form = TypeVar("Form")


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
