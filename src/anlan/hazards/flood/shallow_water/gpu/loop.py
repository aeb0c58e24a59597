"""The loop over time on a GPU: the water stays there from one reading of the gauges to the next."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from anlan.hazards.flood.shallow_water.case import Scheme
from anlan.hazards.flood.shallow_water.fields import (
    PAD,
    Forcing,
    Kept,
    Land,
    Links,
    Outline,
    Run,
    Soil,
    Water,
)
from anlan.hazards.flood.shallow_water.gpu.blocks import NOW, STEPS, TALL, WIDE
from anlan.hazards.flood.shallow_water.gpu.second_order import LEVEE_ACROSS, LEVEE_ALONG
from anlan.hazards.flood.shallow_water.infiltration import NONE
from anlan.hazards.flood.shallow_water.outline import LEVEE, NORTH, WALL
from anlan.hazards.flood.shallow_water.series import BadCase
from anlan.vocabulary.words import N_


def refuse_missing() -> None:
    """Raises `BadCase` where no GPU can be used, and says why."""
    import numba.cuda
    from numba import config

    cuda: Any = numba.cuda  # which has no types

    if not vars(config)["ENABLE_CUDASIM"] and "numba_cuda" not in str(cuda.__file__):
        raise BadCase(N_("a GPU needs the package numba-cuda: pip install 'anlan[cuda]'"))
    if not cuda.is_available():
        raise BadCase(N_("there is no NVIDIA GPU with a driver on this machine"))


def edge_of(scheme: Scheme, outline: Outline, shape: tuple[int, ...]) -> NDArray[np.uint8]:
    """Marks cells at which a phase has to look into the outline, and those beside a levee."""
    edge = np.zeros(shape, dtype=np.uint8)
    there = np.ones(outline.kind.shape, dtype=np.bool_)
    if scheme is Scheme.INERTIAL:  # which meets a wall as it meets high ground
        there = outline.kind != WALL
    edge[outline.row[there], outline.col[there]] = 1
    levee = outline.kind == LEVEE
    for mark, mine in (
        (LEVEE_ACROSS, levee & (outline.side < NORTH)),
        (LEVEE_ALONG, levee & (outline.side >= NORTH)),
    ):
        edge[outline.row[mine], outline.col[mine]] |= mark
    return edge


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
        self.kept, self.links = Kept(*map(up, run.kept)), Links(*map(up, run.links))
        tall, wide = water.h.shape
        self.blocks = ((tall - 2 * PAD) // TALL) * ((wide - 2 * PAD) // WIDE)
        self.edge = up(edge_of(scheme, run.outline, water.h.shape))
        self.even = up(np.ones(1, dtype=np.float32))
        self.weights = up(np.zeros((2, max(1, run.forcing.level_of.size))))
        self.beat = up(np.zeros(8, dtype=np.float32))
        self.which = up(np.zeros(3, dtype=np.int64))
        self.stages = 2 if scheme is Scheme.MUSCL else 1
        self.ask = (run.courant, run.cell_m, run.arrival_m, run.duration_m, float(self.stages))

    def go(self, water: Water, clock: tuple[float, float, float]) -> tuple[float, float, int, int]:
        """From now to the moment; `water` and what is counted get what the device has then."""
        now, until, top = clock
        up = self.kernels.upload
        told = np.array([now, until, 0.0])
        times = up(told)
        tops = up(np.full(self.blocks, np.float32(top)))
        self.soaked = up(np.zeros(self.blocks))  # anew, so that a run cut here adds up alike
        while told[NOW] < until:
            before = told[STEPS]
            for n in range(self.kernels.BATCH):
                turned = n % 2 and self.stages == 1
                pair = (self.next_in, self.now_in) if turned else (self.now_in, self.next_in)
                self._step(pair, tops, times)
            self.kernels.download(times, told)
            # two stages end where they began; after the last step a batch has nothing to do
            if self.stages == 1 and (told[STEPS] - before) % 2:
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
        drive = (self.land, self.outline, self.forcing, self.links)
        place = (tops, self.weights, times, self.beat, self.which)
        kernels.choose[1, threads](old, drive, self.ask, place)
        if self.run.soil.kind[0] != NONE:
            kernels.soak[self.blocks, threads](
                old, (self.land, self.soil), (self.beat, self.which, self.even, self.soaked)
            )
        run = (self.land, self.outline, self.kept, self.edge)
        known = (tops, self.beat, self.which, self.even)
        if self.scheme is Scheme.MUSCL:
            for stage in (1, 2):
                kernels.muscl[self.blocks, threads](old, new, run, known, stage)
        else:
            kernel = kernels.inertial if self.scheme is Scheme.INERTIAL else kernels.godunov
            kernel[self.blocks, threads](old, new, run, known)

    def _fetch(self, water: Water) -> None:
        run, down = self.run, self.kernels.download
        for here, there in zip(self.now_in, water, strict=True):
            down(here, there)
        for here, there in zip(self.kept, run.kept, strict=True):
            down(here, there)
        for name in ("running", "passed", "came", "went"):
            down(getattr(self.links, name), getattr(run.links, name))
        down(self.land.lost, run.land.lost)
        down(self.outline.passed, run.outline.passed)
        down(self.outline.entered, run.outline.entered)
        down(self.forcing.came, run.forcing.came)
        down(self.forcing.rained, run.forcing.rained)
        down(self.soil.taken, run.soil.taken)
        took = np.empty(self.blocks)
        down(self.soaked, took)
        run.soil.sum[0] += took.sum()
