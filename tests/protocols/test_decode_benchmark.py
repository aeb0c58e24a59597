"""The benchmark of the decoders leaves none out, and reads what it counts."""

import importlib.util
import sys
from pathlib import Path

import pytest
from tests.protocols.targets import STORMS

FILE = Path(__file__).parents[2] / "benchmarks/ingest/decode.py"
_SPEC = importlib.util.spec_from_file_location("decode_benchmark", FILE)
assert _SPEC is not None
assert _SPEC.loader is not None
benchmark = sys.modules[_SPEC.name] = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(benchmark)


def test_every_protocol_that_comes_as_a_stream_is_measured() -> None:
    """SL 651 in ASCII coding goes through the decoder of SL 651."""
    assert set(benchmark.BENCHES) == {name.removesuffix(" ASCII") for name in STORMS}


@pytest.mark.parametrize("name", benchmark.BENCHES)
def test_every_frame_of_it_is_read(name: str) -> None:
    bench = benchmark.BENCHES[name]
    assert benchmark.decoded(bench, bench.frame * 7) == 7
    (message,) = bench.decoder().feed(bench.frame)
    assert bench.read(message)
