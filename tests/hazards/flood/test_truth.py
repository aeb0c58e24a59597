"""The closed solutions that the engine is measured against are themselves solutions."""

import numpy as np
import pytest
from tests.hazards.flood.truth import bumps, channels, dam_breaks, shores, thacker

G = 9.81


def conserved(solution, x: np.ndarray, t: float) -> tuple[np.ndarray, np.ndarray]:
    """Residuals of mass and momentum on a flat bed by central differences."""
    dx, dt = 1e-4, 1e-5

    def at(x: np.ndarray, t: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        h, u = solution(x, t)
        return h, h * u, h * u * u + G * h * h / 2

    late, early, east, west = at(x, t + dt), at(x, t - dt), at(x + dx, t), at(x - dx, t)
    mass = (late[0] - early[0]) / (2 * dt) + (east[1] - west[1]) / (2 * dx)
    push = (late[1] - early[1]) / (2 * dt) + (east[2] - west[2]) / (2 * dx)
    return mass, push


def test_ritter_keeps_mass_and_momentum_and_starts_at_the_dam() -> None:
    x = np.linspace(-40.0, 70.0, 500)
    mass, push = conserved(lambda x, t: dam_breaks.ritter(x, t, 2.0), x[np.abs(x) < 35], 6.0)
    assert np.abs(mass).max() < 1e-5
    assert np.abs(push).max() < 1e-4
    h, _ = dam_breaks.ritter(np.array([0.0]), 6.0, 2.0)
    assert h[0] == pytest.approx(4.0 / 9.0 * 2.0)
    fine = np.linspace(-40.0, 70.0, 200_001)
    stored = np.trapezoid(dam_breaks.ritter(fine, 6.0, 2.0)[0], fine)
    assert stored == pytest.approx(2.0 * 40.0, rel=1e-6)


def test_stoker_joins_a_rarefaction_to_a_bore() -> None:
    state = dam_breaks.stoker_states(5.0, 1.0)
    low, high = state.below_m, state.middle_m
    assert high * (state.bore - state.middle_u) == pytest.approx(low * state.bore)
    momentum = high * state.middle_u**2 + G * high**2 / 2 - G * low**2 / 2
    assert state.bore * high * state.middle_u == pytest.approx(momentum)
    assert state.middle_u + 2 * np.sqrt(G * high) == pytest.approx(2 * np.sqrt(G * 5.0))
    fine = np.linspace(-90.0, 90.0, 400_001)
    h, u = dam_breaks.stoker(fine, 8.0, 5.0, 1.0)
    assert np.trapezoid(h, fine) == pytest.approx(90.0 * 6.0, rel=1e-5)
    push = G / 2 * (25.0 - 1.0) * 8.0
    assert np.trapezoid(h * u, fine) == pytest.approx(push, rel=1e-5)


def test_dressler_obeys_friction_to_its_first_order() -> None:
    """What is left of momentum falls with the square of the friction that it is found for."""
    x = np.linspace(-60.0, 40.0, 300)

    def left(manning: float) -> tuple[float, float]:
        def at(x: np.ndarray, t: float) -> tuple[np.ndarray, np.ndarray]:
            return dam_breaks.dressler(x, t, 6.0, manning)[:2]

        h, u = at(x, 20.0)
        mass, push = conserved(at, x, 20.0)
        drag = G * manning**2 * u * u / h ** (1.0 / 3.0)
        return float(np.abs(mass).max()), float(np.abs(push + drag).max() / drag.max())

    few, many = left(0.005), left(0.01)
    assert many[0] < 1e-3
    assert few[1] < 0.03
    assert many[1] / few[1] == pytest.approx(4.0, rel=0.2)


def test_a_wave_on_a_beach_obeys_the_shallow_water_equations() -> None:
    x, t, d = np.linspace(-6.0, -0.3, 400), 1.9, 1e-4
    _, u = shores.standing(x, t, 0.9)
    late, early = shores.standing(x, t + d, 0.9), shores.standing(x, t - d, 0.9)
    east, west = shores.standing(x + d, t, 0.9), shores.standing(x - d, t, 0.9)
    mass = (late[0] - early[0] + east[0] * east[1] - west[0] * west[1]) / (2 * d)
    push = (late[1] - early[1] + east[0] - west[0]) / (2 * d) + u * (east[1] - west[1]) / (2 * d)
    assert np.abs(mass).max() < 2e-3
    assert np.abs(push + 1.0).max() < 2e-3
    shore = [shores.moving(np.zeros(1), t, 0.9)[0][0] for t in (shores.AT_REST, 3 * np.pi / 4)]
    assert shore == pytest.approx([-0.225, 0.225])  # a quarter of A: highest and lowest
    _, speed = shores.standing(x, shores.AT_REST, 0.9)
    assert np.abs(speed).max() < 1e-12


@pytest.mark.parametrize("bowl", [thacker.Planar(), thacker.Radial()], ids=["planar", "radial"])
def test_a_swinging_bowl_obeys_the_shallow_water_equations(bowl) -> None:
    y, x = np.meshgrid(np.linspace(-1.2, 1.2, 41), np.linspace(-1.2, 1.2, 41), indexing="ij")
    t, d = 0.37 * bowl.period_s, 1e-5
    h, u, v = bowl.at(x, y, t)
    wet = h > 1e-3

    def rate(which: int, dx: float, dy: float, dt: float) -> np.ndarray:
        late = bowl.at(x + dx, y + dy, t + dt)
        early = bowl.at(x - dx, y - dy, t - dt)
        flux = (lambda f: f[0] * f[1], lambda f: f[0] * f[2], lambda f: f[0], lambda f: f[1],
                lambda f: f[2])[which]  # fmt: skip
        return (flux(late) - flux(early)) / (2 * d)

    mass = rate(2, 0, 0, d) + rate(0, d, 0, 0) + rate(1, 0, d, 0)
    fall = (bowl.ground(x + d, y) - bowl.ground(x - d, y)) / (2 * d) + rate(2, d, 0, 0)
    east = rate(3, 0, 0, d) + u * rate(3, d, 0, 0) + v * rate(3, 0, d, 0) + G * fall
    fall = (bowl.ground(x, y + d) - bowl.ground(x, y - d)) / (2 * d) + rate(2, 0, d, 0)
    north = rate(4, 0, 0, d) + u * rate(4, d, 0, 0) + v * rate(4, 0, d, 0) + G * fall
    for residual in (mass, east, north):
        assert np.abs(residual[wet]).max() < 1e-6
    again = bowl.at(x, y, t + 3 * bowl.period_s)
    assert np.allclose(again[0], h, atol=1e-12)


@pytest.mark.parametrize(
    "make",
    [channels.subcritical, channels.supercritical, channels.rained_on, channels.through_critical],
)
def test_a_channel_keeps_momentum_over_its_own_bed(make) -> None:
    channel = make()
    x = np.linspace(20.0, 980.0, 400)
    x = x[np.abs(x - 500.0) > 1.0]
    d = 1e-2

    def flux(x: np.ndarray) -> np.ndarray:
        h = channel.depth(x)
        return np.asarray(channel.discharge(x) ** 2 / h + G * h * h / 2)

    h, q = channel.depth(x), channel.discharge(x)
    bed = (channel.ground(x + 0.5) - channel.ground(x - 0.5)) / 1.0
    drag = G * h * channel.manning**2 * q**2 / h ** (10 / 3)
    residual = (flux(x + d) - flux(x - d)) / (2 * d) + G * h * bed + drag
    assert np.abs(residual).max() < 2e-4
    froude = q / np.sqrt(G * h**3)
    slow = {"subcritical": True, "rained_on": True, "supercritical": False}.get(make.__name__)
    assert ((froude < 1) == (x < 500 if slow is None else slow)).all()


@pytest.mark.parametrize(
    "make", [bumps.subcritical, bumps.transcritical, bumps.transcritical_with_jump]
)
def test_flow_over_a_bump_keeps_its_head_on_each_side(make) -> None:
    bump = make()
    x = np.linspace(0.0, 25.0, 501)
    h = bump.depth(x)
    energy = bumps.head(h, bumps.ground(x), bump.q)
    expected = np.where(x < bump.jump_m, bump.above, bump.below)
    assert np.abs(energy - expected).max() < 1e-9
    assert h[-1] == pytest.approx(bump.outlet_m)


def test_the_jump_keeps_momentum_and_loses_head() -> None:
    bump = bumps.transcritical_with_jump()
    before, after = bump.depth(np.array([bump.jump_m - 1e-9, bump.jump_m + 1e-9]))
    momentum = [bump.q**2 / h + G * h * h / 2 for h in (before, after)]
    assert momentum[0] == pytest.approx(momentum[1], rel=1e-6)
    assert bump.above > bump.below
    assert 11.6 < bump.jump_m < 11.8  # SWASHES draws it at about 11.7 m
