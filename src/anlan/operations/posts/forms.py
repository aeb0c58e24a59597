"""What a phone sends of a shift meeting or a quiz, read once at the border."""

from typing import Any

from anlan.operations.posts.actions import NewMeeting
from anlan.operations.registers.queries import (
    Malformed,
    body_of,
    key_of,
    moments,
    printable,
    whole_id,
)

LONGEST_REMARKS = 500
MOST_PEOPLE, MOST_OPTIONS = 200, 20
Picked = dict[int, int | None]


def read_meeting(raw: bytes) -> tuple[int, NewMeeting]:
    """A meeting held on a phone: the post and what came of it; raises `Malformed`, `Refused`."""
    given = body_of(raw)
    held_at, list_at = moments(given)
    present, answers = given.get("present"), given.get("answers")
    if not isinstance(present, list) or len(present) > MOST_PEOPLE:
        raise Malformed("nobody there")
    told = {_key(pk): whole_id(version) for pk, version in _mapping(given.get("told")).items()}
    picked = {_key(pk): _picked(said) for pk, said in _mapping(answers).items()}
    new = NewMeeting(
        key=given["key"], present=[whole_id(one) for one in present], held_at=held_at,
        list_at=list_at, remarks=printable(given.get("remarks", ""))[:LONGEST_REMARKS],
        told=told, answers=picked,
    )  # fmt: skip
    return whole_id(given.get("post")), new


def read_quiz(raw: bytes) -> tuple[int, dict[int, int]]:
    """The answers of one worker: the attendance, and the option ticked by question."""
    given = body_of(raw)
    moments(given)
    picked = _picked(given.get("answers"))
    ticked = {item: place for item, place in picked.items() if place is not None}
    return whole_id(given.get("attendance")), ticked


def _picked(given: Any) -> Picked:
    found: Picked = {}
    for item, place in _mapping(given).items():
        if place is not None and not (type(place) is int and 0 <= place < MOST_OPTIONS):
            raise Malformed("an answer that is none")
        found[_key(item)] = place
    return found


def _mapping(given: Any) -> dict[str, Any]:
    if not isinstance(given, dict) or len(given) > MOST_PEOPLE:
        raise Malformed("no answers")
    return given


def _key(said: str) -> int:
    pk = key_of(said)
    if pk is None:
        raise Malformed("no number")
    return pk
