"""The water that a case file lays out: at the start, at the edges, and what cannot be meant."""

from pathlib import Path

import numpy as np
import pytest
from tests.hazards.flood.plain import changed, raster

from anlan.hazards.flood.casefile import RefusedCase, read_case
from anlan.hazards.flood.shallow_water import Outputs, simulate
from anlan.hazards.flood.shallow_water.case import (
    Boundary,
    BoundaryKind,
    Case,
    Grid,
    Initial,
    Scheme,
    Side,
)

STAGE = 'kind = "stage"\nside = "west"\nbetween = [[500000, 3270080], [500000, 3270000]]\n'


def test_water_at_the_start_has_a_depth_and_runs(folder: Path) -> None:
    changed(
        folder, "[rain]", "[initial]\ndepth_m = 0.5\neastward_ms = 2\nnorthward_ms = -1\n[rain]"
    )
    initial = read_case(folder / "case.toml").case.initial
    assert initial is not None
    assert (initial.depth_m[4, 4], initial.depth_m[0, 11]) == (0.5, 0.0)
    assert (initial.u_ms[4, 4], initial.v_ms[4, 4]) == (2.0, 1.0)  # rows count southwards


def test_depth_and_speed_may_be_rasters_with_dry_cells(folder: Path) -> None:
    depth = np.full((10, 12), np.nan)
    depth[:, :6], depth[0, 0] = 0.7, 0.0
    east = np.where(depth > 0.0, 1.5, np.nan)
    raster(folder / "depth.tif", depth)
    raster(folder / "east.tif", east)
    changed(folder, "[rain]", '[initial]\ndepth_m = "depth.tif"\neastward_ms = "east.tif"\n[rain]')
    initial = read_case(folder / "case.toml").case.initial
    assert initial is not None
    assert initial.depth_m[3, [0, 5, 6]].tolist() == pytest.approx([0.7, 0.7, 0.0])
    assert (initial.u_ms[3, 5], initial.u_ms[3, 6], initial.v_ms) == (1.5, 0.0, None)
    east[3, 5] = np.nan
    raster(folder / "east.tif", east)
    with pytest.raises(RefusedCase, match=r"east.tif, row 3, column 5: nan is no speed"):
        read_case(folder / "case.toml")
    depth[2, 2] = -0.1
    raster(folder / "depth.tif", depth)
    with pytest.raises(RefusedCase, match=r"depth.tif, row 2, column 2 .*-0.1 is negative"):
        read_case(folder / "case.toml")


@pytest.mark.parametrize(
    ("ends", "point"),
    [("[[500060, 3270080], [500060, 3270000]]", "500060.0"),
     ("[[500000, 3270080], [500060, 3270000]]", "500060.0, 3270000.0"),
     ("[[499000, 3270080], [500000, 3270000]]", "499000.0, 3270080.0"),
     ("[[500120, 3270080], [500120, 3270000]]", "500120.0")],
)  # fmt: skip
def test_a_boundary_that_does_not_lie_on_its_side_is_refused(
    folder: Path, ends: str, point: str
) -> None:
    changed(folder, "[[500000, 3270080], [500000, 3270000]]", ends)
    with pytest.raises(RefusedCase) as refusal:
        read_case(folder / "case.toml")
    assert "boundary[0].between: " + point in str(refusal.value)
    assert "does not lie on the west side" in str(refusal.value)


def test_a_boundary_lies_where_the_ground_ends(folder: Path) -> None:
    ground = np.tile(np.linspace(2.0, 4.0, 12), (10, 1))
    for row in range(10):
        ground[row, : row // 2] = np.nan  # the land ends aslant
    raster(folder / "dem.tif", ground)
    changed(folder, "[[500000, 3270080], [500000, 3270000]]",
            "[[500012, 3270080], [500045, 3270000]]")  # fmt: skip
    (edge,) = read_case(folder / "case.toml").case.boundaries
    assert (edge.first, edge.last) == (2, 9)


def test_a_point_on_the_far_edges_belongs_to_the_last_cell(folder: Path) -> None:
    changed(folder, "[500055, 3270055]", "[500120, 3270000]")
    assert read_case(folder / "case.toml").outputs.gauges == ((9, 11),)


def test_the_level_of_a_flow_may_change_over_time(folder: Path) -> None:
    (folder / "level.csv").write_text("minutes,level_m\n0,3\n60,3.5\n")
    changed(folder, 'kind = "stage"', 'kind = "flow"')
    changed(folder, "stage_m = 3.5", 'discharge_m3s = 2\nlevel_series = "level.csv"')
    (edge,) = read_case(folder / "case.toml").case.boundaries
    assert edge.level_m.value.tolist() == [3.0, 3.5]


@pytest.mark.parametrize("key", ["level_m", "level_series"])
def test_a_level_that_local_inertial_would_not_look_at_is_refused(folder: Path, key: str) -> None:
    (folder / "level.csv").write_text("minutes,level_m\n0,3\n60,3.5\n")
    given = {"level_m": "3.2", "level_series": '"level.csv"'}[key]
    changed(folder, 'kind = "stage"', 'kind = "flow"')
    changed(folder, "stage_m = 3.5", f"discharge_m3s = 2\n{key} = {given}")
    changed(folder, '"godunov"', '"inertial"')
    with pytest.raises(RefusedCase, match=rf"boundary\[0\].{key}: the local inertial scheme takes"):
        read_case(folder / "case.toml")


def test_a_free_edge_takes_the_slope_outside(folder: Path) -> None:
    changed(folder, STAGE + "stage_m = 3.5", STAGE.replace("stage", "free") + "slope = 0.002")
    (edge,) = read_case(folder / "case.toml").case.boundaries
    assert (edge.kind, edge.slope) == (BoundaryKind.FREE, 0.002)
    changed(folder, "slope = 0.002", "slope = 2")
    with pytest.raises(RefusedCase, match=r"boundary\[0\].slope: 2 is more than 1"):
        read_case(folder / "case.toml")


@pytest.mark.parametrize("scheme", list(Scheme))
def test_water_leaves_a_uniform_channel_at_normal_depth(scheme: Scheme) -> None:
    """Manning 1891: q = h^(5/3) S^(1/2) / n, in a channel that falls as the land outside; and where
    its last tenth is level, only the slope of the edge says how deep the water leaves."""
    slope, n, q, cells, cell_m = 0.001, 0.03, 1.0, 100, 20.0
    normal = (q * n / np.sqrt(slope)) ** 0.6
    fall = slope * cell_m * np.arange(cells)
    z = np.tile(fall[-1] - fall, (3, 1))
    edges = (
        Boundary(kind=BoundaryKind.FLOW, side=Side.WEST, value=q * 3 * cell_m),
        Boundary(kind=BoundaryKind.FREE, side=Side.EAST, slope=slope),
    )
    level = z.copy()
    level[:, -11:] = z[:, -11, None]
    for bed, last in ((z, 0.05), (level, 0.10)):
        case = Case(grid=Grid(bed, cell_m), scheme=scheme, manning=n, boundaries=edges,
                    initial=Initial(np.full(z.shape, normal)))  # fmt: skip
        depth = simulate(case, 7200.0, Outputs(gauge_every_s=7200.0)).final.depth_m[1]
        assert depth[-1] == pytest.approx(normal, rel=last)
        if bed is z:
            assert depth[20:-15] == pytest.approx(normal, rel=0.015)


def leveed(folder: Path, crest: str) -> None:
    dike = f'[[levee]]\nname = "dike"\nline = [[500030, 3270100], [500030, 3270000]]\n{crest}\n'
    changed(folder, "[output]", dike + "[output]")


def told(folder: Path) -> str:
    return "\n".join(str(use) for use in read_case(folder / "case.toml").uses)


def test_a_levee_that_holds_nothing_back_is_refused(folder: Path) -> None:
    leveed(folder, "crest_m = 1.5")
    with pytest.raises(RefusedCase, match=r"levee\[0\]: its crest lies nowhere above .*2.55 m"):
        read_case(folder / "case.toml")
    ground = np.tile(np.linspace(2.0, 4.0, 12), (10, 1))
    ground[:4] += 3.0
    raster(folder / "dem.tif", ground)
    changed(folder, "crest_m = 1.5", "crest_m = 4.0")
    assert "levee[0]: attention: not above the ground on 4 of 10 edges" in told(folder)


def test_a_breach_after_the_end_of_the_run_is_refused(folder: Path) -> None:
    (folder / "crest.csv").write_text("minutes,crest_m\n0,5\n60,5\n90,3\n")
    leveed(folder, 'series = "crest.csv"')
    with pytest.raises(RefusedCase, match=r"levee\[0\]: its crest changes only after the end"):
        read_case(folder / "case.toml")
    (folder / "crest.csv").write_text("minutes,crest_m\n0,5\n50,5\n90,3\n")
    read_case(folder / "case.toml")


CULVERT = """[[culvert]]
from = [500055, 3270055]
to = [500095, 3270055]
diameter_m = 1.2
length_m = 30
invert_m = {invert}
invert_to_m = 2.6
[output]"""


def test_a_culvert_far_from_its_ground_is_told_or_refused(folder: Path) -> None:
    changed(folder, "[output]", CULVERT.format(invert=12.5))
    assert "culvert[0].invert_m: attention: 9.6 m above the ground of row 4, column 5" in told(
        folder
    )
    changed(folder, "invert_m = 12.5", "invert_m = 725")
    with pytest.raises(RefusedCase, match=r"culvert\[0\].invert_m: lies 722.1 m from the ground"):
        read_case(folder / "case.toml")


def test_a_culvert_that_cannot_reach_its_other_cell_is_told(folder: Path) -> None:
    changed(folder, "[output]", CULVERT.format(invert=2.7))
    assert "length_m" not in told(folder)  # 30 m from the end of the one cell to the other
    changed(folder, "length_m = 30", "length_m = 1")
    assert "culvert[0].length_m: attention: 1 m long, but its cells lie 30.0 m apart" in told(
        folder
    )


TWICE = {
    "inflows": ("[output]", '[[inflow]]\nname = "spring"\nat = [500095, 3270095]\n'
                "discharge_m3s = 1\n[output]", "inflow[1].name: two inflows are called spring"),
    "boundaries": ('side = "west"', 'side = "west"\nname = "sea"', "boundary[1].name: two "
                   "boundaries are called sea"),
}  # fmt: skip


@pytest.mark.parametrize("kind", TWICE)
def test_two_of_one_name_are_refused(folder: Path, kind: str) -> None:
    """Their discharges in the results, and what an ensemble varies, are known by name alone."""
    changed(
        folder, "[output]", '[[boundary]]\nname = "sea"\nkind = "free"\nside = "east"\n[output]'
    )
    old, new, said = TWICE[kind]
    changed(folder, old, new)
    with pytest.raises(RefusedCase) as refusal:
        read_case(folder / "case.toml")
    assert said in str(refusal.value)


BEYOND = {
    "rain": ("rain_mm_h = 20", "rain_mm_h = 1e9", "rain.rain_mm_h: 1e+09 is more than 10000"),
    "a stage": ("stage_m = 3.5", "stage_m = 35000", "boundary[0]: stands 34998.0 m above"),
    "water": ("[rain]", "[initial]\nsurface_m = 20000\n[rain]", "initial.surface_m: stands 1999"),
    "a speed": ("[rain]", "[initial]\ndepth_m = 1\nnorthward_ms = 300\n[rain]", "_ms: 300"),
    "an inflow": ('series = "flow.csv"', "discharge_m3s = 1e9", "1e+09 is more than 1e+08"),
}  # fmt: skip


@pytest.mark.parametrize("what", BEYOND)
def test_what_no_river_and_no_sky_gives_is_refused(folder: Path, what: str) -> None:
    old, new, said = BEYOND[what]
    changed(folder, old, new)
    with pytest.raises(RefusedCase) as refusal:
        read_case(folder / "case.toml")
    assert said in str(refusal.value)


def test_the_heaviest_rain_is_told_and_a_stage_below_its_ground(folder: Path) -> None:
    changed(folder, "stage_m = 3.5", "stage_m = 1.5")
    said = told(folder)
    assert "20.0 mm of rain everywhere, 20.0 mm/h at most" in said
    assert "boundary[0]: attention: stays below the ground of its stretch" in said


def test_land_without_friction_may_stand_in_the_table_of_land_use(folder: Path) -> None:
    raster(folder / "use.tif", np.ones((10, 12)))
    changed(folder, "n = 0.05", 'file = "use.tif"\ntable = { 1 = 0.0 }')
    assert read_case(folder / "case.toml").case.manning[2, 2] == 0.0
