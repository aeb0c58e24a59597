"""Dangers by a piece of text: their keys out of the index of pairs, instead of all their texts."""

from collections import defaultdict

from django.db.models import Q

from anlan.operations.registers.queries import holds
from anlan.operations.safety.models import Danger, WordBlock
from anlan.operations.safety.rules.words import BLOCK, pairs, unpack

SEARCHED = ("number", "title", "unit", "place")
# More are not worth naming: of so many the first thousand are soon found by looking.
MOST_NAMED = 8_000
MOST_WAITING = 500


def dangers_with(text: str) -> Q | None:
    """The dangers that hold a text; None where they are too many to be named, or the text is one
    letter long: then they are looked for. Two queries."""
    sought = pairs(text)
    waiting = Danger.objects.filter(findable=False).values_list("pk", flat=True)
    keys = list(waiting[: MOST_WAITING + 1]) if sought else []
    if not sought or len(keys) > MOST_WAITING:
        return None
    blocks: dict[int, list[bytes]] = defaultdict(list)
    for number, packed in WordBlock.objects.filter(pair__in=sought).values_list("block", "keys"):
        blocks[number].append(bytes(packed))
    for number, found in blocks.items():
        if len(found) == len(sought):
            keys += (number * BLOCK + place for place in _common(found))
            if len(keys) > MOST_NAMED:
                return None
    holding = Q()
    for key in SEARCHED:
        holding |= holds(key, text)
    return Q(pk__in=keys) & holding


def _common(found: list[bytes]) -> set[int]:
    shortest, *others = sorted(found, key=len)
    common = set(unpack(shortest))
    for one in others:
        common &= set(unpack(one))
    return common
