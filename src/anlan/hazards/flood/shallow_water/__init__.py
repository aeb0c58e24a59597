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
    Porosity,
    Rain,
    Scheme,
    Side,
)
from anlan.hazards.flood.shallow_water.checkpoint import Keeper, State
from anlan.hazards.flood.shallow_water.result import (
    Discharges,
    Gauges,
    MassAccount,
    Outputs,
    Result,
    Snapshot,
)
from anlan.hazards.flood.shallow_water.series import BadCase, Cancelled, RainRaster, Series
from anlan.hazards.flood.shallow_water.simulation import Device, simulate
from anlan.hazards.flood.shallow_water.structures import Culvert, Gate, Link, Pump, PumpCurve, Weir

__all__ = [
    "BadCase",
    "Boundary",
    "BoundaryKind",
    "Cancelled",
    "Case",
    "ConstantLoss",
    "Culvert",
    "CurveNumber",
    "Device",
    "Discharges",
    "Gate",
    "Gauges",
    "GreenAmpt",
    "Grid",
    "Inflow",
    "Initial",
    "Keeper",
    "Levee",
    "Link",
    "MassAccount",
    "Outputs",
    "Porosity",
    "Pump",
    "PumpCurve",
    "Rain",
    "RainRaster",
    "Result",
    "Scheme",
    "Series",
    "Side",
    "Snapshot",
    "State",
    "Weir",
    "simulate",
]
