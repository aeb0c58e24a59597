"""The jobs' protocol over a Dask scheduler, named by its address."""

import contextlib

import pytest
from tests.backbone.test_jobs_local import HERE

from anlan.backbone.jobs import Jobs, spread

distributed = pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def scheduler():
    """A scheduler with one worker in this process, spoken to over a socket."""
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=2, processes=False, dashboard_address=None,
        protocol="tcp", host="127.0.0.1", silence_logs=50,
    ) as cluster:  # fmt: skip
        yield cluster.scheduler_address


def test_jobs_run_on_a_cluster_and_a_fault_is_an_answer(scheduler):
    from anlan.backbone.jobs_dask import DaskJobs

    with contextlib.closing(DaskJobs(scheduler)) as jobs:
        held: Jobs = jobs
        assert jobs.width == 2
        calls = {str(n): {"number": n} for n in range(5)}
        back = {one.key: one.answer for one in spread(held, jobs.width, f"{HERE}.double", calls)}
        assert {key: answer["twice"] for key, answer in back.items()} == {
            str(n): 2 * n for n in range(5)
        }
        (fault,) = spread(held, 2, f"{HERE}.fail", {"a": {}})
        assert (fault.answer, fault.fault) == (None, "ValueError: no such reach")
        assert held.running() == set()


def test_no_scheduler_is_an_error_that_can_be_said(monkeypatch):
    from anlan.backbone import jobs_dask

    monkeypatch.setattr(jobs_dask, "PATIENCE_S", 0.3)
    with pytest.raises(OSError):
        jobs_dask.DaskJobs("tcp://127.0.0.1:9")
