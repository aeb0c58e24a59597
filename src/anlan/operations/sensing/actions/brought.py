"""Series that a registered station brings along: what it states of its own place and nobody listed.

Only what no other station's figures are computed with; a rain gauge that is not connected would
spoil the mean of a whole area, so that a person registers it.
"""

from anlan.operations.sensing.models import Series, Station
from anlan.operations.sensing.rules.possible import POSSIBLE
from anlan.vocabulary.readings import (
    SOIL_MOISTURES,
    STAGES_RELATIVE,
    UNITS,
    WITH_DATUM,
    Element,
)

BROUGHT = frozenset({*WITH_DATUM, *STAGES_RELATIVE, *SOIL_MOISTURES} - {Element.STAGE})


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
