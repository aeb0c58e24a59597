"""What a check must say before it is one. The phone's form is made of the same declaration."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from anlan.operations.checks.rules.library import Item
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_, NP_, Term

OK, NOT_OK, NOT_HERE = "ok", "not_ok", "na"
LONGEST_NOTE = 500


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer: its word, and whether a key item or any item needs a note with it."""

    key: str
    word: Term
    note: bool = False
    note_on_key: bool = False


CHOICES = (
    Choice(OK, NP_("check answer", "Normal")),
    Choice(NOT_OK, NP_("check answer", "Not normal"), note=True),
    Choice(NOT_HERE, NP_("check answer", "Does not apply"), note_on_key=True),
)
ANSWER_WORDS = {one.key: one.word for one in CHOICES}
_BY_KEY = {one.key: one for one in CHOICES}


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer; `confirmed`: somebody tapped this very item, not "the rest is normal"."""

    choice: str
    note: str = ""
    confirmed: bool = False


def judge(items: Sequence[Item], given: Mapping[str, Answer]) -> None:
    """Raises `Refused` unless every item is answered as it must be; keys are item codes."""
    if not items:
        raise Refused(N_("The list has no items."))
    strange = set(given) - {one.code for one in items}
    if strange:
        raise Refused(N_("Not on the list: %(codes)s."), codes=", ".join(sorted(strange)))
    for item in items:
        answer = given.get(item.code)
        if answer is None or answer.choice not in _BY_KEY:
            raise Refused(N_("Not answered: %(item)s."), item=item.text)
        if item.key and not answer.confirmed:
            raise Refused(N_("A key item is confirmed by itself: %(item)s."), item=item.text)
        choice = _BY_KEY[answer.choice]
        if (choice.note or (choice.note_on_key and item.key)) and not answer.note.strip():
            raise Refused(N_("Say in a few words what is so: %(item)s."), item=item.text)
        if len(answer.note) > LONGEST_NOTE:
            raise Refused(N_("At most %(most)d characters in a note."), most=LONGEST_NOTE)


def counted(given: Mapping[str, Answer]) -> dict[str, int]:
    """How many answers of each kind."""
    said = [one.choice for one in given.values()]
    return {key: said.count(key) for key in _BY_KEY}
