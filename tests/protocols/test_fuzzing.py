"""Every decoder under coverage-guided noise, beginning at whole frames of each protocol."""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from tests.protocols.test_gb26875_noise import FRAMES as GB26875
from tests.protocols.test_hj212_noise import FRAMES as HJ212
from tests.protocols.test_jt808_noise import FRAMES as JT808
from tests.protocols.test_mqtt_noise import FRAMES as MQTT
from tests.protocols.test_sl651_noise import FRAMES as SL651

pytestmark = [
    pytest.mark.prove,
    pytest.mark.skipif(find_spec("atheris") is None, reason="atheris has no wheel here"),
]
RUNS = 1_000_000 if os.environ.get("ANLAN_PROVE") else 5_000


def test_no_input_makes_a_decoder_raise(tmp_path, proof):
    for number, frames in enumerate((SL651, HJ212, JT808, GB26875, MQTT)):
        for place, frame in enumerate(frames):
            (tmp_path / f"{number}-{place}").write_bytes(bytes([number, 128]) + frame)
    done = subprocess.run(
        [sys.executable, Path(__file__).with_name("fuzzing.py"), str(RUNS), "651", str(tmp_path)],
        capture_output=True, text=True, check=False, timeout=3000, cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    proof(
        "Coverage-guided noise at five decoders",
        f"{RUNS} inputs grown from whole frames (atheris): messages, rejections or more bytes"
        " needed, nothing else",
    )
