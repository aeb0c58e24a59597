"""What a phone or another system sends, read once at the border."""

import json
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from anlan.operations.checks.actions import Answer, Submission
from anlan.operations.safety.actions import Taking
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

KEY = re.compile(r"[0-9a-f]{32}")
MOST_ID = 2**53
MOST_BYTES = 200_000
BEHIND = timedelta(minutes=10)  # what a phone's clock may lose between list and check


class Malformed(ValueError):
    """Not what a form of ours sends: a fault of the program, never of the person."""


def read_submission(raw: bytes) -> Submission:
    """A check as the phone sends it, JSON; raises `Malformed`.

    Raises `Refused` when it says to be made before its list was taken along: backdated.
    """
    try:
        given = json.loads(raw[: MOST_BYTES + 1])
    except ValueError:
        raise Malformed("no JSON") from None
    if not isinstance(given, dict) or not KEY.fullmatch(str(given.get("key", ""))):
        raise Malformed("no key")
    performed_at, list_at = moment(given.get("performed_at")), moment(given.get("list_at"))
    if performed_at < list_at - BEHIND:
        raise Refused(N_("The phone's clock is behind: set it right and send again."))
    return Submission(
        key=given["key"], enterprise_id=_id(given.get("enterprise")),
        task_id=None if given.get("task") is None else _id(given["task"]),
        answers=read_answers(given.get("answers")), performed_at=performed_at, list_at=list_at,
        **place(given),
    )  # fmt: skip


def read_answers(given: Any) -> dict[str, Answer]:
    """Answers by item code out of {code: {choice, note, confirmed}}; raises `Malformed`."""
    if not isinstance(given, dict):
        raise Malformed("no answers")
    found = {}
    for code, one in given.items():
        if not isinstance(one, dict):
            raise Malformed("an answer that is none")
        found[str(code)] = Answer(
            str(one.get("choice", "")), plain(one.get("note", "")), one.get("confirmed") is True
        )
    return found


def read_taking(given: Mapping[str, Any]) -> Taking:
    """When and where a photo was taken, as far as the phone says."""
    said = given.get("taken_at")
    at = moment(said) if said else None
    try:
        where = place({key: float(given[key]) for key in ("lon", "lat") if given.get(key)})
    except ValueError:
        raise Malformed("no place") from None
    return Taking(at, where["lon"], where["lat"])


def place(given: Mapping[str, Any]) -> dict[str, float | None]:
    """`lon` and `lat` (CGCS2000) when both are there and on the earth, else None and None."""
    lon, lat = given.get("lon"), given.get("lat")
    if not isinstance(lon, int | float) or not isinstance(lat, int | float):
        return {"lon": None, "lat": None}
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        return {"lon": None, "lat": None}
    return {"lon": float(lon), "lat": float(lat)}


def moment(said: Any) -> datetime:
    """An aware moment, ISO 8601 with offset; raises `Malformed`."""
    try:
        found = datetime.fromisoformat(str(said))
        if found.tzinfo is None:
            raise Malformed("a time without offset")
        return found.astimezone(clock.CHINA)
    except (ValueError, OverflowError):
        raise Malformed("no time") from None


def answers_of_form(given: Mapping[str, str], codes: list[str]) -> dict[str, Answer]:
    """Answers of a correction's form: every item was looked at again by itself."""
    return {
        code: Answer(given[f"choice-{code}"], given.get(f"note-{code}", ""), confirmed=True)
        for code in codes if f"choice-{code}" in given
    }  # fmt: skip


def plain(said: Any) -> str:
    """What somebody wrote, without what no keyboard writes."""
    return "".join(one for one in str(said) if one.isprintable() or one == "\n")


def _id(said: Any) -> int:
    if isinstance(said, int) and not isinstance(said, bool) and 0 < said < MOST_ID:
        return said
    raise Malformed("no number")


def required_file(sent: Any) -> Any:
    """The file of an upload; raises `Refused` without one."""
    if sent is None:
        raise Refused(N_("Choose a file."))
    return sent
