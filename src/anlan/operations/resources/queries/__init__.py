from anlan.operations.resources.queries.shelters import (
    HeadcountRow,
    ShelterRow,
    ShelterTotals,
    headcounts,
    shelter,
    shelter_totals,
    shelters,
)
from anlan.operations.resources.queries.stock import (
    KitRow,
    SupplyRow,
    resettlement_kit,
    supplies,
)
from anlan.operations.resources.queries.teams import EquipmentRow, TeamRow, team, teams

__all__ = [
    "EquipmentRow", "HeadcountRow", "KitRow", "ShelterRow", "ShelterTotals", "SupplyRow",
    "TeamRow", "headcounts", "resettlement_kit", "shelter", "shelter_totals", "shelters",
    "supplies", "team", "teams",
]  # fmt: skip
