"""The shallow-water engine: `simulate(case, until, outputs)`."""

from anlan.hazards.flood.shallow_water.case import (
    Boundary,
    BoundaryKind,
    Case,
    ConstantLoss,
    CurveNumber,
    GreenAmpt,
    Grid,
    Inflow,
    Initial,
    Levee,
    Rain,
    Scheme,
    Side,
)
from anlan.hazards.flood.shallow_water.checkpoint import Keeper, State
from anlan.hazards.flood.shallow_water.result import (
    Gauges,
    MassAccount,
    Outputs,
    Result,
    Snapshot,
)
from anlan.hazards.flood.shallow_water.series import BadCase, Cancelled, RainRaster, Series
from anlan.hazards.flood.shallow_water.simulation import simulate

__all__ = [
    "BadCase",
    "Boundary",
    "BoundaryKind",
    "Cancelled",
    "Case",
    "ConstantLoss",
    "CurveNumber",
    "Gauges",
    "GreenAmpt",
    "Grid",
    "Inflow",
    "Initial",
    "Keeper",
    "Levee",
    "MassAccount",
    "Outputs",
    "Rain",
    "RainRaster",
    "Result",
    "Scheme",
    "Series",
    "Side",
    "Snapshot",
    "State",
    "simulate",
]
