"""How dangerous a risk point is: LEC or the 5x5 matrix, and what is red at once (`domain.md` 4).

LEC after Graham and Kinney (1976), with the tables that Chinese industry uses: D = L x E x C, only
listed values. Matrix: R = L x S. Level 1 red, 2 orange, 3 yellow, 4 blue.
"""

from calendar import monthrange
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_, NP_

RED, ORANGE, YELLOW, BLUE = 1, 2, 3, 4
LEVELS = (RED, ORANGE, YELLOW, BLUE)
METHOD_WORDS = {
    "lec": NP_("rating method", "LEC (work conditions)"),
    "matrix": NP_("rating method", "Risk matrix 5x5"),
}
L_WORDS = {
    "10": NP_("LEC likelihood", "10 certain, can be expected"),
    "6": NP_("LEC likelihood", "6 quite possible"),
    "3": NP_("LEC likelihood", "3 possible, but unusual"),
    "1": NP_("LEC likelihood", "1 remote, quite unexpected"),
    "0.5": NP_("LEC likelihood", "0.5 conceivable, very unlikely"),
    "0.2": NP_("LEC likelihood", "0.2 hardly conceivable"),
    "0.1": NP_("LEC likelihood", "0.1 practically impossible"),
}
E_WORDS = {
    "10": NP_("LEC exposure", "10 continuously"),
    "6": NP_("LEC exposure", "6 daily, in working hours"),
    "3": NP_("LEC exposure", "3 weekly, or now and then"),
    "2": NP_("LEC exposure", "2 monthly"),
    "1": NP_("LEC exposure", "1 a few times a year"),
    "0.5": NP_("LEC exposure", "0.5 very rarely"),
}
C_WORDS = {
    "100": NP_("LEC consequence", "100 ten dead or more"),
    "40": NP_("LEC consequence", "40 three to nine dead"),
    "15": NP_("LEC consequence", "15 one or two dead"),
    "7": NP_("LEC consequence", "7 serious injury"),
    "3": NP_("LEC consequence", "3 disabling injury"),
    "1": NP_("LEC consequence", "1 minor injury"),
}
LIKELY_WORDS = {
    "1": NP_("matrix likelihood", "1 hardly ever"),
    "2": NP_("matrix likelihood", "2 unlikely"),
    "3": NP_("matrix likelihood", "3 possible"),
    "4": NP_("matrix likelihood", "4 likely"),
    "5": NP_("matrix likelihood", "5 very likely"),
}
SEVERE_WORDS = {
    "1": NP_("matrix severity", "1 slight"),
    "2": NP_("matrix severity", "2 minor"),
    "3": NP_("matrix severity", "3 serious"),
    "4": NP_("matrix severity", "4 grave"),
    "5": NP_("matrix severity", "5 disastrous"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a district may set itself [pv]; the values here stand where it has set nothing.

    `bands`: the least R of the matrix that is red, orange, yellow. `lec_bands`: D above the first
    is red, from the second on orange, from the third on yellow. `causes`: what is red at once,
    words by key. `review_months`: between reviews; `lead_days`: the review is opened so many days
    before its day. `source`: whose terms they are.
    """

    bands: tuple[int, int, int] = (17, 10, 5)
    lec_bands: tuple[int, int, int] = (320, 160, 70)
    causes: Mapping[str, str]
    review_months: int = 12
    lead_days: int = 30
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """What somebody chose. Keys of the tables above; `causes`: keys of what is red at once."""

    method: str
    l: str = ""  # noqa: E741 - the method's own letters
    e: str = ""
    c: str = ""
    likely: str = ""
    severe: str = ""
    causes: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Rated:
    """D or R, and the level; `forced`: the score alone would have been lower."""

    score: Decimal
    level: int
    forced: bool


def rate(rating: Rating, terms: Terms) -> Rated:
    """Score and level. Raises `Refused` for a value that no table lists.

    >>> rate(Rating(method="lec", l="6", e="6", c="7"), Terms(causes={})).score
    Decimal('252')
    """
    if rating.method == "lec":
        _listed(rating.l, L_WORDS)
        _listed(rating.e, E_WORDS)
        _listed(rating.c, C_WORDS)
        score = Decimal(rating.l) * Decimal(rating.e) * Decimal(rating.c)
        level = _lec_level(score, terms.lec_bands)
    elif rating.method == "matrix":
        _listed(rating.likely, LIKELY_WORDS)
        _listed(rating.severe, SEVERE_WORDS)
        score = Decimal(rating.likely) * Decimal(rating.severe)
        level = next((n for n, least in enumerate(terms.bands, RED) if score >= least), BLUE)
    else:
        raise Refused(N_("Choose how it is rated."))
    if set(rating.causes) - set(terms.causes):
        raise Refused(N_("This is not one of the cases that are red at once."))
    forced = bool(rating.causes) and level > RED
    return Rated(score, RED if rating.causes else level, forced)


def _lec_level(d: Decimal, bands: tuple[int, int, int]) -> int:
    """D > 320 red, 160 to 320 orange, 70 to below 160 yellow, below 70 blue."""
    red, orange, yellow = bands
    if d > red:
        return RED
    return ORANGE if d >= orange else YELLOW if d >= yellow else BLUE


def _listed(value: str, table: Mapping[str, object]) -> None:
    if value not in table:
        raise Refused(N_("Only the values of the table count."))


def worst(levels: Collection[int], major_hazard: bool) -> int | None:
    """The level of a whole enterprise: its highest point; red with a major hazard source [pv]."""
    return RED if major_hazard else min(levels, default=None)


def months_after(day: date, months: int) -> date:
    """The same day of a later month, its last day where it is shorter.

    >>> months_after(date(2024, 2, 29), 12)
    datetime.date(2025, 2, 28)
    """
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
