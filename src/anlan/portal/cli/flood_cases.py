"""`anlan flood check` and `anlan flood run`: a flood case from its file, without the framework."""

import argparse
import contextlib
import signal
import sys
from collections.abc import Callable, Iterator
from math import ceil
from pathlib import Path

import numpy as np

from anlan.hazards.flood.casefile import CaseFile, RefusedCase, read_case
from anlan.hazards.flood.estimate import estimate
from anlan.hazards.flood.results import Store, export_maps, peak_of
from anlan.hazards.flood.shallow_water import BadCase, Cancelled, Device, Result, simulate
from anlan.portal.cli.language import _
from anlan.portal.cli.trouble import Trouble
from anlan.vocabulary import clock

WET_M = 0.03
MIB = 2.0**20
CHECKPOINT_S = 60.0
INTERRUPTED = 130


def check(asked: argparse.Namespace) -> int:
    """Say what a case will do, or why it cannot; computes nothing but a trial for the rate."""
    case = read(asked.case)
    cost = estimate(case)
    print(f"{case.name}: {case.case.scheme.value}, {case.until_s:g} s")
    for use in case.uses:
        print(f"  {use.where}: {_(use.template).format(**use.facts)}")
    area = cost.cells * case.case.grid.cell_m**2 / 1e6
    print(_("{cells:,} cells, {area:.2f} km², {memory} MiB of memory").format(
        cells=cost.cells, area=area, memory=ceil(cost.memory_b / MIB)))  # fmt: skip
    print(_("at most {steps:,} steps and {time} if every cell stood {depth:.1f} m deep, at "
            "{rate:.0f} million cells a second on this machine").format(
        steps=cost.steps, time=_span(cost.seconds), depth=cost.deepest_m,
        rate=cost.rate / 1e6))  # fmt: skip
    return 0


def run(asked: argparse.Namespace) -> int:
    """Run a case into a folder; go on where an earlier run of it was cut, if asked."""
    case = read(asked.case)
    folder = made(asked.out)
    store = Store(folder, case, CHECKPOINT_S)
    show = _progress()
    try:
        resume = store.take_up() if asked.resume else None
        if resume is None:
            store.begin()
        with _stoppable(store):
            result = simulate(
                case.case, case.until_s, case.outputs, threads=_where(asked), keep=store,
                resume=resume, progress=lambda share: show(share) and not store.stopped,
            )  # fmt: skip
    except Cancelled:
        raise Trouble(_("stopped; flood run --resume goes on from here"), INTERRUPTED) from None
    except RefusedCase as fault:
        raise _refused(fault) from fault
    except BadCase as fault:
        raise Trouble(f"{asked.case}: {_(str(fault))}") from fault
    except OSError as fault:
        raise unwritten(folder, fault) from fault
    except FloatingPointError as fault:
        raise Trouble(_("{case}: the computation broke down; nothing of it is to be used").format(
            case=asked.case)) from fault  # fmt: skip
    print(file=sys.stderr)
    try:
        # Maps first: a full disk leaves the state there to go on from.
        maps = export_maps(result, case, folder)
        store.finish(result)
    except OSError as fault:
        raise unwritten(folder, fault) from fault
    _tell(case, result)
    print(_("{store} and {count} maps are in {folder}").format(
        store=store.path.name, count=len(maps), folder=folder))  # fmt: skip
    return 0


def _where(asked: argparse.Namespace) -> int | Device | None:
    """The threads of the processor, or the GPU in their place."""
    threads: int | None = asked.threads
    if threads is not None and threads < 1:
        raise Trouble(_("--threads is 1 or more"), 2)
    if asked.device == "cpu":
        return threads
    if threads is not None:
        raise Trouble(_("--threads is for the processor, not for --device cuda"))
    return Device.CUDA


@contextlib.contextmanager
def _stoppable(store: Store) -> Iterator[None]:
    """Ctrl-C and SIGTERM put the run aside at its next moment; a second one ends it at once."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def stop(number: int, _frame: object) -> None:
        store.stop()
        signal.signal(number, before[signal.Signals(number)])

    for number in before:
        signal.signal(number, stop)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def read(path: Path) -> CaseFile:
    """A case from its file, or the trouble with it."""
    try:
        return read_case(path)
    except RefusedCase as fault:
        raise _refused(fault) from fault


def _refused(fault: RefusedCase) -> Trouble:
    return Trouble(f"{fault.where}: {_(fault.template).format(**fault.facts)}")


def made(folder: Path) -> Path:
    """The folder of results, made if it is not there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise Trouble(_("{folder} cannot be made a folder of results: {fault}").format(
            folder=folder, fault=fault.strerror)) from fault  # fmt: skip
    return folder


def unwritten(folder: Path, fault: OSError) -> Trouble:
    """What to do where results could not be written: a full disk, most often."""
    return Trouble(_("{folder} cannot be written: {fault}; make room, then flood run --resume or "
                     "flood ensemble goes on with what is kept").format(
        folder=folder, fault=fault.strerror or fault))  # fmt: skip


def _progress() -> Callable[[float], bool]:
    """Share done and time left, on standard error."""
    start = clock.stopwatch()
    first: list[float] = []

    def show(share: float) -> bool:
        if not first:
            first.append(share)  # a resumed run does not begin at nothing
        done = share - first[0]
        left = (clock.stopwatch() - start) / done * (1.0 - share) if done > 0 else 0.0
        line = _("{share:4.0%}, {left} left") if done > 0 else "{share:4.0%}"
        told = line.format(share=share, left=_span(left))
        print(f"\r{told}", end="   ", file=sys.stderr, flush=True)
        return True

    return show


def _tell(case: CaseFile, result: Result) -> None:
    depth = np.nan_to_num(result.max_depth_m if result.max_depth_m is not None else 0.0)
    area = float((depth >= WET_M).sum()) * case.case.grid.cell_m**2 / 1e6
    mass = result.mass
    print(_("{area:.2f} km² flooded, {depth:.2f} m at the deepest").format(
        area=area, depth=float(depth.max())))  # fmt: skip
    print(_("water, m³: {start:,.0f} at the start, {rain:,.0f} rain, {inflow:,.0f} inflow, "
            "{came:,.0f} in and {went:,.0f} out over the edges, {seeped:,.0f} seeped away, "
            "{end:,.0f} at the end; error {error:.1e} of all").format(
        start=mass.initial_m3, rain=mass.rain_m3, inflow=mass.inflow_m3,
        came=mass.boundary_in_m3 + mass.links_in_m3, went=mass.boundary_out_m3 + mass.links_out_m3,
        seeped=mass.infiltration_m3, end=mass.final_m3, error=mass.relative_error))  # fmt: skip
    for name, flow in zip(case.boundaries, result.discharges.boundaries_m3s.T, strict=True):
        volume = float(np.nansum(flow[1:] * np.diff(result.gauges.t_s)))
        print(_("{name}: {volume:+,.0f} m³ into the domain, {peak:+,.2f} m³/s at the most").format(
            name=name, volume=volume, peak=peak_of(flow)))  # fmt: skip
    for name, volume in zip(case.structures, result.links_m3, strict=True):
        print(_("{name}: {volume:,.0f} m³ carried").format(name=name, volume=volume))


def _span(seconds: float) -> str:
    if seconds < 90:
        return _("{count:.0f} s").format(count=seconds)
    if seconds < 5400:
        return _("{count:.0f} min").format(count=seconds / 60)
    return _("{count:.1f} h").format(count=seconds / 3600)
