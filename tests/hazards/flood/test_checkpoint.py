"""A run that was cut and taken up again answers to the bit what the uncut one answers."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from anlan.hazards.flood.shallow_water import (
    BadCase,
    Boundary,
    BoundaryKind,
    Cancelled,
    Case,
    Gate,
    GreenAmpt,
    Grid,
    Inflow,
    Levee,
    Outputs,
    Porosity,
    Pump,
    Rain,
    Scheme,
    Series,
    Side,
    Snapshot,
    State,
    simulate,
)
from anlan.hazards.flood.shallow_water.checkpoint import belonging

HOUR = 3600.0
ASKED = Outputs(max_speed=True, max_hv=True, arrival_m=0.05, duration_m=0.05,
                gauges=((20, 20), (5, 60)), snapshots_s=(1200.0, 2400.0))  # fmt: skip


PULSE = Series(np.array([0.0, 900.0, 1800.0, 2700.0, 4000.0]), np.array([0.0, 0.4, 0.0, 0.5, 0.5]))


@pytest.fixture
def hills() -> Case:
    """Everything that has a memory: soil, a pump, gates and levees that move, water everywhere."""
    y, x = np.mgrid[0:50, 0:70]
    z = 2.0 + np.sin(x / 6.0) * np.cos(y / 5.0) + 0.02 * x
    return Case(
        grid=Grid(z.astype(np.float32), 10.0), manning=0.04, rain=Rain(40.0),
        inflows=(Inflow(cells=np.array([[25, 60], [26, 60]]), discharge_m3s=6.0),),
        boundaries=(Boundary(kind=BoundaryKind.FREE, side=Side.WEST),),
        infiltration=GreenAmpt(conductivity_mm_h=5.0, suction_m=0.1, deficit=0.3),
        levees=(Levee(edges=tuple((row, 30, Side.WEST) for row in range(10, 30)),
                      crest_m=3.0),),
        links=(
            Pump(cell=(26, 58), to=(2, 2), on_m=3.3, off_m=3.2, capacity=2.0),
            Gate(cell=(25, 59), to=(40, 10), sill_m=2.5, width_m=2.0, opening_m=PULSE),
        ),
    )  # fmt: skip


class Shelf:
    """Keeps snapshots, and the state as a file at one moment."""

    def __init__(self, path: Path, at_s: float) -> None:
        self.path, self.at_s = path, at_s
        self.taken: list[Snapshot] = []

    def snapshot(self, taken: Snapshot) -> None:
        self.taken.append(taken)

    def moment(self, now_s, state) -> None:
        if now_s == self.at_s:
            state().write(self.path)


@pytest.mark.parametrize("scheme", Scheme)
def test_a_cut_run_goes_on_to_the_bit(hills: Case, scheme: Scheme, tmp_path: Path) -> None:
    hills = replace(hills, scheme=scheme)
    whole = simulate(hills, HOUR, ASKED)
    shelf = Shelf(tmp_path / "state.npz", 1500.0)
    with pytest.raises(Cancelled):
        simulate(hills, HOUR, ASKED, keep=shelf, progress=lambda share: share * HOUR < 1700.0)
    assert [taken.t_s for taken in shelf.taken] == [1200.0]
    again = simulate(hills, HOUR, ASKED, threads=1, keep=shelf, resume=State.read(shelf.path))
    assert [taken.t_s for taken in shelf.taken] == [1200.0, 2400.0]
    assert np.array_equal(shelf.taken[1].u_ms, whole.snapshots[1].u_ms)
    for name in ("max_depth_m", "max_speed_ms", "max_hv_m2s", "arrival_s", "duration_s"):
        assert np.array_equal(getattr(again, name), getattr(whole, name), equal_nan=True), name
    assert np.array_equal(again.final.depth_m, whole.final.depth_m)
    assert np.array_equal(again.gauges.depth_m, whole.gauges.depth_m)
    assert again.mass == whole.mass
    assert again.links_m3.tolist() == whole.links_m3.tolist()
    assert whole.links_m3.all()
    for name in ("boundaries_m3s", "links_m3s"):
        own, other = (getattr(run.discharges, name) for run in (whole, again))
        assert np.array_equal(own, other, equal_nan=True), name
    assert (again.steps, again.gauges.t_s.size) == (whole.steps, whole.gauges.t_s.size)


def test_the_state_of_another_grid_or_no_state_is_refused(hills: Case, tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "state.npz", 60.0)
    simulate(hills, 60.0, ASKED_SOON, keep=shelf)
    state = State.read(shelf.path)
    other = replace(hills, grid=Grid(hills.grid.z[:, :65], 10.0))
    with pytest.raises(BadCase, match=r"\(50, 70\) cells, the grid has \(50, 65\)"):
        simulate(other, 60.0, ASKED_SOON, resume=state)
    raised = replace(hills, grid=Grid(hills.grid.z + np.float32(0.1), 10.0))
    with pytest.raises(BadCase, match="another ground"):
        simulate(raised, 60.0, ASKED_SOON, resume=state)
    soil = replace(hills, infiltration=GreenAmpt(conductivity_mm_h=6.0, suction_m=0.1, deficit=0.3))
    for other in (soil, replace(hills, infiltration=None), replace(hills, links=hills.links[:1])):
        with pytest.raises(BadCase, match="another ground, scheme, outline, soil, link"):
            simulate(other, 60.0, ASKED_SOON, resume=state)
    shelf.path.write_bytes(b"torn")
    with pytest.raises(BadCase, match="no state"):
        State.read(shelf.path)


def test_a_damaged_state_is_refused(hills: Case, tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "state.npz", 60.0)
    simulate(hills, 60.0, ASKED_SOON, keep=shelf)
    whole = State.read(shelf.path)
    for name in whole.arrays:
        part = {key: array for key, array in whole.arrays.items() if key != name}
        with pytest.raises(BadCase):
            simulate(hills, 60.0, ASKED_SOON, resume=State(whole.belongs, part))
    numbers = whole.arrays["numbers"] * np.nan
    with pytest.raises(BadCase, match="damaged"):
        simulate(hills, 60.0, ASKED_SOON,
                 resume=State(whole.belongs, whole.arrays | {"numbers": numbers}))  # fmt: skip
    shelf.path.write_bytes(b"")
    with pytest.raises(BadCase, match="no state"):
        State.read(shelf.path)


ASKED_SOON = Outputs(gauges=((20, 20),))


def test_a_state_belongs_to_the_buildings_that_it_ran_among(hills: Case) -> None:
    towns = [replace(hills, porosity=Porosity(storage=share)) for share in (0.4, 0.5)]
    assert len({belonging(case, ASKED) for case in (hills, *towns)}) == 3
