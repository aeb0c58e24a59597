"""Series that a registered station brings along: what it states of its own place and nobody listed.

Only what no other station's figures are computed with; a rain gauge that is not connected would
spoil the mean of a whole area, so that a person registers it.
"""

from anlan.operations.sensing.models import Series, Station
from anlan.operations.sensing.rules.kinds import ELEMENTS
from anlan.operations.sensing.rules.possible import POSSIBLE
from anlan.vocabulary.elements import UNITS, WITH_DATUM, Element

# What stations of a kind usually state is registered, and so is what an area's rain is made of.
REGISTERED = {*(one for usual in ELEMENTS.values() for one in usual), Element.RAIN_TOTAL}
BROUGHT = frozenset({*Element} - REGISTERED)


def brought_series(station: Station, element: Element) -> Series | None:
    """The series of such an element, made where it is not there; None for every other element and
    for a level of a station without a datum."""
    levelled = element in WITH_DATUM
    if element not in BROUGHT or (levelled and not station.datum):
        return None
    low, high = POSSIBLE[element]
    row, _made = Series.objects.get_or_create(
        station=station, element=element.value,
        defaults={"unit": UNITS[element], "datum": station.datum if levelled else "",
                  "sources": [station.protocol], "low": low, "high": high},
    )  # fmt: skip
    return row
