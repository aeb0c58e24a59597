"""A case file read whole: every table taken by whoever knows it, whatever is left refused."""

import tomllib
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from anlan.hazards.flood.casefile.buildings import built_on
from anlan.hazards.flood.casefile.heights import stage_over
from anlan.hazards.flood.casefile.initial import initial_of
from anlan.hazards.flood.casefile.land import ground_of, roughness_of
from anlan.hazards.flood.casefile.levees import levee_of
from anlan.hazards.flood.casefile.places import cell_at
from anlan.hazards.flood.casefile.rain import rain_of
from anlan.hazards.flood.casefile.rasters import Ground
from anlan.hazards.flood.casefile.refusals import N_, RefusedCase
from anlan.hazards.flood.casefile.soil import infiltration_of
from anlan.hazards.flood.casefile.structures import links_of
from anlan.hazards.flood.casefile.tables import Table
from anlan.hazards.flood.casefile.uses import Uses
from anlan.hazards.flood.casefile.variations import Named, Plan, plan_of
from anlan.hazards.flood.casefile.water import (
    Setting,
    boundaries_of,
    inflow_of,
    name_of,
    refuse_twice,
)
from anlan.hazards.flood.shallow_water.case import BoundaryKind, Case, Grid, Porosity, Scheme
from anlan.hazards.flood.shallow_water.result import Outputs
from anlan.hazards.flood.shallow_water.series import BadCase

MOST_SNAPSHOTS, MOST_READINGS = 100_000, 1_000_000
_SAME_S = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CaseFile:
    """What a case file asks.

    start: the instant of second 0, aware, if said; datum: of all heights, in the file's words;
    gauges, boundaries, structures: names, in the order of `outputs.gauges`, `case.boundaries` and
    `case.links`; uses: what each input is used for; plan: what an ensemble of it varies, if said.
    """

    path: Path
    name: str
    datum: str
    start: datetime | None
    until_s: float
    ground: Ground
    case: Case
    outputs: Outputs
    gauges: tuple[str, ...]
    boundaries: tuple[str, ...]
    structures: tuple[str, ...]
    uses: Uses
    plan: Plan | None = None


def read_case(path: Path) -> CaseFile:
    """Everything a case file names, read and checked. Raises `RefusedCase`."""
    top = _top(path)
    uses = Uses()
    head = top.table("case")
    name, datum, until_s = head.text("name"), head.text("datum"), head.seconds("duration")
    scheme = Scheme(head.choice("scheme", tuple(Scheme)) if head.has("scheme") else Scheme.GODUNOV)
    start = _start(head) if head.has("start") else None
    courant = head.number("courant", above=0.0) if head.has("courant") else None
    head.finish()
    if until_s <= 0:
        raise head.refuse("duration", N_("the run is to last"))
    ground = ground_of(top.table("grid"), uses)
    porosity: Porosity | None = None
    if top.has("buildings"):
        ground, porosity = built_on(top, ground, uses)
    setting = Setting(ground, until_s, uses, start, scheme)
    outputs, gauges = _outputs(top, setting)
    links, structures = links_of(top, setting)
    spread = top.table("ensemble") if top.has("ensemble") else None
    case, named = _case_of(top, setting)
    top.finish()
    try:
        case = replace(case, scheme=scheme, courant=courant, links=links, porosity=porosity)
    except BadCase as fault:
        raise RefusedCase(path, N_("does not fit together: {fault}"), fault=fault) from fault
    return CaseFile(
        path=path, name=name, datum=datum, start=start, until_s=until_s, ground=ground, case=case,
        outputs=outputs, gauges=gauges, boundaries=named.boundaries, structures=structures,
        uses=uses,
        plan=plan_of(spread, case, named, uses) if spread is not None else None,
    )  # fmt: skip


def _case_of(top: Table, setting: Setting) -> tuple[Case, Named]:
    """Land, water and edges, and the names of what an ensemble may vary."""
    ground, uses = setting.ground, setting.uses
    manning = roughness_of(top.table("roughness"), ground, uses)
    initial = initial_of(top.table("initial"), ground, uses) if top.has("initial") else None
    rain = rain_of(top.table("rain"), setting) if top.has("rain") else None
    infiltration = (
        infiltration_of(top.table("infiltration"), ground, uses, rain is not None)
        if top.has("infiltration")
        else None
    )
    springs, edges, dikes = (list(top.tables(key)) for key in ("inflow", "boundary", "levee"))
    named = Named(*(tuple(t.called() for t in tables) for tables in (springs, edges, dikes)))
    for tables, told in ((springs, N_("two inflows are called {name}")),
                         (edges, N_("two boundaries are called {name}"))):  # fmt: skip
        refuse_twice(tables, told)
    inflows = tuple(inflow_of(table, setting) for table in springs)
    boundaries = boundaries_of(edges, setting)
    for table, edge in zip(edges, boundaries, strict=True):
        if edge.kind is BoundaryKind.STAGE:
            stage_over(table, setting, edge)
    levees = tuple(levee_of(table, setting) for table in dikes)
    if not (initial or rain or inflows or any(b.value is not None for b in boundaries)):
        raise RefusedCase(top.file, N_("no water: neither initial, rain, inflow, stage nor flow"))
    try:
        return Case(
            grid=Grid(ground.z, ground.cell_m), manning=manning, initial=initial, rain=rain,
            infiltration=infiltration, inflows=inflows, boundaries=boundaries, levees=levees,
        ), named  # fmt: skip
    except BadCase as fault:
        raise RefusedCase(top.file, N_("does not fit together: {fault}"), fault=fault) from fault


def _top(path: Path) -> Table:
    try:
        return Table(path, "", tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except OSError as fault:
        raise RefusedCase(path, N_("cannot be read")) from fault
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise RefusedCase(path, N_("is no TOML: {fault}"), fault=fault) from fault


def _start(head: Table) -> datetime:
    said = head.instant("start")
    if said.tzinfo is None:
        raise head.refuse("start", N_("{value!r} does not say its time zone"),
                          value=said.isoformat())  # fmt: skip
    return said


def _interval(table: Table, key: str, until_s: float, unsaid: float, most: int) -> float:
    if not table.has(key):
        return unsaid
    every = table.seconds(key)
    if not 0.0 < every <= until_s:
        raise table.refuse(key, N_("{every:g} s is nothing, or longer than the run"), every=every)
    if until_s / every > most:
        raise table.refuse(key, N_("{every:g} s makes more than {most:,} of them in the run"),
                           every=every, most=most)  # fmt: skip
    return every


def _snapshots(table: Table, until_s: float) -> tuple[float, ...]:
    """When whole fields are kept, s: at an interval or at given times, and always at the end."""
    if table.has("snapshots"):
        if table.has("snapshots_every"):
            raise table.refuse("", N_("needs exactly one of {keys}"),
                               keys="snapshots_every, snapshots")  # fmt: skip
        times = table.times("snapshots")
        if times[-1] > until_s:
            raise table.refuse("snapshots", N_("{last:g} s lies after the end of the run"),
                               last=times[-1])  # fmt: skip
    else:
        every = _interval(table, "snapshots_every", until_s, 0.0, MOST_SNAPSHOTS)
        if every == 0.0:
            return ()
        times = [every * (i + 1) for i in range(int(until_s // every))]
    return tuple(times) if times[-1] > until_s - _SAME_S else (*times, until_s)


def _outputs(top: Table, setting: Setting) -> tuple[Outputs, tuple[str, ...]]:
    """[output]: fields, snapshots and gauges; without it, the greatest depth, speed and hazard."""
    table = top.table("output") if top.has("output") else Table(top.file, "output", {})
    times = _snapshots(table, setting.until_s)
    arrival = table.number("arrival_m", above=0.0) if table.has("arrival_m") else None
    duration = table.number("duration_m", above=0.0) if table.has("duration_m") else None
    gauge_every = _interval(table, "gauge_every", setting.until_s, 60.0, MOST_READINGS)
    names, cells = [], []
    for gauge in table.tables("gauge"):
        names.append(name_of(gauge))
        cells.append(cell_at(gauge, "at", setting.ground))
        gauge.finish()
    table.finish()
    if len(set(names)) < len(names):
        raise table.refuse("gauge", N_("two gauges have the same name"))
    setting.uses.tell(table.where(), N_("{snapshots} snapshots, {gauges} gauges"),
                      snapshots=len(times), gauges=len(names))  # fmt: skip
    return Outputs(
        max_depth=True, max_speed=True, max_hv=True, arrival_m=arrival, duration_m=duration,
        gauges=tuple(cells), gauge_every_s=gauge_every, snapshots_s=times,
    ), tuple(names)  # fmt: skip
