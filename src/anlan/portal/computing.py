"""Where long computations run: on this machine, or on the cluster that ANLAN_JOBS_URL names."""

import contextlib
from collections.abc import Iterator

from anlan.backbone.jobs import Jobs
from anlan.backbone.jobs_local import LocalJobs
from anlan.portal.cli.language import _
from anlan.portal.cli.trouble import Trouble


@contextlib.contextmanager
def jobs_at(url: str, processes: int = 1) -> Iterator[tuple[Jobs, int]]:
    """Jobs and how many of them run at once; without a url, so many processes of this machine.

    Raises `Trouble` where the url names no scheduler.
    """
    if not url:
        with contextlib.closing(LocalJobs(processes)) as local:
            yield local, processes
        return
    try:
        from anlan.backbone.jobs_dask import DaskJobs

        cluster = DaskJobs(url)
    except ImportError as fault:
        raise Trouble(_("a cluster needs the package distributed: pip install anlan[cluster]")
                      ) from fault  # fmt: skip
    except (OSError, ValueError) as fault:
        raise Trouble(_("{url}: there is no Dask scheduler").format(url=url)) from fault
    with contextlib.closing(cluster):
        yield cluster, cluster.width
