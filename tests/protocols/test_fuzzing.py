"""Every decoder under coverage-guided noise, beginning at whole frames of each protocol."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path

import pytest
from tests.protocols.targets import DOCUMENTS, STORMS

pytestmark = [
    pytest.mark.prove("fuzz"),
    pytest.mark.skipif(find_spec("atheris") is None, reason="atheris has no wheel here"),
]
PROVING = "ANLAN_PROVE" in os.environ
RUNS = 1_000_000 if PROVING else 5_000
WITHIN_S = 7200 if PROVING else 300
EVERY = [*STORMS, *DOCUMENTS]
TARGETS = EVERY if PROVING else ["any"]
CHECKOUT = Path(__file__).resolve().parents[2]


def whole(name):
    """Inputs to begin with: each frame in one piece."""
    if name == "any":
        return [bytes([n]) + one for n, known in enumerate(EVERY) for one in whole(known)]
    if name in STORMS:
        return [b"\xff" + frame for frame in STORMS[name].frames]
    return DOCUMENTS[name][2]


def fuzz(name, folder):
    """One target in a process of its own."""
    for number, frame in enumerate(whole(name)):
        (folder / str(number)).write_bytes(frame)
    paths = os.pathsep.join([str(CHECKOUT / "src"), str(CHECKOUT)])
    asked = [sys.executable, Path(__file__).with_name("fuzzing.py"), name, str(RUNS), str(folder)]
    # Between us a shell: the fuzzer's bound of memory would count what this process once took.
    return subprocess.run(
        ["sh", "-c", '"$@"; exit $?', "sh", *asked],
        capture_output=True, text=True, check=False, timeout=WITHIN_S, cwd=folder,
        env=os.environ | {"PYTHONPATH": paths},
    )  # fmt: skip


@pytest.fixture(scope="module")
def under_way(request, tmp_path_factory):
    """What is asked for, as many at once as there are processors: most take a quarter of an hour
    or more."""
    asked = [
        one.callspec.params["name"] for one in request.session.items if one.path == request.path
    ]
    pool = ThreadPoolExecutor(os.cpu_count())
    yield {name: pool.submit(fuzz, name, tmp_path_factory.mktemp("fuzz")) for name in asked}
    pool.shutdown(cancel_futures=True)


@pytest.mark.parametrize("name", TARGETS)
def test_no_input_makes_a_decoder_raise_or_lose_a_byte(name, under_way, proof):
    done = under_way[name].result()
    assert done.returncode == 0, done.stderr[-3000:]
    proof(
        name,
        f"{RUNS} inputs grown from whole ones by coverage (atheris): messages, typed rejections or"
        " more bytes needed, nothing else; under 2 GB",
    )
