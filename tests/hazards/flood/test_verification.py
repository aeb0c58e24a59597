"""The shallow-water engine against closed solutions, published cases and its own symmetries.

Each row that is measured here goes into the table of docs/models/flood.md (`make flood-table`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from tests.hazards.flood.truth import bumps, channels, published, runs

from anlan.hazards.flood.shallow_water import Scheme

MEREWETHER = Path(__file__).parents[4] / "shared/geodata/flood_tests/merewether_2007"


@dataclass(frozen=True)
class Truth:
    """cells: three grids, each twice as fine; most: error allowed on the finest, share of the
    depth; order: least observed order between the first and the last grid; both by scheme."""

    name: str
    run: runs.Run
    cells: tuple[int, int, int]
    most: dict[Scheme, float]
    order: dict[Scheme, float]


LINE, CHANNEL, BOWL = (150, 300, 600), (50, 100, 200), (40, 80, 160)
SHORE = (200, 400, 800)
GODUNOV, MUSCL = Scheme.GODUNOV, Scheme.MUSCL
TRUTHS = (
    Truth("Ritter, dry dam break", runs.ritter, LINE,
          {GODUNOV: 0.01, MUSCL: 0.002}, {GODUNOV: 0.6, MUSCL: 0.9}),
    Truth("Stoker, wet dam break", runs.stoker, LINE,
          {GODUNOV: 0.006, MUSCL: 0.0015}, {GODUNOV: 0.7, MUSCL: 0.9}),
    Truth("Dressler, dam break with friction", runs.dressler, LINE,
          {GODUNOV: 0.008, MUSCL: 0.002}, {GODUNOV: 0.6, MUSCL: 0.6}),
    Truth("Carrier-Greenspan, run-up on a beach", runs.beach, SHORE,
          {GODUNOV: 0.03, MUSCL: 0.003}, {GODUNOV: 0.6, MUSCL: 1.3}),
    Truth("Thacker, planar, 3 periods", runs.planar, BOWL,
          {GODUNOV: 0.45, MUSCL: 0.02}, {GODUNOV: 0.5, MUSCL: 1.8}),
    Truth("Thacker, radial, 3 periods", runs.radial, BOWL,
          {GODUNOV: 0.20, MUSCL: 0.03}, {GODUNOV: 0.15, MUSCL: 1.3}),
    Truth("MacDonald, subcritical", runs.channel(channels.subcritical()), CHANNEL,
          {GODUNOV: 0.006, MUSCL: 0.002}, {GODUNOV: 0.9, MUSCL: 1.1}),
    Truth("MacDonald, supercritical", runs.channel(channels.supercritical()), CHANNEL,
          {GODUNOV: 0.05, MUSCL: 0.004}, {GODUNOV: 0.7, MUSCL: 1.0}),
    Truth("MacDonald, through critical", runs.channel(channels.through_critical()), CHANNEL,
          {GODUNOV: 0.007, MUSCL: 0.0005}, {GODUNOV: 0.9, MUSCL: 1.5}),
    Truth("MacDonald, rained on", runs.channel(channels.rained_on()), CHANNEL,
          {GODUNOV: 0.004, MUSCL: 0.0012}, {GODUNOV: 0.9, MUSCL: 1.1}),
    Truth("bump, subcritical", runs.bump(bumps.subcritical()), CHANNEL,
          {GODUNOV: 0.001, MUSCL: 0.0001}, {GODUNOV: 0.9, MUSCL: 1.8}),
    Truth("bump, transcritical", runs.bump(bumps.transcritical()), CHANNEL,
          {GODUNOV: 0.005, MUSCL: 0.0004}, {GODUNOV: 0.8, MUSCL: 1.7}),
    Truth("bump, transcritical with jump", runs.bump(bumps.transcritical_with_jump()), CHANNEL,
          {GODUNOV: 0.006, MUSCL: 0.0025}, {GODUNOV: 0.7, MUSCL: 1.0}),
)  # fmt: skip
AWAY_M = {Scheme.INERTIAL: 0.025, GODUNOV: 0.02, MUSCL: 0.02}  # on cells of 10 m
Row = Callable[..., None]


@pytest.mark.parametrize("truth", TRUTHS, ids=lambda truth: truth.name)
@pytest.mark.parametrize("scheme", [scheme for scheme in Scheme if scheme is not Scheme.INERTIAL])
def test_the_engine_converges_on_a_closed_solution(
    truth: Truth, scheme: Scheme, table: Row
) -> None:
    errors = [truth.run(scheme, cells) for cells in truth.cells]
    order = np.log2(errors[0] / errors[-1]) / 2.0
    grids = ", ".join(f"{error:.2%}" for error in errors)
    table(
        truth.name, scheme.value, f"{grids} on {', '.join(map(str, truth.cells))} cells; order "
        f"{order:.2f}", f"{truth.most[scheme]:.2%}, order {truth.order[scheme]}",
    )  # fmt: skip
    assert errors[-1] < truth.most[scheme]
    assert order > truth.order[scheme]


@pytest.mark.parametrize("scheme", Scheme)
def test_the_breached_embankment_agrees_with_published_engines(scheme: Scheme, table: Row) -> None:
    """Environment Agency SC120002, test 4, beside two schemes of LISFLOOD-FP."""
    found = runs.plain(scheme, 10.0, 7200.0)
    read = found.gauges
    worst = 0.0
    for at in (3600.0, 7200.0):
        depth = read.depth_m[np.argmin(np.abs(read.t_s - at))]
        beside = np.array([published.PLAIN_DEPTHS[engine][at] for engine in published.PLAIN_DEPTHS])
        settled = beside.min(axis=0) > 0.05  # not a front that is just passing
        away = np.maximum(beside.min(axis=0) - depth, depth - beside.max(axis=0))[settled]
        worst = max(worst, float(away.max()))
    arrival = [float(read.t_s[np.argmax(read.depth_m[:, n] >= 0.02)]) for n in range(6)]
    late = np.max(np.abs(1.0 - np.array(arrival) / published.PLAIN_ARRIVAL_S))
    table(
        "EA test 4, breached embankment", scheme.value, f"{worst * 100:.1f} cm outside what two "
        f"schemes of LISFLOOD-FP say at 1 and 2 h, arrival {late:.0%} off; 10 m cells",
        f"{AWAY_M[scheme] * 100:g} cm, 15 %",
    )  # fmt: skip
    assert worst < AWAY_M[scheme]
    assert late < 0.15


@pytest.mark.skipif(not MEREWETHER.is_dir(), reason="the files of Merewether 2007 are not here")
def test_merewether_stands_as_high_as_was_surveyed(table: Row) -> None:
    place = published.merewether(MEREWETHER, coarsen=2)
    found = runs.merewether(Scheme.GODUNOV, place)
    assert found.max_depth_m is not None
    off = {
        name: float(place.z[at] + found.max_depth_m[at]) - place.surveyed[name]
        for name, at in place.points.items()
    }
    close = sum(abs(away) <= 0.3 for away in off.values())
    told = ", ".join(f"{away:+.2f}" for _, away in sorted(off.items()))
    table(
        "Merewether 2007", "godunov", f"{told} m at the five surveyed points, {close} of 5 within "
        "0.3 m; 2 m cells", "4 of 5",
    )  # fmt: skip
    assert close >= 4


@pytest.mark.skipif(not MEREWETHER.is_dir(), reason="the files of Merewether 2007 are not here")
def test_small_dry_streets_take_an_inflow_in_steps_that_its_own_waves_allow() -> None:
    """Cells of 1 m that fill by centimetres a step: the run once lost its numbers."""
    place = published.merewether(MEREWETHER, coarsen=1)
    found = runs.merewether(Scheme.GODUNOV, place, until=60.0)
    mass = found.mass
    assert mass.final_m3 == pytest.approx(mass.inflow_m3 - mass.boundary_out_m3, rel=1e-6)
