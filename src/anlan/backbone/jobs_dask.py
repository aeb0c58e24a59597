"""Jobs on a Dask cluster, named by the address of its scheduler (tcp://host:8786).

Workers need this package and see the same folders. Dask itself gives the job of a dead worker to
another; when too many workers died of one job it comes back as a fault.
"""

from collections.abc import Mapping
from typing import Any

from distributed import Client, Future, wait

from anlan.backbone.jobs import Finished, outcome
from anlan.backbone.jobs_local import call

PATIENCE_S = 10.0  # to find the scheduler


class DaskJobs:
    """A `Jobs` over a cluster. Raises `OSError` where there is no scheduler."""

    def __init__(self, url: str) -> None:
        self._client = Client(url, timeout=PATIENCE_S, set_as_default=False)
        self._out: dict[str, Future] = {}

    @property
    def width(self) -> int:
        """How many jobs the cluster runs at once, now."""
        return max(1, int(sum(self._client.nthreads().values())))

    def submit(
        self, key: str, function: str, arguments: Mapping[str, Any], *, spare: bool = False
    ) -> None:
        """Start a job; a key that is already out is not started again.

        A spare job comes after all others, but one that has begun holds its worker to its end.
        """
        if key not in self._out:
            self._out[key] = self._client.submit(
                call, function, dict(arguments), pure=False, priority=-1 if spare else 0
            )

    def running(self) -> set[str]:
        """Keys that are out: submitted, and not handed back by `finished` yet."""
        return set(self._out)

    def finished(self, wait_s: float = 0.0) -> list[Finished]:
        """Jobs that came back since the last call; waits up to `wait_s` real seconds for one."""
        if self._out and wait_s > 0:
            try:
                with self._client.as_current():
                    wait(list(self._out.values()), timeout=wait_s, return_when="FIRST_COMPLETED")
            except TimeoutError:
                return []
        back = [(key, future) for key, future in self._out.items() if future.done()]
        for key, _ in back:
            del self._out[key]
        return [outcome(key, future) for key, future in back]

    def close(self) -> None:
        """Give back what is out and leave the cluster; its workers stay."""
        self._client.cancel(list(self._out.values()))
        self._out.clear()
        self._client.close()
