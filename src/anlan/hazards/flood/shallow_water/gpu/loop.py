"""The loop over time on a GPU: the water stays there from one reading of the gauges to the next."""

from dataclasses import fields
from typing import Any

import numpy as np

from anlan.hazards.flood.shallow_water.case import Case, Scheme
from anlan.hazards.flood.shallow_water.fields import (
    PAD,
    Forcing,
    Kept,
    Land,
    Outline,
    Run,
    Soil,
    Water,
)
from anlan.hazards.flood.shallow_water.gpu.blocks import NOW, STEPS, TALL, WIDE
from anlan.hazards.flood.shallow_water.infiltration import NONE
from anlan.hazards.flood.shallow_water.outline import WALL
from anlan.hazards.flood.shallow_water.series import BadCase
from anlan.vocabulary.words import N_

SCHEMES = (Scheme.INERTIAL, Scheme.GODUNOV)
KNOWN = {
    "grid", "scheme", "manning", "courant", "initial", "rain", "infiltration", "inflows",
    "boundaries", "levees",
}  # fmt: skip


def refuse_missing(case: Case) -> None:
    """Refuse what cannot run on a GPU here; raises `BadCase` that says why."""
    if case.scheme not in SCHEMES:
        raise BadCase(N_("second order (muscl) runs on the processor only"))
    for field in fields(case):
        if field.name not in KNOWN and getattr(case, field.name):
            raise BadCase(f"{field.name}: on the processor only, not on a GPU")
    import numba.cuda
    from numba import config

    cuda: Any = numba.cuda  # which has no types

    if not vars(config)["ENABLE_CUDASIM"] and "numba_cuda" not in str(cuda.__file__):
        raise BadCase(N_("a GPU needs the package numba-cuda: pip install 'anlan[cuda]'"))
    if not cuda.is_available():
        raise BadCase(N_("there is no NVIDIA GPU with a driver on this machine"))


class Loop:
    """A run on the device; `go` has the meaning of the processor's loops."""

    def __init__(self, scheme: Scheme, water: Water, other: Water, run: Run) -> None:
        from anlan.hazards.flood.shallow_water.gpu import kernels

        self.kernels, self.run, self.scheme = kernels, run, scheme
        up = kernels.upload
        self.now_in, self.next_in = (Water(*map(up, w)) for w in (water, other))
        self.land, self.soil = Land(*map(up, run.land)), Soil(*map(up, run.soil))
        self.outline = Outline(*map(up, run.outline))
        self.forcing = Forcing(*map(up, run.forcing))
        self.kept = Kept(*map(up, run.kept))
        tall, wide = water.h.shape
        self.blocks = ((tall - 2 * PAD) // TALL) * ((wide - 2 * PAD) // WIDE)
        edge = np.zeros(water.h.shape, dtype=np.uint8)
        edge[run.outline.row, run.outline.col] = 1
        if scheme is Scheme.INERTIAL:  # which meets a wall as it meets high ground
            edge[...] = 0
            there = run.outline.kind != WALL
            edge[run.outline.row[there], run.outline.col[there]] = 1
        self.edge, self.even = up(edge), up(np.ones(1, dtype=np.float32))
        self.weights = up(np.zeros((2, max(1, run.forcing.level_of.size))))
        self.beat = up(np.zeros(8, dtype=np.float32))
        self.which = up(np.zeros(3, dtype=np.int64))
        self.soaked = up(np.zeros(self.blocks))
        self.soaked_before = float(run.soil.sum[0])  # by a run that is taken up again
        self.ask = (run.courant, run.cell_m, run.arrival_m, run.duration_m)

    def go(self, water: Water, clock: tuple[float, float, float]) -> tuple[float, float, int, int]:
        """From now to the moment; `water` and what is counted get what the device has then."""
        now, until, top = clock
        up = self.kernels.upload
        told = np.array([now, until, 0.0])
        times = up(told)
        tops = up(np.full(self.blocks, np.float32(top)))
        while told[NOW] < until:
            before = told[STEPS]
            for n in range(self.kernels.BATCH):
                pair = (self.now_in, self.next_in) if n % 2 == 0 else (self.next_in, self.now_in)
                self._step(pair, tops, times)
            self.kernels.download(times, told)
            if (told[STEPS] - before) % 2:  # the rest of the batch had nothing to do
                self.now_in, self.next_in = self.next_in, self.now_in
        waves = np.empty(self.blocks, dtype=np.float32)
        self.kernels.download(tops, waves)
        self._fetch(water)
        steps = int(told[STEPS])
        return float(told[NOW]), float(waves.max()), steps, steps * self.blocks * TALL * WIDE

    def _step(self, pair: tuple[Water, Water], tops: Any, times: Any) -> None:
        """Hand over one step; the device does nothing where the moment has come."""
        kernels, threads = self.kernels, self.kernels.THREADS
        old, new = pair
        drive = (self.land, self.outline, self.forcing)
        place = (tops, self.weights, times, self.beat, self.which)
        kernels.choose[1, threads](old, drive, self.ask, place)
        if self.run.soil.kind[0] != NONE:
            kernels.soak[self.blocks, threads](
                old, (self.land, self.soil), (self.beat, self.which, self.even, self.soaked)
            )
        kernel = kernels.inertial if self.scheme is Scheme.INERTIAL else kernels.godunov
        kernel[self.blocks, threads](
            old, new, (self.land, self.outline, self.kept, self.edge),
            (tops, self.beat, self.which, self.even),
        )  # fmt: skip

    def _fetch(self, water: Water) -> None:
        run, down = self.run, self.kernels.download
        for here, there in zip(self.now_in, water, strict=True):
            down(here, there)
        for here, there in zip(self.kept, run.kept, strict=True):
            down(here, there)
        down(self.land.lost, run.land.lost)
        down(self.outline.passed, run.outline.passed)
        down(self.forcing.came, run.forcing.came)
        down(self.forcing.rained, run.forcing.rained)
        down(self.soil.taken, run.soil.taken)
        took = np.empty(self.blocks)
        down(self.soaked, took)
        run.soil.sum[0] = self.soaked_before + took.sum()
