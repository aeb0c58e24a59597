"""A flood kept as files: a Zarr store with CF names, and maps as cloud-optimised GeoTIFF.

The store is laid out before the first step and filled while the water runs, so that a run that was
cut short keeps what it had and goes on from its last checkpoint. Names and units follow the CF
conventions 1.11; speeds are eastward and northward whatever the rows of the grid do.
"""

import warnings
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyproj
import rasterio
import xarray as xr
import zarr
from numpy.typing import NDArray
from rasterio import Affine
from rasterio.crs import CRS

from anlan.hazards.flood.casefile import CaseFile, RefusedCase
from anlan.hazards.flood.casefile.coordinates import is_local, lies_in
from anlan.hazards.flood.shallow_water import MassAccount, Result, Snapshot, State
from anlan.vocabulary import clock
from anlan.vocabulary.words import N_

Attributes = dict[str, Any]
Field = NDArray[Any]
STORE, STATE = "flood.zarr", "state.npz"
PICTURES = ("map.png", "hydrographs.png", "flood.gif")
NODATA = -9999.0
TILE = 512
PLACE = ("y", "x")
_SAME = 1e-6  # share of a cell by which a grid that is taken up again may differ
GAUGE = "gauge_name gauge_x gauge_y"
_DEPTH: Attributes = {"standard_name": "flood_water_thickness", "units": "m"}
_EASTWARD: Attributes = {"standard_name": "eastward_flood_water_velocity", "units": "m s-1"}
_NORTHWARD: Attributes = {"standard_name": "northward_flood_water_velocity", "units": "m s-1"}
_MOST: Attributes = {"cell_methods": "time: maximum"}
_MAPS: dict[str, Attributes] = {
    "max_depth": {**_DEPTH, **_MOST, "long_name": "greatest depth of water"},
    "max_speed": {**_MOST, "standard_name": "flood_water_speed", "units": "m s-1",
                  "long_name": "greatest speed of water"},
    "max_hazard": {**_MOST, "units": "m2 s-1", "long_name": "greatest depth times speed"},
    "arrival": {"standard_name": "time_when_flood_water_rises_above_threshold", "units": "s",
                "long_name": "time from the start until the depth was reached"},
    "duration": {"standard_name": "flood_water_duration_above_threshold", "units": "s",
                 "long_name": "time above the depth, all spells together"},
    "final_depth": {**_DEPTH, "long_name": "depth of water at the end"},
}  # fmt: skip
_FIELDS: dict[str, Attributes] = {
    "depth": {**_DEPTH, "long_name": "depth of water"},
    "eastward_velocity": {**_EASTWARD, "long_name": "speed of water towards the east"},
    "northward_velocity": {**_NORTHWARD, "long_name": "speed of water towards the north"},
}
_GAUGES: dict[str, Attributes] = {
    "gauge_depth": {**_DEPTH, "long_name": "depth of water at the gauge"},
    "gauge_surface": {"standard_name": "water_surface_height_above_reference_datum", "units": "m",
                      "long_name": "water surface at the gauge, missing while dry"},
    "gauge_eastward_velocity": _EASTWARD,
    "gauge_northward_velocity": _NORTHWARD,
}  # fmt: skip

_DISCHARGE: Attributes = {"units": "m3 s-1", "cell_methods": "gauge_time: mean",
                          "comment": "mean since the time before"}  # fmt: skip


class Store:
    """The Zarr store of one run in the folder of its results; a `Keeper` of `simulate`.

    Beside the store lies the state of the last checkpoint, written every `every_s` seconds of work
    and taken away at the end. After `stop` the next moment is written, and `stopped` says so.
    """

    def __init__(self, folder: Path, asked: CaseFile, every_s: float = 60.0) -> None:
        self.path, self.state_path = folder / STORE, folder / STATE
        self.stopped = False
        self._asked, self._every_s = asked, every_s
        self._stopping = False
        self._saved_at = clock.stopwatch()
        self._plan = layout(asked)

    def begin(self) -> None:
        """Lay out an empty store; maps and pictures of an earlier run are gone with it.

        Raises `RefusedCase` for a folder where a run was put aside: it would be lost.
        """
        if self.state_path.exists():
            raise RefusedCase(
                self.state_path, N_("a run was put aside here: --resume goes on with it, an empty "
                                    "folder begins anew"))  # fmt: skip
        for name in (*(f"{one}.tif" for one in _MAPS), *PICTURES):
            (self.path.parent / name).unlink(missing_ok=True)
        without_gaps(self._plan).to_zarr(self.path, mode="w", consolidated=False, zarr_format=2,
                           encoding=_chunks(self._asked))  # fmt: skip

    def take_up(self) -> State:
        """Where the run that was begun in this folder stands.

        Raises `BadCase` for what is no state, `RefusedCase` where the case lies elsewhere, counts
        its heights from another datum or begins at another instant than the run did.
        """
        state = State.read(self.state_path)
        try:
            begun = _laid_out(self.path)
        except (OSError, KeyError, ValueError) as fault:
            raise RefusedCase(self.path, N_("holds no run that was begun")) from fault
        _refuse_elsewhere(self._asked, begun, self._plan)
        return state

    def snapshot(self, taken: Snapshot) -> None:
        """Write one snapshot in its place."""
        place = self._asked.outputs.snapshots_s.index(taken.t_s)
        group = zarr.open_group(self.path, mode="r+")
        for name, field in _speeds(taken).items():
            array = group[name]
            if isinstance(array, zarr.Array):
                array[place] = field

    def stop(self) -> None:
        """Ask that the run is put aside; may be called by a signal."""
        self._stopping = True

    def moment(self, now_s: float, state: Callable[[], State]) -> None:
        """Write a checkpoint when the last one is old enough, or the run is to stop."""
        stopping = self._stopping
        due = now_s > 0 and clock.stopwatch() - self._saved_at >= self._every_s
        if due or stopping:
            state().write(self.state_path)
            self._saved_at = clock.stopwatch()
        self.stopped = stopping

    def finish(self, result: Result) -> None:
        """Write what is known only at the end: maps, gauges, the account of mass."""
        end = xr.Dataset(
            {
                **_maps(result, self._asked),
                **_gauges(result, self._asked),
                **_edges(result, self._asked),
                **_thresholds(self._asked),
                **_structures(result, self._asked),
            },
            attrs={**self._plan.attrs, **_account(result.mass)},
        )
        without_gaps(end).to_zarr(self.path, mode="a", consolidated=False)
        zarr.consolidate_metadata(self.path)
        self.state_path.unlink(missing_ok=True)


def open_store(folder: Path) -> xr.Dataset:
    """The results in a folder, read lazily."""
    store: xr.Dataset = xr.open_zarr(folder / STORE, consolidated=False, chunks=None)
    return store


def land_of(asked: CaseFile) -> xr.Dataset:
    """Coordinates, ground and names of gauges: what any results of a case begin with."""
    ground = asked.ground
    rows, columns = ground.z.shape
    x = ground.x0 + (np.arange(columns) + 0.5) * ground.cell_m
    y = ground.y0 - (np.arange(rows) + 0.5) * ground.cell_m
    plane, up = (_along(axis, ground.crs) for axis in "xy")
    place, place_up = ({"units": "m", "long_name": f"{axis} of the gauge"} for axis in "xy")
    height = {"standard_name": "surface_altitude", "units": "m", "vertical_datum": asked.datum,
              "long_name": "height of the ground with its buildings", **grid_of(asked)}  # fmt: skip
    names = np.array(asked.gauges, dtype=np.str_)
    places = [ground.centre(row, column) for row, column in asked.outputs.gauges]
    begins = {} if asked.start is None else {"start": asked.start.isoformat(sep=" ")}
    return xr.Dataset(
        {"ground": (PLACE, ground.z, height), "crs": ((), 0, _mapping(ground.crs))},
        coords={
            "x": ("x", x, {**plane, "axis": "X"}), "y": ("y", y, {**up, "axis": "Y"}),
            "gauge_name": ("gauge", names, {"cf_role": "timeseries_id"}),
            "gauge_x": ("gauge", np.array([x for x, _ in places], dtype=np.float64), place),
            "gauge_y": ("gauge", np.array([y for _, y in places], dtype=np.float64), place_up),
        },
        attrs={
            "Conventions": "CF-1.11", "title": asked.name, "vertical_datum": asked.datum,
            "source": f"Anlan flood engine, scheme {asked.case.scheme.value}",
            "history": "computed by anlan flood",
            "scheme": asked.case.scheme.value, "duration_s": asked.until_s, **begins,
        },
    )  # fmt: skip


def layout(asked: CaseFile) -> xr.Dataset:
    """The land and room for the snapshots; nothing has run yet."""
    times = np.array(asked.outputs.snapshots_s, dtype=np.float64)
    on_grid = grid_of(asked)
    empty = np.broadcast_to(np.float32(np.nan), (times.size, *asked.ground.z.shape))
    fields: Mapping[str, Any] = (
        {name: (("time", *PLACE), empty, {**about, **on_grid}) for name, about in _FIELDS.items()}
        if times.size
        else {}
    )
    return land_of(asked).assign(fields).assign_coords(time=("time", times, clock_of(asked)))


def without_gaps(laid: xr.Dataset) -> xr.Dataset:
    """The same, its coordinates without a value for gaps: they have none, and CF allows none."""
    for name in laid.coords:
        laid[name].encoding["_FillValue"] = None
    return laid


def clock_of(asked: CaseFile) -> Attributes:
    """The one clock of fields and gauges: instants where the case says when it begins, or else
    seconds from the start, which CF does not take for times."""
    if asked.start is None:
        return {"units": "s", "long_name": "seconds from the start of the run"}
    since = f"seconds since {asked.start.isoformat(sep=' ')}"
    return {"standard_name": "time", "units": since, "calendar": "standard", "axis": "T",
            "units_metadata": "leap_seconds: none"}  # fmt: skip


def grid_of(asked: CaseFile) -> Attributes:
    """What a field says of its coordinates, where CF has a name for them."""
    return {"grid_mapping": "crs"} if "grid_mapping_name" in _mapping(asked.ground.crs) else {}


def export_maps(result: Result, asked: CaseFile, folder: Path) -> list[Path]:
    """The maps as cloud-optimised GeoTIFF, one file each."""
    made = []
    for name, (_, field, about) in _maps(result, asked).items():
        path = folder / f"{name}.tif"
        write_map(path, field, about, asked)
        made.append(path)
    return made


def write_map(path: Path, field: Field, about: Attributes, asked: CaseFile) -> None:
    """One field as cloud-optimised GeoTIFF; about: its long_name and units."""
    ground = asked.ground
    with rasterio.open(
        path, "w", driver="COG", width=field.shape[1], height=field.shape[0], count=1,
        dtype="float32", crs=None if is_local(ground.crs) else ground.crs,
        nodata=NODATA, compress="deflate", predictor="yes",
        transform=Affine(ground.cell_m, 0.0, ground.x0, 0.0, -ground.cell_m, ground.y0),
    ) as sink:  # fmt: skip
        sink.write(np.where(np.isnan(field), np.float32(NODATA), field).astype(np.float32), 1)
        sink.set_band_description(1, str(about["long_name"]))
        sink.set_band_unit(1, str(about["units"]))


def _maps(result: Result, asked: CaseFile) -> dict[str, tuple[tuple[str, str], Field, Attributes]]:
    found = {
        "max_depth": result.max_depth_m, "max_speed": result.max_speed_ms,
        "max_hazard": result.max_hv_m2s, "arrival": result.arrival_s,
        "duration": result.duration_s, "final_depth": result.final.depth_m,
    }  # fmt: skip
    return {
        name: (PLACE, field, {**_MAPS[name], **grid_of(asked), **_above(name)})
        for name, field in found.items()
        if field is not None
    }


def _above(name: str) -> Attributes:
    return {"coordinates": f"{name}_depth"} if name in ("arrival", "duration") else {}


def _thresholds(asked: CaseFile) -> dict[str, Any]:
    """The depths that arrival and duration are of, as CF wants them: scalar coordinates."""
    depths = {"arrival": asked.outputs.arrival_m, "duration": asked.outputs.duration_m}
    return {
        f"{name}_depth": ((), depth, _DEPTH) for name, depth in depths.items() if depth is not None
    }


def _gauges(result: Result, asked: CaseFile) -> dict[str, Any]:
    read = result.gauges
    values = {
        "gauge_depth": read.depth_m, "gauge_surface": read.surface_m,
        "gauge_eastward_velocity": read.u_ms, "gauge_northward_velocity": -read.v_ms,
    }  # fmt: skip
    made: dict[str, Any] = {
        name: (("gauge_time", "gauge"), field, {**_GAUGES[name], "coordinates": GAUGE})
        for name, field in values.items()
    }
    made["gauge_time"] = ("gauge_time", read.t_s, clock_of(asked))
    return made


def peak_of(flow: Field) -> float:
    """The discharge that is farthest from nothing, either way; the first time has none."""
    known = flow[np.isfinite(flow)]
    return float(known[np.argmax(np.abs(known))])


def _edges(result: Result, asked: CaseFile) -> dict[str, Any]:
    """The discharge over each boundary, positive into the domain."""
    if not asked.boundaries:
        return {}
    about = {**_DISCHARGE, "standard_name": "water_volume_transport_in_river_channel",
             "long_name": "discharge over the boundary, positive into the domain",
             "coordinates": "boundary_name"}  # fmt: skip
    found = result.discharges.boundaries_m3s
    return {
        "boundary_name": ("boundary", np.array(asked.boundaries, dtype=np.str_)),
        "boundary_discharge": (("gauge_time", "boundary"), found, about),
    }


def _structures(result: Result, asked: CaseFile) -> dict[str, Any]:
    """What each culvert, weir, gate and pump carried, in all and over time."""
    if not asked.structures:
        return {}
    named = {"coordinates": "structure_name"}
    about = {"units": "m3", "long_name": "water carried from its first cell, net", **named}
    over_time = {**_DISCHARGE, "long_name": "discharge, positive from its first cell", **named}
    return {
        "structure_name": ("structure", np.array(asked.structures, dtype=np.str_)),
        "structure_volume": ("structure", result.links_m3, about),
        "structure_discharge": (
            ("gauge_time", "structure"), result.discharges.links_m3s, over_time,
        ),
    }  # fmt: skip


def _laid_out(path: Path) -> xr.Dataset:
    """Where and when a run that was begun lies: corner, coordinates, datum and start."""
    with xr.open_zarr(path, consolidated=False, chunks=None, decode_times=False) as store:
        laid: xr.Dataset = store[["x", "y", "crs"]].load()
    return laid


def _refuse_elsewhere(asked: CaseFile, begun: xr.Dataset, now: xr.Dataset) -> None:
    """Refuse what the water does not feel, but whoever reads its results does."""
    (x, y), (old_x, old_y) = (
        (float(one["x"][0]), float(one["y"][0])) for one in (now, begun)
    )  # fmt: skip
    if max(abs(x - old_x), abs(y - old_y)) > _SAME * asked.ground.cell_m:
        raise RefusedCase(
            f"{asked.path}: grid.dem", N_("its upper left cell lies at {x:.3f}, {y:.3f}, that of "
                                          "the run that was begun at {old_x:.3f}, {old_y:.3f}"),
            x=x, y=y, old_x=old_x, old_y=old_y,
        )  # fmt: skip
    crs = str(begun["crs"].attrs["crs_wkt"])
    if not lies_in(crs, asked.ground.crs):
        raise RefusedCase(f"{asked.path}: grid.crs", N_("lies in {now}, the run that was begun in "
                                                        "{begun}"),
                          now=asked.ground.crs, begun=_name_of(crs))  # fmt: skip
    for key, attribute in (("datum", "vertical_datum"), ("start", "start")):
        own, other = (str(one.attrs.get(attribute, "")) for one in (now, begun))
        if own != other and not (key == "start" and _one_instant(own, other)):
            raise RefusedCase(f"{asked.path}: case.{key}", N_("is {now!r}, that of the run that "
                                                              "was begun {begun!r}"),
                              now=own, begun=other)  # fmt: skip


def _one_instant(own: str, other: str) -> bool:
    """Whether two starts are one, each in its own zone; one that is not said is none."""
    return bool(own and other) and datetime.fromisoformat(own) == datetime.fromisoformat(other)


def _name_of(crs: str) -> str:
    return str(CRS.from_user_input(crs).to_string())


def _speeds(snapshot: Snapshot) -> dict[str, Field]:
    return {
        "depth": snapshot.depth_m, "eastward_velocity": snapshot.u_ms,
        "northward_velocity": -snapshot.v_ms,
    }  # fmt: skip


def _account(mass: MassAccount) -> Attributes:
    return {**{f"mass_{name}": value for name, value in asdict(mass).items()},
            "mass_error_m3": mass.error_m3, "mass_relative_error": mass.relative_error}  # fmt: skip


def _along(axis: str, crs: str) -> Attributes:
    if is_local(crs):
        return {"units": "m", "long_name": f"{axis} in local coordinates"}
    return {"units": "m", "standard_name": f"projection_{axis}_coordinate"}


def _mapping(crs: str) -> Attributes:
    """The attributes of CF's grid mapping; well-known text alone where CF has no name for it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # what CF cannot say stands in the text
        return dict(pyproj.CRS.from_user_input(crs).to_cf())


def _chunks(asked: CaseFile) -> dict[str, Attributes]:
    if not asked.outputs.snapshots_s:
        return {}
    rows, columns = asked.ground.z.shape
    tile = (1, min(rows, TILE), min(columns, TILE))
    return {name: {"chunks": tile} for name in _FIELDS}
