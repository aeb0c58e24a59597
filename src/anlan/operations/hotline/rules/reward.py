"""How much a reported danger or accident is worth, and by when: 安监总财〔2018〕19号.

Amounts in whole yuan. The district's own table stands in its `hotline.toml`, with source and date.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from anlan.operations.hotline.rules.states import Kind
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_, NP_


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The rule book's figures. Shares in percent; `per_death` by level of the accident, yuan."""

    source: str
    share: int = 15
    least: int = 3_000
    most: int = 300_000
    per_death: Mapping[int, int]
    insider: int = 20
    finish_days: int = 60
    more_days: int = 30
    claim_days: int = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """What a reward is computed from: the fine (yuan), or the deaths and the level 1 … 4."""

    fine: int = 0
    deaths: int = 0
    level: int = 4
    insider: bool = False


LEVEL_WORDS = {
    1: NP_("accident level", "Extraordinarily serious"),
    2: NP_("accident level", "Serious"),
    3: NP_("accident level", "Considerable"),
    4: NP_("accident level", "Ordinary"),
}


def reward(kind: str, grounds: Grounds, terms: Terms) -> int:
    """The reward in yuan; raises `Refused` where its grounds are missing.

    Danger or illegal activity: a share of the fine, at least `least`, at most `most`. Concealed
    accident: an amount for each verified death, at most `most`. An insider gets more, within it.
    """
    if kind == Kind.OTHER:
        raise Refused(N_("No reward is set for other matters."))
    if grounds.fine < 0 or grounds.deaths < 0:
        raise Refused(N_("Fine and deaths are not below zero."))
    if kind == Kind.CONCEALED:
        if not grounds.deaths or grounds.level not in terms.per_death:
            raise Refused(N_("Say how many deaths were verified, and the level of the accident."))
        base = Decimal(grounds.deaths * terms.per_death[grounds.level])
    else:
        base = max(Decimal(grounds.fine * terms.share) / 100, Decimal(terms.least))
    if grounds.insider:
        base = base * (100 + terms.insider) / 100
    whole = int(base.quantize(Decimal(1), ROUND_HALF_UP))
    return min(whole, terms.most)
