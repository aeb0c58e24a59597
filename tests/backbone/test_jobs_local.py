"""Jobs run in another process; a job that fails, and a worker that dies, are answers too."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from anlan.backbone.jobs import Finished, Jobs
from anlan.backbone.jobs_local import LocalJobs

HERE = "tests.backbone.jobs_to_run"
LONG_S = 60.0


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    pool = LocalJobs()
    yield pool
    pool.close()


def next_of(jobs: Jobs) -> Finished:
    (done,) = jobs.finished(LONG_S)
    return done


def until(true: Callable[[], bool]) -> None:
    for _ in range(int(LONG_S / 0.02)):
        if true():
            return
        threading.Event().wait(0.02)
    raise AssertionError("never came true")


def gone(pid: int) -> bool:
    status = Path(f"/proc/{pid}/status")
    return not status.exists() or "\nState:\tZ" in status.read_text()


def test_a_job_runs_in_another_process_and_is_handed_back_once(jobs: Jobs) -> None:
    jobs.submit("a", f"{HERE}.double", {"number": 21})
    assert jobs.running() == {"a"}
    done = next_of(jobs)
    assert done.key == "a"
    assert done.answer is not None
    assert done.answer["twice"] == 42
    assert done.answer["process"] != os.getpid()
    assert jobs.running() == set()
    assert jobs.finished() == []


def test_a_key_that_is_out_is_not_started_again(jobs: Jobs) -> None:
    jobs.submit("a", f"{HERE}.double", {"number": 1})
    jobs.submit("a", f"{HERE}.double", {"number": 2})
    assert next_of(jobs).answer["twice"] == 2  # type: ignore[index]


@pytest.mark.parametrize(
    ("function", "fault"),
    [
        (f"{HERE}.fail", "ValueError: no such reach"),
        (f"{HERE}.answer_with_a_list", "not a mapping"),
        (f"{HERE}.nobody", "has no attribute"),
        ("nowhere.at_all", "No module named"),
    ],
)
def test_what_goes_wrong_in_a_job_comes_back_as_a_fault(
    jobs: Jobs, function: str, fault: str
) -> None:
    jobs.submit("a", function, {})
    done = next_of(jobs)
    assert done.answer is None
    assert fault in done.fault


def test_a_worker_that_dies_is_a_fault_and_the_next_job_runs(jobs: Jobs) -> None:
    jobs.submit("a", f"{HERE}.die", {})
    assert next_of(jobs) == Finished("a", None, "the worker process died")
    jobs.submit("b", f"{HERE}.double", {"number": 1})
    assert next_of(jobs).answer["twice"] == 2  # type: ignore[index]


def test_closing_ends_a_job_that_would_never_end(jobs: Jobs, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    jobs.submit("a", f"{HERE}.wait_for_ever", {"mark": str(mark)})
    until(lambda: mark.exists() and mark.read_text() != "")
    jobs.close()
    assert gone(int(mark.read_text()))
    with pytest.raises(RuntimeError, match="closed"):
        jobs.submit("b", f"{HERE}.double", {"number": 1})


def test_nobody_waits_for_a_spare_job(jobs: Jobs, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    jobs.submit("a", f"{HERE}.wait_for_ever", {"mark": str(mark)}, spare=True)
    until(lambda: mark.exists() and mark.read_text() != "")
    assert os.getpriority(os.PRIO_PROCESS, int(mark.read_text())) == 19
    jobs.submit("b", f"{HERE}.double", {"number": 1})
    assert next_of(jobs).key == "b"
    assert jobs.running() == {"a"}


KILLED = """
import os, pathlib, signal, sys, threading
from anlan.backbone.jobs_local import LocalJobs

if __name__ == "__main__":
    mark = pathlib.Path(sys.argv[1])
    LocalJobs().submit("a", sys.argv[2], {"mark": str(mark)})
    while not (mark.exists() and mark.read_text()):
        threading.Event().wait(0.02)
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="looks at /proc")
def test_a_worker_does_not_outlive_a_parent_that_was_killed(tmp_path: Path) -> None:
    script, mark = tmp_path / "killed.py", tmp_path / "mark"
    script.write_text(KILLED)
    root = Path(__file__).parents[2]
    subprocess.run(
        [sys.executable, str(script), str(mark), f"{HERE}.wait_for_ever"],
        env=os.environ | {"PYTHONPATH": f"{root}{os.pathsep}{root / 'src'}"},
        check=False,
        timeout=LONG_S,
    )
    until(lambda: gone(int(mark.read_text())))
