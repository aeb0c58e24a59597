"""How much a reported danger or accident is worth, and by when: 安监总财〔2018〕19号.

Amounts in whole yuan. The district's own table stands in its `hotline.toml`, with source and date.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from anlan.operations.hotline.rules.states import Kind
from anlan.operations.hotline.rules.terms import Terms
from anlan.vocabulary.accident_level import accident_level
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyTerms(Terms):
    """The rule book's figures. Shares in percent; `per_death` by level of the accident, yuan."""

    share: int = 15
    least: int = 3_000
    per_death: Mapping[int, int]
    insider: int = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """What a reward is computed from: the fine (yuan), or what was verified of an accident.

    `serious`: seriously injured; `loss` in 万元. The level follows from them [493 art. 3].
    """

    fine: int = 0
    deaths: int = 0
    serious: int = 0
    loss: int = 0
    insider: bool = False

    @property
    def level(self) -> int:
        return accident_level(self.deaths, self.serious, Decimal(self.loss))


def reward(kind: str, grounds: Grounds, terms: SafetyTerms) -> int:
    """The reward in yuan; raises `Refused` where its grounds are missing.

    Danger or illegal activity: a share of the fine, at least `least`, at most `most`. Concealed
    accident: an amount for each verified death, at most `most`. An insider gets more, within it.
    """
    if kind == Kind.OTHER:
        raise Refused(N_("No reward is set for other matters."))
    if min(grounds.fine, grounds.deaths, grounds.serious, grounds.loss) < 0:
        raise Refused(N_("Fine and deaths are not below zero."))
    if kind == Kind.CONCEALED:
        if not grounds.deaths:
            raise Refused(N_("Say how many deaths were verified.")).at("deaths")
        base = Decimal(grounds.deaths * terms.per_death[grounds.level])
    else:
        base = max(Decimal(grounds.fine * terms.share) / 100, Decimal(terms.least))
    if grounds.insider:
        base = base * (100 + terms.insider) / 100
    whole = int(base.quantize(Decimal(1), ROUND_HALF_UP))
    return min(whole, terms.most)
