"""The flood engine against still water, closed forms and its own account."""

import numpy as np
import pytest

from anlan.hazards.flood.local_inertial import (
    BadCase,
    Cancelled,
    Case,
    Inflow,
    Series,
    Settings,
    StageBoundary,
    simulate,
)


def constant(value: float) -> Series:
    return Series(np.array([0.0]), np.array([value]))


def column(rows: int, column: int) -> np.ndarray:
    return np.array([(row, column) for row in range(rows)])


@pytest.fixture
def bumpy_basin() -> np.ndarray:
    """A closed basin of hills and hollows, some above 5 m."""
    random = np.random.default_rng(7)
    y, x = np.mgrid[0:60, 0:70]
    z = 2.5 + 2.0 * np.sin(x / 6.0) * np.cos(y / 5.0) + 1.2 * random.random(x.shape)
    return z.astype(np.float32)


def test_a_lake_at_rest_stays_at_rest(bumpy_basin: np.ndarray) -> None:
    level = np.full_like(bumpy_basin, 4.0)
    flood = simulate(
        Case(z=bumpy_basin, cell_m=10.0, manning=0.03, duration_s=3600.0, initial_surface=level)
    )
    wet = bumpy_basin < 4.0
    surface = (bumpy_basin + flood.depth)[wet]
    assert np.abs(surface - 4.0).max() < 1e-4
    assert (flood.depth[~wet] == 0.0).all()
    assert abs(flood.mass.relative_error) < 1e-9


def test_water_is_neither_made_nor_lost(bumpy_basin: np.ndarray) -> None:
    flood = simulate(
        Case(
            z=bumpy_basin,
            cell_m=10.0,
            manning=0.05,
            duration_s=7200.0,
            inflows=(Inflow(np.array([[3, 4], [3, 5]]), constant(8.0)),),
            stages=(StageBoundary(column(60, 69), constant(2.0)),),
        )
    )
    assert flood.mass.inflow_m3 == pytest.approx(8.0 * 7200.0, rel=1e-9)
    assert abs(flood.mass.relative_error) < 1e-6
    assert np.nanmin(flood.depth) >= 0.0


def test_dry_cell_stays_dry() -> None:
    """A hollow behind a dyke higher than any water never gets wet."""
    z = np.zeros((40, 60), dtype=np.float32)
    z[:, 30] = 8.0
    z[:, 45:] = -3.0
    start = np.where(np.arange(60) < 20, 4.0, np.nan) * np.ones((40, 1))
    flood = simulate(
        Case(
            z=z, cell_m=5.0, manning=0.02, duration_s=1800.0,
            initial_surface=start.astype(np.float32),
        )
    )  # fmt: skip
    assert (flood.max_depth[:, 31:] == 0.0).all()
    assert np.isnan(flood.arrival_s[0.03][:, 31:]).all()
    assert flood.max_depth[:, 25].min() > 1.0


def test_a_front_on_a_flat_bed_follows_hunter_2005() -> None:
    """Hunter et al. (2005): h = (7/3 n2 u2 (u t - x))^(3/7) while the front runs at speed u."""
    n, u, cells, dx = 0.03, 0.5, 150, 20.0
    t = np.linspace(0.0, 3600.0, 361)
    inlet = (7.0 / 3.0 * n**2 * u**3 * np.maximum(t, 1e-6)) ** (3.0 / 7.0)
    flood = simulate(
        Case(
            z=np.zeros((3, cells), dtype=np.float32), cell_m=dx, manning=n, duration_s=3600.0,
            stages=(StageBoundary(column(3, 0), Series(t, inlet)),),
        ),
        Settings(courant=0.5),
    )  # fmt: skip
    x = np.arange(cells) * dx
    exact = (7.0 / 3.0 * n**2 * u**2 * np.maximum(u * 3600.0 - x, 0.0)) ** (3.0 / 7.0)
    error = flood.depth[1] - exact
    assert np.sqrt(np.mean(error**2)) < 0.02
    front = x[flood.depth[1] > 0.01].max()
    assert front == pytest.approx(u * 3600.0, abs=4 * dx)


def test_uniform_flow_settles_at_mannings_depth() -> None:
    slope, n, width, discharge, dx = 4e-4, 0.03, 5, 60.0, 20.0
    z = np.repeat(((200 - np.arange(200)) * dx * slope)[None, :], width, axis=0)
    z = z.astype(np.float32)
    normal = (discharge / (width * dx) * n / np.sqrt(slope)) ** 0.6
    flood = simulate(
        Case(
            z=z, cell_m=dx, manning=n, duration_s=6 * 3600.0,
            initial_surface=(z + 0.5).astype(np.float32),
            inflows=(Inflow(column(width, 0), constant(discharge)),),
            stages=(StageBoundary(column(width, 199), constant(float(z[0, -1] + normal))),),
        )
    )  # fmt: skip
    assert flood.depth[2, 60:120] == pytest.approx(normal, rel=0.01)


def test_a_dam_break_is_the_same_seen_from_all_sides() -> None:
    size = 101
    y, x = np.mgrid[0:size, 0:size] - size // 2
    start = np.where(np.hypot(x, y) < 20, 4.0, 0.5).astype(np.float32)
    flood = simulate(
        Case(
            z=np.zeros_like(start), cell_m=10.0, manning=0.03, duration_s=20.0,
            initial_surface=start,
        )
    )  # fmt: skip
    depth = flood.depth
    for turned in (depth[::-1], depth[:, ::-1], depth.T):
        assert np.abs(depth - turned).max() < 1e-3
    assert depth.max() <= 4.0
    assert depth.min() > 0.45
    assert abs(flood.mass.relative_error) < 1e-8


def test_a_dam_break_runs_no_faster_than_ritter() -> None:
    """The dry front of Ritter (1892) runs at 2 sqrt(g h): nothing may be wet beyond it."""
    start = np.where(np.arange(400) < 200, 5.0, np.nan) * np.ones((4, 1))
    flood = simulate(
        Case(
            z=np.zeros((4, 400), dtype=np.float32), cell_m=10.0, manning=0.01, duration_s=60.0,
            initial_surface=start.astype(np.float32),
        )
    )  # fmt: skip
    front = np.flatnonzero(flood.depth[1] > 0.01).max() * 10.0 - 2000.0
    ritter = 2.0 * np.sqrt(9.81 * 5.0) * 60.0
    assert 0.3 * ritter < front <= ritter


def test_threads_do_not_change_a_bit(bumpy_basin: np.ndarray) -> None:
    z = np.tile(bumpy_basin, (3, 2))
    start = np.where(z < 2.0, 3.0, np.nan).astype(np.float32)
    case = Case(
        z=z, cell_m=10.0, manning=0.04, duration_s=900.0, initial_surface=start,
        inflows=(Inflow(np.array([[90, 70]]), constant(20.0)),),
    )  # fmt: skip
    one, two, three = (simulate(case, Settings(threads=k, report_s=200.0)) for k in (1, 2, 3))
    for other in (two, three):
        assert np.array_equal(one.depth, other.depth)
        assert np.array_equal(one.max_depth, other.max_depth)
        assert np.array_equal(one.arrival_s[0.03], other.arrival_s[0.03], equal_nan=True)
        assert one.mass == other.mass
        assert one.steps == other.steps


def test_steep_thin_water_never_turns_negative() -> None:
    z = np.repeat((np.arange(120, dtype=np.float32)[::-1] * 1.5)[None, :], 20, axis=0)
    flood = simulate(
        Case(
            z=z, cell_m=10.0, manning=0.02, duration_s=900.0,
            inflows=(Inflow(column(20, 0), constant(30.0)),),
        )
    )  # fmt: skip
    assert np.nanmin(flood.depth) >= 0.0
    assert flood.max_depth.max() < 60.0
    assert abs(flood.mass.relative_error) < 1e-6


def test_arrivals_snapshots_and_probes_tell_the_same_story() -> None:
    z = np.zeros((5, 80), dtype=np.float32)
    flood = simulate(
        Case(
            z=z, cell_m=10.0, manning=0.03, duration_s=600.0,
            stages=(StageBoundary(column(5, 0), constant(2.0)),),
        ),
        Settings(
            snapshot_s=(0.0, 300.0, 600.0), arrival_m=(0.03, 0.3), probes=((2, 10), (2, 79)),
            report_s=60.0,
        ),
    )  # fmt: skip
    assert flood.snapshot_s.tolist() == [0.0, 300.0, 600.0]
    assert flood.snapshots[0].max() == 0.0
    assert np.array_equal(flood.snapshots[2], flood.depth)
    early = flood.arrival_s[0.03][2]
    assert early[0] <= 10.0
    assert (np.diff(early[np.isfinite(early)]) >= 0.0).all()
    reached = early <= 300.0
    assert (flood.snapshots[1][2][~reached & ~np.isnan(early)] < 0.03).all()
    late = flood.arrival_s[0.3][2]
    both = np.isfinite(late)
    assert (late[both] >= early[both]).all()
    assert flood.probe_s[0] == 0.0
    assert np.isnan(flood.probe_surface[0, 0])
    assert flood.probe_surface[-1, 0] == pytest.approx(flood.depth[2, 10])


def test_outside_is_a_wall_and_stays_unknown() -> None:
    z = np.zeros((30, 30), dtype=np.float32)
    z[:, 15] = np.nan
    start = np.where(np.arange(30) < 10, 2.0, np.nan) * np.ones((30, 1))
    flood = simulate(
        Case(
            z=z, cell_m=10.0, manning=0.03, duration_s=300.0,
            initial_surface=start.astype(np.float32),
        )
    )  # fmt: skip
    assert np.isnan(flood.depth[:, 15]).all()
    assert (flood.max_depth[:, 16:] == 0.0).all()


def test_whoever_watches_can_stop_it() -> None:
    told: list[float] = []

    def watch(share: float) -> bool:
        told.append(share)
        return len(told) < 3

    z = np.zeros((20, 20), dtype=np.float32)
    with pytest.raises(Cancelled):
        simulate(Case(z=z, cell_m=10.0, manning=0.03, duration_s=6000.0), progress=watch)
    assert told == sorted(told)
    assert len(told) == 3


def test_what_does_not_fit_is_refused() -> None:
    z = np.zeros((4, 4), dtype=np.float32)
    with pytest.raises(BadCase, match="outside"):
        Case(
            z=z, cell_m=1.0, manning=0.03, duration_s=1.0,
            stages=(StageBoundary(np.array([[4, 0]]), constant(1.0)),),
        )  # fmt: skip
    with pytest.raises(BadCase, match="Manning"):
        Case(z=z, cell_m=1.0, manning=0.0, duration_s=1.0)
    with pytest.raises(BadCase, match="shape"):
        Case(z=z, cell_m=1.0, manning=np.ones((3, 4), dtype=np.float32), duration_s=1.0)
    with pytest.raises(BadCase, match="rise"):
        Series(np.array([0.0, 0.0]), np.array([1.0, 2.0]))
    with pytest.raises(BadCase, match="negative"):
        Case(
            z=z, cell_m=1.0, manning=0.03, duration_s=1.0,
            inflows=(Inflow(np.array([[0, 0]]), constant(-1.0)),),
        )  # fmt: skip
    with pytest.raises(BadCase, match="courant"):
        Settings(courant=0.9)
