"""The district's `calls.toml`: the terms with their source, and invented calls to try it with."""

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

from anlan.operations.calls.actions.answer import answer_call, handle_call, refuse_call
from anlan.operations.calls.actions.make import NewCall, make_call
from anlan.operations.calls.actions.settle import confirm_call
from anlan.operations.calls.models import Call, CallTerms
from anlan.operations.calls.rules.loop import Person
from anlan.operations.calls.rules.states import ANSWER, DRAFT, MAKE, Kind, Settled, Urgency
from anlan.operations.calls.rules.terms import parsed
from anlan.operations.people.actions import Actor
from anlan.operations.people.queries import Staff, staff
from anlan.operations.registers.actions import load_figures
from anlan.vocabulary import clock

FILE = "calls.toml"
ANSWERS = ("department", "safety_officer")


def load_terms(actor: Actor, folder: Path) -> int:
    """Load the terms; returns how many versions. Twice changes nothing."""
    return load_figures(actor, folder / FILE, CallTerms, parsed)


def load_demo_records(_actor: Actor, folder: Path) -> int:
    """The invented calls, taken through the real steps; returns how many. Twice adds none."""
    before = Call.objects.count()
    for index, one in enumerate(_file(folder).get("call", [])):
        _play(f"demo:{index}", one)
    return Call.objects.count() - before


def _file(folder: Path) -> dict[str, Any]:
    path = folder / FILE
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def _play(key: str, one: dict[str, Any]) -> None:
    street = next((a for a in staff(role="township") if a.username == one["caller"]), None)
    theirs = [a for role in ANSWERS for a in staff(role=role) if a.organisation_code == one["unit"]]
    if street is None or not theirs or Call.objects.filter(key=key).exists():
        return
    caller, maker = _doer(street, {DRAFT, MAKE})
    answers, answerer = _doer(theirs[0], {ANSWER})
    pk = make_call(caller, maker, NewCall(
        key=key, urgency=Urgency(one["urgency"]), kind=Kind(one["kind"]), unit=one["unit"],
        matter=one["matter"], area_code=one["area_code"], place=one["place"],
    ))  # fmt: skip
    if "refused" in one:
        refuse_call(answers, answerer, pk, reason=one["refused"])
    if "comes" in one:
        soon = clock.now() + timedelta(minutes=20)
        answer_call(answers, answerer, pk, comes=one["comes"], coming_at=soon)
    if "handling" in one:
        handle_call(answers, answerer, pk, handling=one["handling"])
    if "grade" in one:
        confirm_call(caller, maker, pk, settled=Settled.YES, grade=one["grade"])


def _doer(one: Staff, rights: set[str]) -> tuple[Actor, Person]:
    actor = Actor(one.id, one.display_name, one.role)
    person = Person(id=one.id, rights=frozenset(rights), organisation=one.organisation_code)
    return actor, person
