"""Every benchmark of `make bench` starts: what it measures is still where it looks for it."""

import subprocess
import sys
from pathlib import Path

import pytest

FILES = sorted((Path(__file__).resolve().parents[2] / "benchmarks").rglob("*.py"))
BENCHMARKS = [path for path in FILES if "__main__" in path.read_text()]


@pytest.mark.parametrize("path", BENCHMARKS, ids=lambda path: path.stem)
def test_a_benchmark_starts(path):
    done = subprocess.run(
        [sys.executable, str(path), "--help"],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "usage:" in done.stdout
