"""Long computations by name, away from the process that serves people.

A job is a pure function named by its dotted path, called with one JSON-like mapping and answering
with one. The run it belongs to is a row of the caller's, with lease and attempt; this only carries.
"""

import logging
from collections.abc import Iterator, Mapping
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Any, Protocol

log = logging.getLogger(__name__)

_WAIT_S = 1.0


@dataclass(frozen=True, slots=True)
class Finished:
    """A job that came back: with an answer, or with what went wrong."""

    key: str
    answer: Mapping[str, Any] | None
    fault: str = ""


def outcome(key: str, future: Any) -> Finished:
    """What a future that is done, of a pool or of a cluster, has come to."""
    if future.cancelled():
        return Finished(key, None, "cancelled")
    error = future.exception()
    if error is None:
        return Finished(key, future.result())
    log.error("job %s failed", key, exc_info=error)
    if isinstance(error, BrokenProcessPool):
        return Finished(key, None, "the worker process died")
    return Finished(key, None, f"{type(error).__name__}: {error}")


class Jobs(Protocol):
    """Where jobs run: a local process pool, or a cluster by URL."""

    def submit(
        self, key: str, function: str, arguments: Mapping[str, Any], *, spare: bool = False
    ) -> None:
        """Start a job. What is `spare` has time: nothing else waits for it."""
        ...

    def running(self) -> set[str]: ...

    def finished(self, wait_s: float = 0.0) -> list[Finished]:
        """Jobs that came back since the last call; waits up to `wait_s` real seconds for one."""
        ...

    def close(self) -> None: ...


def spread(
    jobs: Jobs, width: int, function: str, calls: Mapping[str, Mapping[str, Any]]
) -> Iterator[Finished]:
    """Run one function over many arguments, `width` at a time; yields each call as it comes back.

    A call that came back as a fault is tried once more after all others, alone: what killed its
    worker may have been its neighbour. The second fault is yielded.
    """
    failed: list[str] = []
    for back in _pass(jobs, width, function, calls):
        if back.answer is None:
            failed.append(back.key)
        else:
            yield back
    yield from _pass(jobs, 1, function, {key: calls[key] for key in failed})


def _pass(
    jobs: Jobs, width: int, function: str, calls: Mapping[str, Mapping[str, Any]]
) -> Iterator[Finished]:
    waiting, out = list(calls), 0
    while waiting or out:
        while waiting and out < width:
            key = waiting.pop(0)
            jobs.submit(key, function, calls[key])
            out += 1
        for back in jobs.finished(wait_s=_WAIT_S):
            out -= 1
            yield back
