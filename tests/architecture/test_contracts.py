"""The import contracts: who stands on whom, in what order, through which doors."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def lint_imports(*arguments):
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache", *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT / "tests")},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_every_contract_is_kept():
    answer = lint_imports()
    assert answer.returncode == 0, answer.stdout + answer.stderr
