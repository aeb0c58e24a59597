"""Jobs in processes of this machine: a pool started by spawn, whose death is an answer too.

A job's function runs in a fresh interpreter without this process's clock or settings: it gets
every time it needs as an argument. When a worker dies (killed, out of memory), every job that was
out comes back as a fault and the next job starts a new pool; who asked decides about a retry.
Spare jobs have a process of their own with the lowest priority, so that no other waits for them.
"""

import contextlib
import importlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait as wait_for_handles
from typing import Any

from anlan.backbone.jobs import Finished, outcome

Answer = Mapping[str, Any]


LOWEST = 19


def _prepare(spare: bool) -> None:
    """In a worker: Ctrl-C is the parent's affair, and a parent that is gone ends the worker."""
    if spare:
        os.nice(LOWEST)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait_for_handles([sentinel])
    os._exit(1)


def call(function: str, arguments: Answer) -> Answer:
    """In a worker: run the function named by its dotted path; it must answer with a mapping."""
    module, _, name = function.rpartition(".")
    job: Callable[[Answer], Answer] = getattr(importlib.import_module(module), name)
    answer = job(arguments)
    if not isinstance(answer, Mapping):
        raise TypeError(f"{function} answered with {type(answer).__name__}, not a mapping")
    return dict(answer)


class LocalJobs:
    """A `Jobs` over a process pool. Every method may be called from any thread."""

    def __init__(self, processes: int = 1) -> None:
        self._processes = processes
        self._pools: dict[bool, ProcessPoolExecutor] = {}  # by whether their jobs are spare
        self._out: dict[str, Future[Answer]] = {}
        self._guard = threading.Lock()
        self._closed = False

    def submit(
        self, key: str, function: str, arguments: Mapping[str, Any], *, spare: bool = False
    ) -> None:
        """Start a job; a key that is already out is not started again."""
        with self._guard:
            if self._closed:
                raise RuntimeError("the job pool is closed")
            if key in self._out:
                return
            try:
                future = self._running_pool(spare).submit(call, function, dict(arguments))
            except BrokenProcessPool:
                self._end_pool(spare)
                future = self._running_pool(spare).submit(call, function, dict(arguments))
            self._out[key] = future

    def running(self) -> set[str]:
        """Keys that are out: submitted, and not handed back by `finished` yet."""
        with self._guard:
            return set(self._out)

    def finished(self, wait_s: float = 0.0) -> list[Finished]:
        """Jobs that came back since the last call, in the order they were submitted.

        Waits up to `wait_s` real seconds for one when none is back.
        """
        with self._guard:
            out = list(self._out.values())
        if out and wait_s > 0:
            wait(out, wait_s, FIRST_COMPLETED)
        with self._guard:
            back = [(key, future) for key, future in self._out.items() if future.done()]
            for key, _ in back:
                del self._out[key]
        return [outcome(key, future) for key, future in back]

    def close(self) -> None:
        """End the workers now; jobs that are out are lost to this process."""
        with self._guard:
            self._closed = True
            for spare in (False, True):
                self._end_pool(spare)
            self._out.clear()

    def _running_pool(self, spare: bool) -> ProcessPoolExecutor:
        if spare not in self._pools:
            context = multiprocessing.get_context("spawn")
            width = 1 if spare else self._processes
            self._pools[spare] = ProcessPoolExecutor(width, context, _prepare, (spare,))
        return self._pools[spare]

    def _end_pool(self, spare: bool) -> None:
        pool = self._pools.pop(spare, None)
        if pool is None:
            return
        workers = list((pool._processes or {}).values())  # no public way before Python 3.14
        for worker in workers:
            with contextlib.suppress(OSError, ValueError):
                worker.terminate()
        pool.shutdown(wait=True, cancel_futures=True)
