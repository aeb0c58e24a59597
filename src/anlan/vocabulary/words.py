"""Words of pure code, marked here and translated where people read them.

`N_` marks a sentence, `NP_` a one-word domain term with its context, because 预警, 警戒, 级别 and
水位 merge in English.
"""

from typing import NamedTuple


class Term(NamedTuple):
    """A domain term: the context and the English word, looked up together in the catalogue."""

    context: str
    word: str


def N_(message: str) -> str:  # noqa: N802 - gettext's customary name
    return message


def NP_(context: str, word: str) -> Term:  # noqa: N802
    return Term(context, word)
