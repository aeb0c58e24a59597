"""Sound and picture of site checks, seizure and service: number, recorder, length, digest.

The file itself stays where it was recorded; its SHA-256 shows later whether it was altered. A
digest that the docking station computes afterwards is kept by a step of its own.
"""

from collections.abc import Mapping

from django.utils.translation import pgettext

from anlan.operations.enforcement.actions.steps import Effect, Taken
from anlan.operations.enforcement.rules.forms import FORMS
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

FACE_TO_FACE = ("direct", "left")  # ways of service that are filmed
FILMED = ("recording", "recorder", "length")


def filmed(taken: Taken, verb: str) -> None:
    """Refused where a service face to face has no recording."""
    if taken.words("how") not in FACE_TO_FACE:
        return
    for one in FORMS[verb]:
        if one.key in FILMED and not taken.given[one.key]:
            raise Refused(N_("%(field)s is missing."), field=pgettext(*one.word))


def keep_a_recording(taken: Taken) -> None:
    """Of a step that was taken; what is kept once is not kept anew."""
    case, of = taken.case, taken.words("of")
    if not case.steps.filter(verb=of).exists():
        raise Refused(N_("That step has not been taken."))
    digest = taken.words("digest")
    kept = case.steps.filter(said__digest=digest)
    if kept.exists():
        raise Refused(N_("This recording is kept already."))


EFFECTS: Mapping[str, Effect] = {"keep a recording": keep_a_recording}
