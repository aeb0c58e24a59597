"""What a device may have as its password, by what its standard has room for."""

import re
from dataclasses import dataclass

from anlan.vocabulary.words import N_

LONGEST = 100  # HJ 212 has six signs; instruments send longer ones
FIGURES = re.compile(r"[0-9A-Fa-f]{4}")  # SL 651-2014, 6.2.3: two bytes
SIGNS = re.compile(r"[!-~]+")
BETWEEN_FIELDS = frozenset(";=&#")  # of HJ 212-2017, 6.3
HAVE_ONE = ("sl651", "hj212", "mqtt")


class BadPassword(ValueError):
    """A password that the device's protocol cannot carry; the text says what it can."""


@dataclass(frozen=True, slots=True)
class Password:
    """As the register keeps it: figures as a number, everything else as text."""

    number: int
    text: str


def password_of(protocol: str, typed: str) -> Password:
    """Raises `BadPassword`."""
    if protocol not in HAVE_ONE:
        raise BadPassword(N_("Devices of this protocol have no password."))
    if protocol == "sl651":
        if not FIGURES.fullmatch(typed):
            raise BadPassword(N_("A password is 4 figures from 0 to 9 and A to F."))
        return Password(int(typed, 16), "")
    if not typed or len(typed) > LONGEST:
        raise BadPassword(N_("A password has 1 to 100 signs."))
    if protocol == "hj212" and (not SIGNS.fullmatch(typed) or BETWEEN_FIELDS & set(typed)):
        raise BadPassword(N_("Letters, figures and signs, without spaces and none of ; = & #."))
    return Password(0, typed)
