"""What the alarm bits of a vehicle's fixes come to: where each begins and ends.

It follows from the fixes in the order of their times alone, so that the same fixes in any order
come to the same. The serious ones are told to the duty room.
"""

from collections.abc import Iterable, Iterator

from anlan.protocols import jt808
from anlan.vocabulary.notices import Notice, NoticeState
from anlan.vocabulary.readings import Fix
from anlan.vocabulary.words import N_, NP_, Term

# [pv] A button pressed in need, and a vehicle that has hit something or turned over.
EMERGENCY_RULE, COLLISION_RULE = "emergency", "collision"
SERIOUS = {jt808.EMERGENCY: EMERGENCY_RULE, jt808.COLLISION: COLLISION_RULE}
TITLES = {
    EMERGENCY_RULE: N_("%(station)s: the emergency button was pressed. Call the driver"),
    COLLISION_RULE: N_("%(station)s has collided or turned over. Call the driver, send somebody"),
}
# A device does not say when such a thing is over: whoever takes the alarm ends it.
ENDED_BY_HAND = frozenset(TITLES)

GROUP_WORDS: dict[str, Term] = {
    "emergency": NP_("alarm group", "Emergency"),
    "driving": NP_("alarm group", "Driving"),
    "route": NP_("alarm group", "Areas and routes"),
    "theft": NP_("alarm group", "Theft"),
    "equipment": NP_("alarm group", "Equipment"),
    "adas": NP_("alarm group", "Driving assistance"),
    "dsm": NP_("alarm group", "Driver's state"),
    "tyres": NP_("alarm group", "Tyres"),
    "blind_spot": NP_("alarm group", "Blind spot"),
}


def turns(before: int, fixes: Iterable[Fix]) -> Iterator[Notice]:
    """What begins, happens and ends in fixes in the order of their times, after a word `before`."""
    for fix in fixes:
        for code, state in jt808.edges(before, fix.alarm):
            yield Notice(
                fix.device, fix.at, code, state, position=fix.position, speed_kmh=fix.speed_kmh
            )
        before = fix.alarm


def begins(notice: Notice) -> bool:
    return notice.state is not NoticeState.ENDED
