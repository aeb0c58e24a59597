"""Long computations by name, away from the process that serves people.

A job is a pure function named by its dotted path, called with one JSON-like mapping and answering
with one. The run it belongs to is a row of the caller's, with lease and attempt; this only carries.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Finished:
    """A job that came back: with an answer, or with what went wrong."""

    key: str
    answer: Mapping[str, Any] | None
    fault: str = ""


class Jobs(Protocol):
    """Where jobs run: a local process pool, or a cluster by URL."""

    def submit(self, key: str, function: str, arguments: Mapping[str, Any]) -> None: ...

    def running(self) -> set[str]: ...

    def finished(self, wait_s: float = 0.0) -> list[Finished]:
        """Jobs that came back since the last call; waits up to `wait_s` real seconds for one."""
        ...

    def close(self) -> None: ...
