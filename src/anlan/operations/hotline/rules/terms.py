"""What both tables of rewards have in common: days, and how much a report gets at most."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """`most` in yuan. `finish_days`, `more_days`, `claim_days`: calendar days.

    `decide_days`: to accept or not; `reward_days`: to approve, and to tell. Working days [pv].
    """

    source: str
    most: int = 300_000
    finish_days: int = 60
    more_days: int = 30
    claim_days: int = 60
    decide_days: int = 5
    reward_days: int = 10
