"""Illegal activities with dangerous chemicals 打非: their kinds, and who marks a danger as one."""

from collections.abc import Collection

from anlan.operations.chemicals.rules.words import ILLEGAL, KEEP
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_, NP_

MARK, CORRECT, WITHDRAW = "mark", "correct", "withdraw"
ACTIVITY_WORDS = {
    "production": NP_("illegal activity", "Illegal production"),
    "storage": NP_("illegal activity", "Illegal storage"),
    "transport": NP_("illegal activity", "Illegal transport"),
    "sale": NP_("illegal activity", "Illegal sale"),
}
VERB_WORDS = {
    MARK: NP_("chemicals verb", "marked it"),
    CORRECT: NP_("chemicals verb", "corrected it"),
    WITHDRAW: NP_("chemicals verb", "withdrew it"),
}


def check_mark(verb: str, rights: Collection[str], *, stands: bool) -> None:
    """Whether somebody may take the step on a danger within sight; `stands`: it is marked now.
    Raises `Refused` with the reason."""
    if not {KEEP, ILLEGAL} <= set(rights):
        raise Refused(N_("Your role may not take this step."))
    if stands is (verb == MARK):
        raise Refused(
            N_("The danger is marked already.") if stands else N_("The danger is not marked.")
        )
