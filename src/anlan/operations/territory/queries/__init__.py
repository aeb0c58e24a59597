from anlan.operations.territory.queries.areas import (
    AreaRow,
    WaterRow,
    area,
    area_at,
    area_names,
    areas,
    outline,
    outlines,
    places_under,
    streets_under,
    waters,
)
from anlan.operations.territory.queries.exposure import (
    NoTerritory,
    TerrainRow,
    exposure_file,
    terrain,
    territory_version,
)
from anlan.operations.territory.queries.people import (
    HouseholdRow,
    ResponsibleRow,
    household_count,
    households_in,
    responsible,
    responsible_for,
    responsible_within,
)
from anlan.operations.territory.queries.search import Hit, link_to, link_to_site, search
from anlan.operations.territory.queries.sites import (
    Near,
    RoadRow,
    SiteRow,
    existing_codes,
    roads,
    site,
    site_counts,
    site_counts_in,
    sites,
    sites_around,
)
from anlan.operations.territory.queries.watch import Watch, offer_watch, watches

__all__ = [
    "AreaRow", "Hit", "HouseholdRow", "Near", "NoTerritory", "ResponsibleRow", "RoadRow", "SiteRow",
    "TerrainRow", "Watch", "WaterRow", "area", "area_at", "area_names", "areas", "existing_codes",
    "exposure_file", "household_count", "households_in", "link_to", "link_to_site", "offer_watch",
    "outline", "outlines", "places_under", "responsible", "responsible_for", "responsible_within",
    "roads", "search", "site", "site_counts", "site_counts_in", "sites", "sites_around",
    "streets_under", "terrain", "territory_version", "watches", "waters",
]  # fmt: skip
