"""The area of an alert as geometry."""

import shapely
from shapely.geometry import MultiPolygon

from anlan.operations.alerts.models import Alert
from anlan.operations.alerts.rules import area as areas


def polygon_of(alert: Alert) -> MultiPolygon | None:
    """The alert's polygon, lon/lat (CGCS2000); None where it has none."""
    if not alert.area_wkb:
        return None
    return areas.polygons(shapely.from_wkb(bytes(alert.area_wkb)))
