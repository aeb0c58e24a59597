"""What a station states of itself bit by bit (SL 651-2014 table 58): words, and which are told."""

from typing import NamedTuple

from anlan.protocols.sl651.words import ALARM_WORDS
from anlan.vocabulary.words import N_, Term


class StateBit(NamedTuple):
    """One bit that is set while something is wrong.

    `rule` is that of its alarm; `telling` is empty where none is raised: mains that are off are
    how a station on a solar panel always is, and water used up is for its user to know.
    `of_device`: it says nothing of what the station measures.
    """

    bit: int
    rule: str
    telling: str = ""
    of_device: bool = True

    @property
    def word(self) -> Term:
        return ALARM_WORDS[self.bit]


STATE_BITS = (
    StateBit(0, "state_mains"),
    StateBit(
        1, "state_battery", N_("%(station)s states that its battery is low: charge or change it")
    ),
    StateBit(
        2, "state_stage",
        N_("%(station)s states a stage beyond the limit that is set in it: look at its curve"),
        of_device=False,
    ),
    StateBit(
        3, "state_discharge",
        N_("%(station)s states a discharge beyond the limit that is set in it: look at its curve"),
        of_device=False,
    ),
    StateBit(
        4, "state_quality",
        N_(
            "%(station)s states water quality beyond the limit that is set in it: look at what it"
            " measures"
        ),
        of_device=False,
    ),
    StateBit(
        5, "state_flow_meter",
        N_("%(station)s states that its flow meter is faulty: do not trust its discharge"),
    ),
    StateBit(
        6, "state_stage_gauge",
        N_("%(station)s states that its stage gauge is faulty: do not trust its stage"),
    ),
    StateBit(
        8, "state_memory",
        N_("%(station)s states that its memory is faulty: what it cannot send is lost"),
    ),
    StateBit(11, "state_quota"),
)  # fmt: skip


def stated(word: float) -> list[StateBit]:
    """What holds by a word of table 58, the lowest bit first."""
    return [one for one in STATE_BITS if int(word) >> one.bit & 1]
