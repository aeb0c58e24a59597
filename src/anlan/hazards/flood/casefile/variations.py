"""What an ensemble of a case varies: [ensemble], each thing between two bounds.

Every bound is uniform; members fill the box that all of them span (Latin hypercube).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from anlan.hazards.flood.casefile.land import HIGHEST_N
from anlan.hazards.flood.casefile.refusals import N_
from anlan.hazards.flood.casefile.tables import Table
from anlan.hazards.flood.casefile.uses import Uses
from anlan.hazards.flood.depth_classes import EDGES_M
from anlan.hazards.flood.shallow_water.case import Boundary, BoundaryKind, Case
from anlan.hazards.flood.shallow_water.series import Series


class What(StrEnum):
    """ROUGHNESS, RAIN, DISCHARGE: factors. STAGE: metres added. INFLOW_TIME, BOUNDARY_TIME,
    BREACH_TIME: seconds later. BREACH_DEPTH: share of the crest's fall that comes about."""

    ROUGHNESS = "roughness"
    RAIN = "rain"
    INFLOW = "inflow_factor"
    INFLOW_TIME = "inflow_later_s"
    DISCHARGE = "boundary_factor"
    STAGE = "boundary_raised_m"
    BOUNDARY_TIME = "boundary_later_s"
    BREACH_TIME = "breach_later_s"
    BREACH_DEPTH = "breach_depth"


@dataclass(frozen=True, slots=True, kw_only=True)
class Varied:
    """what: in its unit; name, place: of the inflow, boundary or levee; low, high: the bounds."""

    what: What
    low: float
    high: float
    name: str = ""
    place: int = 0

    @property
    def label(self) -> str:
        """As the table of members names its column."""
        return f"{self.name}_{self.what}" if self.name else str(self.what)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """seed: of the draw; depths_m: lower edges of the depth classes, rising; varied: never none."""

    seed: int
    depths_m: tuple[float, ...]
    varied: tuple[Varied, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """The names that a case file gives its inflows, boundaries and levees, in their order."""

    inflows: tuple[str, ...]
    boundaries: tuple[str, ...]
    levees: tuple[str, ...]


def plan_of(table: Table, case: Case, named: Named, uses: Uses) -> Plan:
    """[ensemble]: seed, depths_m, and what is varied. Raises `RefusedCase`."""
    seed = table.whole("seed")
    depths = tuple(table.rising("depths_m", above=0.0)) if table.has("depths_m") else EDGES_M
    varied = [
        *_land(table, case),
        *_inflows(table, case, named.inflows),
        *_boundaries(table, case, named.boundaries),
        *_levees(table, case, named.levees),
    ]
    table.finish()
    if not varied:
        raise table.refuse("", N_("varies nothing"))
    labels = [one.label for one in varied]
    if twice := [label for label in labels if labels.count(label) > 1]:
        raise table.refuse("", N_("varies {label} twice"), label=twice[0])
    for one in varied:
        uses.tell(table.where(), N_("an ensemble varies {label} between {low:g} and {high:g}"),
                  label=one.label, low=one.low, high=one.high)  # fmt: skip
    return Plan(seed=seed, depths_m=depths, varied=tuple(varied))


def _land(table: Table, case: Case) -> list[Varied]:
    made = []
    if table.has("roughness"):
        low, high = table.bounds("roughness", above=0.0)
        most = float(np.max(np.where(np.isfinite(case.grid.z), case.manning, 0.0)))
        if most * high > HIGHEST_N:
            raise table.refuse("roughness", N_("{n:g} is no Manning's n"), n=most * high)
        made.append(Varied(what=What.ROUGHNESS, low=low, high=high))
    if table.has("rain"):
        if case.rain is None:
            raise table.refuse("rain", N_("the case has no rain"))
        low, high = table.bounds("rain", least=0.0)
        made.append(Varied(what=What.RAIN, low=low, high=high))
    return made


def _inflows(table: Table, case: Case, names: tuple[str, ...]) -> list[Varied]:
    made: list[Varied] = []
    for own in table.tables("inflow"):
        name, place = _meant(own, names)
        if own.has("factor"):
            low, high = own.bounds("factor", least=0.0)
            made.append(_of(What.INFLOW, (low, high), name, place))
        made += _later(own, What.INFLOW_TIME, case.inflows[place].discharge_m3s, (name, place))
        _refuse_idle(own, made, name)
    return made


def _boundaries(table: Table, case: Case, names: tuple[str, ...]) -> list[Varied]:
    made: list[Varied] = []
    for own in table.tables("boundary"):
        name, place = _meant(own, names)
        boundary: Boundary = case.boundaries[place]
        if boundary.kind is BoundaryKind.FLOW and own.has("factor"):
            made.append(_of(What.DISCHARGE, own.bounds("factor", least=0.0), name, place))
        if boundary.kind is BoundaryKind.STAGE and own.has("raised_m"):
            made.append(_of(What.STAGE, own.bounds("raised_m"), name, place))
        made += _later(own, What.BOUNDARY_TIME, boundary.value, (name, place))
        _refuse_idle(own, made, name)
    return made


def _levees(table: Table, case: Case, names: tuple[str, ...]) -> list[Varied]:
    made: list[Varied] = []
    for own in table.tables("levee"):
        name, place = _meant(own, names)
        crest = case.levees[place].crest_m
        made += _later(own, What.BREACH_TIME, crest, (name, place))
        if own.has("depth"):
            if not isinstance(crest, Series):
                raise own.refuse("depth", N_("{name} never breaches: its crest is one number"),
                                 name=name)  # fmt: skip
            made.append(_of(What.BREACH_DEPTH, own.bounds("depth", least=0.0), name, place))
        _refuse_idle(own, made, name)
    return made


def _later(own: Table, what: What, given: object, of: tuple[str, int]) -> list[Varied]:
    if not own.has("later"):
        return []
    if not isinstance(given, Series):
        raise own.refuse("later", N_("{name} does not change over time"), name=of[0])
    return [_of(what, own.seconds_bounds("later"), *of)]


def _of(what: What, bounds: tuple[float, float], name: str, place: int) -> Varied:
    return Varied(what=what, low=bounds[0], high=bounds[1], name=name, place=place)


def _meant(own: Table, names: Sequence[str]) -> tuple[str, int]:
    name = own.text("name")
    found = [place for place, known in enumerate(names) if known == name]
    if len(found) != 1:
        raise own.refuse("name", N_("{name} names {count} of: {known}"), name=name,
                         count=len(found), known=", ".join(names))  # fmt: skip
    return name, found[0]


def _refuse_idle(own: Table, made: list[Varied], name: str) -> None:
    own.finish()
    if not any(one.name == name for one in made):
        raise own.refuse("", N_("varies nothing"))
