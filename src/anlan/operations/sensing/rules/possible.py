"""What a gauge can read at all; anything else is a fault of the device, not weather [practice].

A district's file narrows these for a station (`possible` in stations.toml), in the unit of the
element; a stage has no bounds of its own, because they depend on its datum.
"""

from anlan.vocabulary.readings import Element

POSSIBLE: dict[Element, tuple[float | None, float | None]] = {
    Element.STAGE: (None, None),
    Element.DISCHARGE: (None, 200_000.0),
    Element.RAIN_5MIN: (0.0, 60.0),
    Element.RAIN_HOUR: (0.0, 300.0),
    Element.RAIN_TOTAL: (0.0, None),
    Element.BATTERY: (0.0, 60.0),
    Element.AIR_TEMPERATURE: (-60.0, 60.0),
    Element.WATER_TEMPERATURE: (-5.0, 50.0),
}
