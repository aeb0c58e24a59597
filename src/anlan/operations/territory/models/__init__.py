from anlan.operations.territory.models.area import Area, Waterway
from anlan.operations.territory.models.edition import Edition, Terrain
from anlan.operations.territory.models.people import Household, ResponsiblePerson
from anlan.operations.territory.models.place import Road, Site

__all__ = [
    "Area",
    "Edition",
    "Household",
    "ResponsiblePerson",
    "Road",
    "Site",
    "Terrain",
    "Waterway",
]
