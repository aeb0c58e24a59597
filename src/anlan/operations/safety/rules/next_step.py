"""Whose turn it is with a danger, in words: whoever reads its file sees who is asked for what."""

from typing import NamedTuple

from anlan.operations.safety.rules.states import Grade, Source, State
from anlan.vocabulary.words import N_

REGULATOR, SUPERVISOR, RECTIFIER = "regulator", "supervisor", "rectifier"
_TURNS = {
    State.FOUND: (REGULATOR, N_("%(who)s: grade it")),
    State.GRADED: (REGULATOR, N_("%(who)s: assign it")),
    State.ASSIGNED: (RECTIFIER, N_("%(who)s: begin to rectify")),
    State.RECTIFYING: (RECTIFIER, N_("%(who)s: rectify and report it")),
    State.RETURNED: (RECTIFIER, N_("%(who)s: rectify it again")),
    State.SUBMITTED: (SUPERVISOR, N_("%(who)s: re-check")),
    State.ACCEPTED: (REGULATOR, N_("%(who)s: close it")),
    State.EXTENSION_PENDING: (REGULATOR, N_("%(who)s, its leader: decide on more time")),
    State.TRANSFERRED: (REGULATOR, N_("%(who)s: take it over or send it back")),
    State.SUSPENDED_PRODUCTION: (RECTIFIER, N_("%(who)s: rectify, then ask to resume production")),
}
_COUNTERSIGN = (REGULATOR, N_("%(who)s, its leader: countersign"))
_LOOK = (REGULATOR, N_("%(who)s: look whether production may resume"))
_OWN = (State.FOUND, State.GRADED, State.SUBMITTED)


class Standing(NamedTuple):
    """What of a danger decides whose turn it is."""

    state: str
    grade: str = ""
    source: str = ""
    countersigned: bool = False
    asks_to_resume: bool = False


def turn(danger: Standing) -> tuple[str, str] | None:
    """Who is asked (one of the three above) and the sentence that names them; None where nobody of
    this loop is: closed, or with enforcement."""
    state, major = State(danger.state), danger.grade == Grade.MAJOR
    if state == State.ACCEPTED and major and not danger.countersigned:
        return _COUNTERSIGN
    if state == State.SUSPENDED_PRODUCTION and danger.asks_to_resume:
        return _LOOK
    found = _TURNS.get(state)
    if found and state in _OWN and danger.source == Source.SELF_CHECK and not major:
        return RECTIFIER, found[1]
    return found
