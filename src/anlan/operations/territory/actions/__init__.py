from anlan.operations.territory.actions.areas import (
    NewArea,
    NewWater,
    count_people,
    load_areas,
    load_waters,
    replace_outlines,
)
from anlan.operations.territory.actions.editions import (
    NewTerrain,
    build_exposure,
    publish_edition,
    set_terrain,
)
from anlan.operations.territory.actions.households import Households, load_households
from anlan.operations.territory.actions.personal import NotYours, show_phone
from anlan.operations.territory.actions.sites import (
    NewResponsible,
    NewRoad,
    NewSite,
    SiteTaken,
    appoint_responsible,
    load_roads,
    load_sites,
)

__all__ = [
    "Households", "NewArea", "NewResponsible", "NewRoad", "NewSite", "NewTerrain", "NewWater",
    "NotYours", "SiteTaken", "appoint_responsible", "build_exposure", "count_people", "load_areas",
    "load_households", "load_roads", "load_sites", "load_waters", "publish_edition",
    "replace_outlines", "set_terrain", "show_phone",
]  # fmt: skip
