"""Filling the database: a district's folder, and real files instead of schematic ones."""

from anlan.portal.loading.district import (
    DEMO_HOUSEHOLDS,
    FULL_HOUSEHOLDS,
    load_district,
)

__all__ = ["DEMO_HOUSEHOLDS", "FULL_HOUSEHOLDS", "load_district"]
