"""Culverts, weirs, gates and pumps between two basins: known discharges, exact accounts."""

from dataclasses import replace

import numpy as np
import pytest

from anlan.hazards.flood.shallow_water import (
    BadCase,
    Boundary,
    BoundaryKind,
    Case,
    Culvert,
    Gate,
    Grid,
    Inflow,
    Initial,
    Link,
    Outputs,
    Pump,
    PumpCurve,
    Scheme,
    Series,
    Side,
    Weir,
    simulate,
)
from anlan.hazards.flood.shallow_water.discharge import over_weir, through_culvert

ROWS, HALF, CELL_M = 6, 8, 10.0
AREA_M2 = ROWS * HALF * CELL_M**2
BASIN = Outputs(gauges=((3, 2), (3, HALF + 3)), gauge_every_s=60.0)
FROM, TO = (3, HALF - 1), (3, HALF + 1)
# what a link takes from one cell in a step lowers that cell: most where momentum is not carried on
OFF_M = {Scheme.INERTIAL: 0.02, Scheme.GODUNOV: 0.01, Scheme.MUSCL: 0.01}


def basins(scheme: Scheme, levels: tuple[float, float], *links: Link) -> Case:
    """Two basins side by side with a wall between them, on ground at 430 m."""
    ground = np.full((ROWS, 2 * HALF + 1), 430.0, dtype=np.float32)
    ground[:, HALF] = np.nan
    depth = np.zeros(ground.shape)
    depth[:, :HALF], depth[:, HALF + 1 :] = levels
    return Case(
        grid=Grid(ground, CELL_M), scheme=scheme, initial=Initial(depth), links=links,
    )  # fmt: skip


@pytest.mark.parametrize("scheme", Scheme)
def test_a_drowned_weir_settles_where_its_discharge_is_what_comes_in(scheme: Scheme, table) -> None:
    """0.5 m3/s come in before the weir, a stage holds the water behind it 0.3 m over the crest."""
    weir = Weir(cell=FROM, to=TO, crest_m=431.0, width_m=1.0)
    heads = np.linspace(0.3, 1.5, 1201)
    flows = np.array([over_weir(431.0 + head, 431.3, 431.0, 1.0, 1.705) for head in heads])
    level = 1.0 + float(np.interp(0.5, flows, heads))
    case = replace(
        basins(scheme, (1.5, 1.3), weir),
        inflows=(Inflow(cells=np.array([[2, 0], [3, 0]]), discharge_m3s=0.5),),
        boundaries=(Boundary(kind=BoundaryKind.STAGE, side=Side.EAST, value=431.3),),
    )
    flood = simulate(case, 7200.0, BASIN, threads=1)
    found = float(flood.gauges.depth_m[-10:, 0].mean())
    table("basin before a drowned weir, steady", scheme.value,
          f"level {abs(found - level) * 1000:.1f} mm off, mass error "
          f"{abs(flood.mass.relative_error):.0e}",
          f"{OFF_M[scheme] * 1000:.0f} mm, 1e-6")  # fmt: skip
    assert found == pytest.approx(level, abs=OFF_M[scheme])
    assert abs(flood.mass.relative_error) < 1e-6


@pytest.mark.parametrize("scheme", Scheme)
def test_a_culvert_levels_two_basins_as_its_formula_says(scheme: Scheme, table) -> None:
    """dV/dt = Q(levels), integrated apart; in the end both stand alike, and stay so."""
    culvert = Culvert(cell=FROM, to=TO, height_m=1.0, width_m=1.5, length_m=20.0, invert_m=430.0,
                      invert_to_m=430.0)  # fmt: skip
    upper, lower, truth = 2.0, 0.4, []
    for second in range(3600):
        if second % 60 == 0:
            truth.append((upper, lower))
        barrel = (1.5, 1.0, 20.0, 0.013, 0.5)
        moved = through_culvert(430.0 + upper, 430.0 + lower, (430.0, 430.0), barrel) / AREA_M2
        upper, lower = upper - moved, lower + moved
    flood = simulate(basins(scheme, (2.0, 0.4), culvert), 3600.0, BASIN, threads=1)
    away = np.abs(flood.gauges.depth_m[:-1] - np.array(truth)).max()
    table("two basins joined by a culvert, 1 h", scheme.value,
          f"levels {away * 1000:.0f} mm off at most, mass error "
          f"{abs(flood.mass.relative_error):.0e}", "30 mm, 1e-7")  # fmt: skip
    assert away < 0.03
    assert np.abs(flood.gauges.depth_m[-1] - 1.2).max() < 0.01
    assert abs(flood.mass.relative_error) < 1e-7


def test_a_pump_runs_between_its_two_levels() -> None:
    """1 m3/s comes in, 3 m3/s are pumped from 1.5 m down to 1.0 m: 2,400 s off, 1,200 s on."""
    pump = Pump(cell=FROM, on_m=431.5, off_m=431.0, capacity=3.0)
    case = replace(
        basins(Scheme.GODUNOV, (1.0, 0.0), pump),
        inflows=(Inflow(cells=np.array([[3, 0]]), discharge_m3s=1.0),),
    )
    flood = simulate(case, 5400.0, BASIN, threads=1)
    depth = flood.gauges.depth_m[:, 0]
    on, off = depth[:50].argmax(), 50 + depth[50:].argmin()
    assert abs(on - 40) <= 1
    assert abs(off - 60) <= 1
    assert depth.max() == pytest.approx(1.5, abs=0.01)
    assert depth[20:].min() > 0.98
    # 3 m3/s for 1,200 s; the two centimetres above are 96 m3, and 48 m3 come in meanwhile.
    assert flood.mass.links_out_m3 == pytest.approx(3600.0, abs=144.0)
    assert flood.links_m3[0] == flood.mass.links_out_m3
    assert abs(flood.mass.relative_error) < 1e-7


def test_a_pump_lifts_by_its_curve_and_a_flap_lets_nothing_back() -> None:
    curve = PumpCurve(np.array([0.0, 2.0, 4.0]), np.array([1.0, 0.8, 0.0]))
    pump = Pump(cell=FROM, to=TO, on_m=430.1, off_m=430.05, capacity=curve, outlet_m=432.0)
    flap = Culvert(cell=FROM, to=TO, height_m=1.0, length_m=10.0, invert_m=430.0,
                   invert_to_m=430.0, one_way=True)  # fmt: skip
    flood = simulate(basins(Scheme.GODUNOV, (1.0, 3.0), pump, flap), 60.0, BASIN, threads=1)
    # first lifts 3.0 - 1.0 = 2 m
    assert flood.links_m3 == pytest.approx([0.8 * 60.0, 0.0], rel=0.01)


def test_links_give_no_more_than_there_is() -> None:
    """A pump larger than its pond, a weir whose crest is the ground, a gate that opens late."""
    opening = Series(np.array([0.0, 300.0, 301.0, 900.0]), np.array([0.0, 0.0, 0.5, 0.5]))
    links = (
        Pump(cell=FROM, on_m=430.2, off_m=429.0, capacity=50.0),
        Weir(cell=(1, 1), crest_m=430.0, width_m=20.0),
        Gate(cell=TO, sill_m=430.0, width_m=2.0, opening_m=opening, outside_m=430.5),
    )
    case = basins(Scheme.GODUNOV, (0.3, 1.5), *links)
    early = simulate(case, 300.0, BASIN, threads=1)
    assert early.links_m3[2] == 0.0
    flood = simulate(case, 900.0, BASIN, threads=1)
    assert np.nanmin(flood.final.depth_m) >= 0.0
    assert flood.links_m3[:2].sum() <= 0.3 * AREA_M2 * (1.0 + 1e-9)
    assert flood.links_m3[:2].sum() > 0.25 * AREA_M2
    # 0.6 x 0.5 x 2 x sqrt(2 g 1.0) = 2.66 m3/s at first
    assert flood.links_m3[2] == pytest.approx(2.6 * 600.0, rel=0.15)
    assert abs(flood.mass.relative_error) < 1e-7


@pytest.mark.parametrize("scheme", Scheme)
def test_links_give_the_same_bits_with_any_number_of_threads(scheme: Scheme) -> None:
    links = (
        Weir(cell=FROM, to=TO, crest_m=431.0, width_m=4.0),
        Culvert(cell=(0, 3), to=(5, HALF + 4), height_m=0.8, length_m=9.0, invert_m=430.1,
                invert_to_m=430.0, barrels=2),
        Pump(cell=(0, 2 * HALF), on_m=430.5, off_m=430.2, capacity=1.0),
    )  # fmt: skip
    one, two = (simulate(basins(scheme, (2.0, 0.2), *links), 300.0, threads=n) for n in (1, 2))
    assert one.final.depth_m.tobytes() == two.final.depth_m.tobytes()
    assert one.links_m3.tobytes() == two.links_m3.tobytes()
    assert (one.links_m3 > 0).all()


def test_links_that_cannot_be_meant_are_refused() -> None:
    with pytest.raises(BadCase, match=r"\(3, 8\), where there is no ground"):
        basins(Scheme.GODUNOV, (1.0, 1.0), Weir(cell=(3, HALF), crest_m=431.0, width_m=4.0))
    with pytest.raises(BadCase, match=r"\(9, 0\), outside the grid"):
        basins(Scheme.GODUNOV, (1.0, 1.0), Weir(cell=(9, 0), crest_m=431.0, width_m=4.0))
    with pytest.raises(BadCase, match="width_m of a link is -4"):
        Weir(cell=FROM, crest_m=431.0, width_m=-4.0)
    with pytest.raises(BadCase, match="stops lower than it starts"):
        Pump(cell=FROM, on_m=1.0, off_m=2.0, capacity=1.0)
    short = Series(np.array([0.0, 60.0]), np.array([0.1, 0.2]))
    gate = Gate(cell=FROM, sill_m=430.0, width_m=2.0, opening_m=short)
    with pytest.raises(BadCase, match=r"opening of a gate covers 0\.\.60 s, the run 0\.\.600 s"):
        simulate(basins(Scheme.GODUNOV, (1.0, 1.0), gate), 600.0)
