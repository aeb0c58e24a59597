from anlan.operations.resources.actions.loading import (
    NewEquipment,
    NewItem,
    NewLot,
    NewShelter,
    NewTeam,
    load_shelters,
    load_stock,
    load_teams,
)
from anlan.operations.resources.actions.shelters import (
    ShelterRefused,
    close_shelter,
    open_shelter,
    record_headcount,
)

__all__ = [
    "NewEquipment", "NewItem", "NewLot", "NewShelter", "NewTeam", "ShelterRefused",
    "close_shelter", "load_shelters", "load_stock", "load_teams", "open_shelter",
    "record_headcount",
]  # fmt: skip
