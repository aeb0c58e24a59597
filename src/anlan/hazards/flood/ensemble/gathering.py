"""What the members say together: how likely each depth is, and when the water comes.

A quantile of arrival is the time by which that share of all members has been reached; where fewer
are reached at all there is none. Nothing is interpolated between members.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr
import zarr

from anlan.hazards.flood.casefile import CaseFile
from anlan.hazards.flood.ensemble.members import (
    OUTCOMES,
    Field,
    Member,
    outputs_of,
    read_member,
)
from anlan.hazards.flood.ensemble.running import Ensemble
from anlan.hazards.flood.results import (
    GAUGE,
    PLACE,
    clock_of,
    grid_of,
    land_of,
    without_gaps,
    write_map,
)

STORE, TABLE = "ensemble.zarr", "members.csv"
QUANTILES = (0.05, 0.50, 0.95)
BLOCK_B = 256 * 2**20  # of arrivals in memory at a time


@dataclass(frozen=True, slots=True, eq=False)
class Gathered:
    """The results of an ensemble, and where they lie."""

    results: xr.Dataset
    store: Path
    table: Path


def gather(ensemble: Ensemble) -> Gathered:
    """Probabilities, quantiles and the table, into the ensemble's folder.

    Raises `OSError` while a member is missing.
    """
    members = [read_member(ensemble.folder, n) for n in range(ensemble.members)]
    edges = ensemble.plan.depths_m
    reached = _reached(members, edges)
    results = _dataset(ensemble, members, reached)
    store = ensemble.folder / STORE
    without_gaps(results).to_zarr(store, mode="w", consolidated=False, zarr_format=2)
    zarr.consolidate_metadata(store)
    return Gathered(results, store, _table(ensemble.folder / TABLE, members))


def export_probabilities(gathered: Gathered, asked: CaseFile, folder: Path) -> list[Path]:
    """Each probability and each quantile as a cloud-optimised GeoTIFF."""
    made = []
    found = gathered.results
    for place, edge in enumerate(found["depth_class"].values):
        made.append(folder / f"reached_{edge:g}m.tif")
        about = {"long_name": f"probability of {edge:g} m or more", "units": "1"}
        write_map(made[-1], found["exceedance_probability"].values[place], about, asked)
    for place, share in enumerate(QUANTILES):
        made.append(folder / f"arrival_{share * 100:02.0f}.tif")
        about = {"long_name": f"time until {share:.0%} of the members are reached", "units": "s"}
        write_map(made[-1], found["arrival_quantile"].values[place], about, asked)
    return made


def _reached(members: list[Member], edges: tuple[float, ...]) -> Field:
    """Share of members whose greatest depth reaches each edge, (edges, rows, columns)."""
    shape = members[0].max_depth_m.shape
    count = np.zeros((len(edges), *shape), dtype=np.float32)
    for member in members:
        for place, edge in enumerate(edges):
            count[place] += np.asarray(member.max_depth_m) >= np.float32(edge)
    count[:, np.isnan(members[0].max_depth_m)] = np.nan
    return (count / np.float32(len(members))).astype(np.float32)


def _arrivals(members: list[Member]) -> Field:
    """The quantiles of arrival, (quantiles, rows, columns), block of rows by block."""
    rows, columns = members[0].arrival_s.shape
    ranks = [max(int(np.ceil(share * len(members) - 1e-9)) - 1, 0) for share in QUANTILES]
    found = np.empty((len(ranks), rows, columns), dtype=np.float32)
    for here in _blocks(rows, 4 * columns * len(members)):
        block = np.stack([np.asarray(member.arrival_s[here]) for member in members])
        ordered = np.sort(np.where(np.isnan(block), np.float32(np.inf), block), axis=0)
        found[:, here] = ordered[ranks]
    return np.where(np.isinf(found), np.float32(np.nan), found)


def _blocks(rows: int, row_b: int) -> Iterator[slice]:
    high = max(1, BLOCK_B // row_b)
    return (slice(start, min(start + high, rows)) for start in range(0, rows, high))


def _dataset(ensemble: Ensemble, members: list[Member], reached: Field) -> xr.Dataset:
    plan = ensemble.plan
    edges = np.array(plan.depths_m)
    coords = {
        "depth_class": ("depth_class", edges, {
            "units": "m", "bounds": "depth_class_bounds", "long_name": "lower edge of the class"}),
        "quantile": ("quantile", np.array(QUANTILES), {"units": "1"}),
        "member": ("member", np.arange(len(members)), {
            "standard_name": "realization", "units": "1", "axis": "E"}),
        "varied": ("varied", np.array([one.label for one in plan.varied], dtype=np.str_)),
        "gauge_time": ("gauge_time", members[0].gauge_t_s, clock_of(ensemble.asked)),
    }  # fmt: skip
    about = {"members": len(members), "seed": plan.seed}
    fields = {**_maps(ensemble, members, reached), **_by_member(ensemble, members)}
    return land_of(ensemble.asked).assign(fields).assign_coords(coords).assign_attrs(about)


def _maps(ensemble: Ensemble, members: list[Member], reached: Field) -> dict[str, Any]:
    edges = np.array(ensemble.plan.depths_m)
    within = reached - np.concatenate([reached[1:], np.zeros_like(reached[:1])])
    bounds = np.stack([edges, np.append(edges[1:], np.inf)], axis=1)
    on_grid = grid_of(ensemble.asked)
    threshold = outputs_of(ensemble.asked, ensemble.plan).arrival_m
    return {
        "exceedance_probability": (("depth_class", *PLACE), reached, {
            "units": "1", **on_grid, "long_name": "probability that the depth reaches the class"}),
        "inundation_probability": (("depth_class", *PLACE), within, {
            "units": "1", **on_grid,
            "long_name": "probability that the greatest depth lies in the class"}),
        "arrival_quantile": (("quantile", *PLACE), _arrivals(members), {
            "units": "s", **on_grid, "threshold_m": threshold,
            "long_name": "time from the start until that share of the members is reached"}),
        "depth_class_bounds": (("depth_class", "bound"), bounds),
    }  # fmt: skip


def _by_member(ensemble: Ensemble, members: list[Member]) -> dict[str, Any]:
    depth = {"standard_name": "flood_water_thickness", "units": "m", "coordinates": GAUGE}
    gauges = np.stack([member.gauge_depth_m for member in members])
    return {
        "gauge_depth": (("member", "gauge_time", "gauge"), gauges, depth),
        "varied_value": (("member", "varied"), ensemble.drawn.values),
        **{
            name: ("member", np.array([one.facts[name] for one in members]), {"units": unit})
            for name, unit in OUTCOMES.items()
        },
    }


def _table(path: Path, members: list[Member]) -> Path:
    """One row a member: what it was, and what came of it."""
    with path.open("w", encoding="utf-8-sig", newline="") as sink:
        rows = csv.writer(sink)
        rows.writerow(["member", *members[0].facts])
        rows.writerows(
            [member.number, *(f"{value:.7g}" for value in member.facts.values())]
            for member in members
        )
    return path
