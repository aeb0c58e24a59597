"""No text that others read names the informant (`domain.md` 3.3).

Texts are compared without their blanks and punctuation, whatever the width and case of letters: a
name is a name with a blank in it too, a telephone number with its country's.
"""

import re
import unicodedata
from collections.abc import Iterable

from anlan.vocabulary.personal import names_a_number
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

LEAST_NAME = 2
LEAST_DIGITS = 7
MOBILE_DIGITS = 11


def names_nobody(texts: Iterable[str], name: str, phone: str) -> None:
    """Raises `Refused` when a text holds the informant's name or phone."""
    bare = _bare(name)
    digits = "".join(re.findall(r"\d", _bare(phone)))[-MOBILE_DIGITS:]
    for text in map(_bare, texts):
        if len(bare) >= LEAST_NAME and bare in text:
            raise Refused(N_("The text names the informant: take the name out."))
        if len(digits) >= LEAST_DIGITS and digits in text:
            raise Refused(N_("The text holds the informant's phone: take it out."))


def holds_no_numbers(text: str) -> None:
    """What the public writes of a matter names no phone and no identity number; else `Refused`."""
    if names_a_number(text):
        raise Refused(N_("Write no telephone or identity number here: use the sealed fields."))


def _bare(text: str) -> str:
    """Letters and digits alone, of one width and case."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in plain if letter.isalnum())
