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
    Element.SIGNAL: (-150.0, 0.0),
    Element.AIR_TEMPERATURE: (-60.0, 60.0),
    Element.WATER_TEMPERATURE: (-5.0, 50.0),
    Element.PH: (0.0, 14.0),
    Element.DISSOLVED_OXYGEN: (0.0, 50.0),
    Element.CONDUCTIVITY: (0.0, 200_000.0),
    Element.TURBIDITY: (0.0, 10_000.0),
    Element.COD: (0.0, 50_000.0),
    Element.PERMANGANATE: (0.0, 1_000.0),
    Element.AMMONIA_NITROGEN: (0.0, 5_000.0),
    Element.TOTAL_NITROGEN: (0.0, 5_000.0),
    Element.TOTAL_PHOSPHORUS: (0.0, 1_000.0),
    Element.SUSPENDED_SOLIDS: (0.0, 100_000.0),
    Element.PM10: (0.0, 100_000.0),
    Element.PM2_5: (0.0, 100_000.0),
    Element.TSP: (0.0, 100_000.0),
    Element.SULFUR_DIOXIDE: (0.0, 20_000.0),
    Element.NITROGEN_DIOXIDE: (0.0, 20_000.0),
    Element.CARBON_MONOXIDE: (0.0, 20_000.0),
    Element.OZONE: (0.0, 20_000.0),
    Element.HUMIDITY: (0.0, 100.0),
    Element.AIR_PRESSURE: (450.0, 1_100.0),
    Element.WIND_SPEED: (0.0, 100.0),
    Element.WIND_DIRECTION: (0.0, 360.0),
    Element.VISIBILITY: (0.0, 100_000.0),
    Element.SOIL_MOISTURE: (0.0, 100.0),
    Element.PORE_PRESSURE: (-100.0, 2_000.0),
    Element.GROUNDWATER_DEPTH: (-20.0, 500.0),
    Element.MUD_LEVEL: (-10.0, 100.0),
    Element.DISPLACEMENT_X: (-100_000.0, 100_000.0),
    Element.DISPLACEMENT_Y: (-100_000.0, 100_000.0),
    Element.DISPLACEMENT_Z: (-100_000.0, 100_000.0),
    Element.CRACK_WIDTH: (-1_000.0, 10_000.0),
    Element.TILT_X: (-90.0, 90.0),
    Element.TILT_Y: (-90.0, 90.0),
    Element.ACCELERATION: (0.0, 200.0),
    Element.STRAIN: (-20_000.0, 20_000.0),
    Element.DEFLECTION: (-5_000.0, 5_000.0),
}
