"""What people type into a response, parsed once into typed values."""

from collections.abc import Mapping

from anlan.operations.response.actions import Proposal, TaskWords
from anlan.vocabulary.areas import BadAreaCode, area_code
from anlan.vocabulary.levels import ResponseLevel
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

MOST_PEOPLE = 10_000_000


def level(post: Mapping[str, str]) -> int | None:
    """The chosen response level; None when the proposed one is meant."""
    typed = post.get("level", "").strip()
    if not typed:
        return None
    if not typed.isdigit() or int(typed) not in set(ResponseLevel):
        raise Refused(N_("Choose one of the four levels."))
    return int(typed)


def task_words(post: Mapping[str, str]) -> TaskWords:
    """Words, people and whether it is finished (the pressed button)."""
    typed = post.get("people", "").replace(",", "").replace("，", "").strip()
    if typed and not (typed.isascii() and typed.isdigit() and int(typed) <= MOST_PEOPLE):
        raise Refused(N_("Write the people as a whole number."))
    return TaskWords(
        post.get("text", "").strip(), int(typed) if typed else None, post.get("done") == "1"
    )


def proposal(post: Mapping[str, str]) -> Proposal:
    """A response that a person asks for."""
    chosen = level(post)
    if chosen is None:
        raise Refused(N_("Choose one of the four levels."))
    try:
        area = area_code(post.get("area_code", ""))
    except BadAreaCode:
        raise Refused(N_("Choose the place.")) from None
    return Proposal(
        hazard=post.get("hazard", ""), level=chosen, area_code=area,
        reason=post.get("reason", "").strip(),
        community_codes=(area,) if len(area) > 6 else (),
    )  # fmt: skip
