"""Words of pure code, marked here and translated where people read them.

`N_` marks a sentence, `NP_` a one-word domain term with its context, because 预警, 警戒, 级别 and
水位 merge in English.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple


class Term(NamedTuple):
    """A domain term: the context and the English word, looked up together in the catalogue."""

    context: str
    word: str


class Saying(NamedTuple):
    """A name or a sentence that is put together: `word` says by ``%(name)s`` where each of `values`
    stands, which is text, a figure, a term or a saying of its own.

    Kept as JSON it is a list of its three parts, as a term is one of its two.
    """

    context: str
    word: str
    values: Mapping[str, Any]


Words = Saying | Term | str  # text as it stands, in no language of ours


def N_(message: str) -> str:  # noqa: N802 - gettext's customary name
    return message


def NP_(context: str, word: str) -> Term:  # noqa: N802
    return Term(context, word)
