"""The steps of a loop as forms: one button a verb, and what it must be told.

What somebody typed into a step that is refused is kept, sealed, until the page shows the form
again: at 3 a.m. nobody writes a finding twice.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anlan.operations.people.actions import actor_of, seal_text, unseal_text
from anlan.operations.people.queries import worded
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import Term

Choices = Mapping[str, Sequence[tuple[object, str]]]
TYPED = "refused_step"
NEVER_KEPT = ("csrfmiddlewaretoken", "verb", "row", "code", "password")


@dataclass(frozen=True, slots=True)
class Input:
    """One thing a step must be told. `kind`: text, long, day, moment, whole, check, choice, named.

    A choice is made from the list that the page has under `choices` (else under the key); named
    is chosen so too, and typed where the page has no list. `longest`: characters of a long one.
    """

    key: str
    word: Term
    kind: str = "long"
    required: bool = True
    choices: str = ""
    longest: int = 1000


@dataclass(frozen=True, slots=True)
class StepForm:
    """How a verb looks: its button, what it asks, and what it calls with what was given."""

    button: Term
    inputs: tuple[Input, ...]
    take: Callable[..., object]


def telling(
    person: Callable[[HttpRequest], object], action: Callable[..., object], *names: str
) -> Callable[..., object]:
    """What a form calls whose action is told texts by these names, and nothing else.

    `person`: whoever asks, as the room's rules see them.
    """

    def take(request: HttpRequest, pk: int, given: Mapping[str, str]) -> object:
        told = {name: given.get(name, "") for name in names}
        return action(actor_of(request), person(request), pk, **told)

    return take


@contextmanager
def step_said(request: HttpRequest, button: Term) -> Iterator[None]:
    """The step that is taken within: the next page says that it is done, or why it was refused."""
    try:
        yield
    except Refused as fault:
        messages.error(request, worded(fault))
        if "verb" in request.POST:  # a page draws its steps again, and no other form
            keep_typed(request, fault)
    else:
        messages.success(request, _("Done: %(step)s.") % {"step": pgettext(*button)})


def keep_typed(request: HttpRequest, fault: Refused) -> None:
    """Keep what was typed into a refused form, and why it was, for the page that follows."""
    typed = {key: request.POST.getlist(key) for key in request.POST if key not in NEVER_KEPT}
    kept = {
        "action": request.path, "verb": request.POST.get("verb", ""), "typed": typed,
        "wrong": worded(fault), "field": fault.field,
    }  # fmt: skip
    request.session[TYPED] = b64encode(seal_text(json.dumps(kept))).decode()


def typed_before(request: HttpRequest, action: str) -> dict[str, Any] | None:
    """What was typed into the form of this address that was refused just now; shown once."""
    if TYPED not in request.session:
        return None
    kept: dict[str, Any] = json.loads(unseal_text(b64decode(request.session[TYPED])))
    if kept["action"] != action:
        return None
    del request.session[TYPED]
    return kept


def as_typed(forms: Sequence[dict[str, Any]], kept: dict[str, Any] | None) -> Any:
    """The forms of a page, the refused one open, as it was typed and with the fault at its field.

    Where the refusal names no field it stands at what was left empty, or at the only field there
    is; else over the form's fields.
    """
    if kept is None:
        return forms
    return [_refused(one, kept) if one["verb"] == kept["verb"] else one for one in forms]


def _refused(form: dict[str, Any], kept: dict[str, Any]) -> dict[str, Any]:
    typed = kept["typed"]
    empty = [one["key"] for one in form["inputs"]
             if one["required"] and not "".join(typed.get(one["key"], ())).strip()]  # fmt: skip
    only = [one["key"] for one in form["inputs"]] if len(form["inputs"]) == 1 else []
    known = [one["key"] for one in form["inputs"] if one["key"] == kept["field"]]
    wrong = (known or empty or only or [""])[0]
    inputs = [
        one | {
            "value": _said(one, typed.get(one["key"], [])),
            "error": kept["wrong"] if one["key"] == wrong else "",
        }
        for one in form["inputs"]
    ]  # fmt: skip
    return form | {"inputs": inputs, "again": True, "wrong": "" if wrong else kept["wrong"]}


def _said(one: Mapping[str, Any], typed: Sequence[str]) -> Any:
    return list(typed) if one["kind"] == "several" else ",".join(typed)


def drawn(
    forms: Mapping[str, StepForm],
    verbs: Iterable[str],
    main: str,
    choices: Choices,
    known: Mapping[str, str] | None = None,
) -> list[dict[str, Any]]:
    """The forms of these verbs as ``registers/steps.html`` draws them, the main one first.

    `known`: what is said already, by key of the input, to be gone on from.
    """
    found = [
        {
            "verb": verb, "button": pgettext(*forms[verb].button), "main": verb == main,
            "inputs": [_input(one, choices, known or {}) for one in forms[verb].inputs],
        }
        for verb in verbs if verb in forms
    ]  # fmt: skip
    return sorted(found, key=lambda one: not one["main"])


def _input(one: Input, choices: Choices, known: Mapping[str, str]) -> dict[str, Any]:
    given = choices.get(one.choices or one.key, ()) if one.kind in ("choice", "named") else ()
    kind = one.kind if one.kind != "named" else "choice" if given else "text"
    return {
        "key": one.key, "word": pgettext(*one.word), "kind": kind,
        "required": one.required, "choices": given, "value": known.get(one.key, ""),
        "longest": one.longest,
    }  # fmt: skip
