"""Filling the database: a district's folder, and real files instead of schematic ones."""

from anlan.portal.loading.district import (
    DEMO_HOUSEHOLDS,
    FULL_HOUSEHOLDS,
    load_district,
    load_terms,
)
from anlan.portal.loading.importing import import_file

__all__ = ["DEMO_HOUSEHOLDS", "FULL_HOUSEHOLDS", "import_file", "load_district", "load_terms"]
