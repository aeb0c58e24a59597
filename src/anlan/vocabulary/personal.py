"""Numbers that name a person: mobile telephones and the identity numbers of GB 11643-1999."""

import re
import unicodedata

_MOBILE = re.compile(r"(?<!\d)(?:0|(?:00)?86)?1[3-9]\d{9}(?!\d)")
_IDENTITY_NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?![\dA-Za-z])")


def names_a_number(text: str) -> bool:
    """Whether a text holds one, in whatever width and grouping.

    >>> names_a_number("李大明（138 1234 5678）"), names_a_number("2026 年 3 月 2 日")
    (True, False)
    """
    text = unicodedata.normalize("NFKC", text)
    squeezed = re.sub(r"(?<=\d)[\s\-—.·/]+(?=\d)", "", text)
    return bool(_MOBILE.search(squeezed) or _IDENTITY_NUMBER.search(squeezed))
