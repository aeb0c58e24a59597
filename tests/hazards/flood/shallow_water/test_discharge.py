"""Structures let through what their formulas, worked by hand, say."""

import pytest

from anlan.hazards.flood.shallow_water.discharge import (
    critical_depth,
    culvert_inlet,
    over_weir,
    section,
    through_culvert,
    under_gate,
)


def test_a_weir_runs_free_and_drowned() -> None:
    # 1.705 x 4 x 0.5^1.5, and (1 - 0.6^1.5)^0.385 = 0.7861 of it under 0.3 m of tailwater
    assert over_weir(1.5, 0.7, 1.0, 4.0, 1.705) == pytest.approx(2.4112, rel=1e-4)
    assert over_weir(1.5, 1.3, 1.0, 4.0, 1.705) == pytest.approx(2.4112 * 0.78613, rel=1e-4)
    assert over_weir(1.5, 1.5, 1.0, 4.0, 1.705) == 0.0
    assert over_weir(0.9, 0.0, 1.0, 4.0, 1.705) == 0.0


def test_a_gate_is_an_orifice_until_the_water_leaves_the_leaf() -> None:
    gate = (0.0, 2.0, 0.6)  # sill, width, coefficient
    # 0.6 x 0.5 x 2 x sqrt(2 g (2 - 0.25)), then with the tailwater at 1.2 m
    assert under_gate(2.0, 0.1, gate, 0.5) == pytest.approx(3.5158, rel=1e-4)
    assert under_gate(2.0, 1.2, gate, 0.5) == pytest.approx(2.3771, rel=1e-4)
    # 0.6 x 2 x sqrt(g) x 0.4^1.5
    assert under_gate(0.4, 0.0, gate, 0.5) == pytest.approx(0.9508, rel=1e-4)
    both = under_gate(0.5 - 1e-9, 0.0, gate, 0.5), under_gate(0.5 + 1e-9, 0.0, gate, 0.5)
    assert both[0] == pytest.approx(both[1], rel=1e-6)
    assert under_gate(2.0, 0.0, gate, 0.0) == 0.0


def test_a_culvert_is_held_back_by_its_inlet() -> None:
    # box of 2 x 1.5 m: 0.544 sqrt(g) x 2 x 1; 0.702 sqrt(g) x 2 x 1.5^0.89 x 3^0.61
    assert culvert_inlet(1.0, 2.0, 1.5) == pytest.approx(3.4077, rel=1e-4)
    assert culvert_inlet(3.0, 2.0, 1.5) == pytest.approx(12.330, rel=1e-4)
    # pipe of 1.2 m: 0.421 sqrt(g) x 1.2^0.87; 0.530 sqrt(g) x 1.2^1.87 x 3^0.63
    assert culvert_inlet(1.0, 0.0, 1.2) == pytest.approx(1.5453, rel=1e-4)
    assert culvert_inlet(3.0, 0.0, 1.2) == pytest.approx(4.6647, rel=1e-3)
    short_and_smooth = (2.0, 1.5, 1.0, 0.001, 0.0)
    assert through_culvert(3.0, -9.0, (0.0, -5.0), short_and_smooth) == pytest.approx(
        12.33, rel=1e-3
    )


def test_a_drowned_culvert_is_held_back_by_its_losses() -> None:
    # A = 3 m2, R = 3/7 m, losses 1 + 0.5 + 0.3079, V = sqrt(2 g 0.5 / 1.8079) = 2.3295 m/s
    found = through_culvert(3.0, 2.5, (0.0, 0.0), (2.0, 1.5, 30.0, 0.013, 0.5))
    assert found == pytest.approx(6.9884, rel=1e-4)
    assert through_culvert(3.0, 3.0, (0.0, 0.0), (2.0, 1.5, 30.0, 0.013, 0.5)) == 0.0


def test_the_sections_of_barrels() -> None:
    assert section(0.6, 0.0, 1.2) == pytest.approx((0.565487, 0.3))  # half full: pi D^2/8, D/4
    assert section(1.2, 0.0, 1.2) == pytest.approx((1.130973, 0.3))
    assert section(1.5, 2.0, 1.5) == pytest.approx((3.0, 3.0 / 7.0))
    assert critical_depth(2.0, 2.0, 1.5) == pytest.approx(0.46714, rel=1e-4)  # (q^2 / g)^(1/3)
    # 1 m3/s in a pipe of 1.2 m: Straub 0.5455 m; exact, by Q^2 T = g A^3, 0.543 m
    assert critical_depth(1.0, 0.0, 1.2) == pytest.approx(0.543, rel=0.01)
