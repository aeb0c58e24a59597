"""No text that others read names the informant (`domain.md` 3.3)."""

import re
from collections.abc import Iterable

from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

LEAST_NAME = 2
LEAST_DIGITS = 7
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_IDENTITY_NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?![\dA-Za-z])")


def names_nobody(texts: Iterable[str], name: str, phone: str) -> None:
    """Raises `Refused` when a text holds the informant's name or phone."""
    digits = "".join(re.findall(r"\d", phone))
    for text in texts:
        squeezed = re.sub(r"[\s\-—()（）]", "", text)
        if len(name) >= LEAST_NAME and name in squeezed:
            raise Refused(N_("The text names the informant: take the name out."))
        if len(digits) >= LEAST_DIGITS and digits in squeezed:
            raise Refused(N_("The text holds the informant's phone: take it out."))


def holds_no_numbers(text: str) -> None:
    """What the public writes of a matter names no phone and no identity number; else `Refused`."""
    squeezed = re.sub(r"(?<=\d)[\s\-—]+(?=\d)", "", text)
    if _MOBILE.search(squeezed) or _IDENTITY_NUMBER.search(squeezed):
        raise Refused(N_("Write no telephone or identity number here: use the sealed fields."))
