"""Frames a second that each decoder turns into typed messages and readings, on one core.

The limit is measured in the same run: the protocol's own check over the same bytes, which no
decoder can do without. The ratio says what typing, splitting and converting cost beside it. MQTT
has no check of its own: there it is the bare reading of the message's JSON.

    python benchmarks/ingest/decode.py [--frames 20000] [--rounds 5]
"""

import argparse
import json
import platform
import statistics
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from anlan.protocols import gb26875, hj212, jt808, mqtt, sl651
from anlan.protocols.framing import Decoder
from anlan.protocols.mqtt.written import read_map
from anlan.vocabulary.clock import CHINA, stopwatch
from anlan.vocabulary.elements import Element

AT = datetime(2020, 8, 20, 8, 15, tzinfo=CHINA)
PIECE = 4096


@dataclass(frozen=True)
class Bench:
    """A frame as a device sends it, its decoder, what is read of a message, the bare check."""

    frame: bytes
    decoder: Callable[[], Decoder[Any]]
    read: Callable[[Any], object]
    check: Callable[[bytes], object]


def stage() -> bytes:
    items = (
        sl651.measured(0x39, AT, [Decimal("194.29")]),
        sl651.measured(0x38, AT, [Decimal("12.5")]),
    )
    return sl651.encode(
        sl651.Message(
            direction=sl651.Direction.UP, centre=1, station="5001060001", password=0x1234,
            function=sl651.TIMED, serial=1, sent_at=AT, end=sl651.Control.ETX,
            reports=(sl651.Report("5001060001", 0x48, items),),
        )
    )  # fmt: skip


def water() -> bytes:
    values = {Element.COD: 15.2, Element.AMMONIA_NITROGEN: 0.4, Element.PH: 7.6}
    message = hj212.Message(
        st="21", cn="2011", mn="A1B2C3D4E5F6A1B2C3D4E5F6", pw="123456", qn="20200820081500000",
        flag=5, content=hj212.measured(AT, values),
    )  # fmt: skip
    return hj212.encode(message)


def vehicle() -> bytes:
    items = (jt808.Item(1, b"\0\0\4\xd2"), jt808.Item(0x30, b"\x15"), jt808.Item(0x31, b"\x0c"))
    place = jt808.Position(0, 3, 29.5848, 106.4515, 265, 36.5, 90, AT, items)
    return jt808.encode(jt808.Message(0x0200, "013812345678", 1, jt808.written(place)))


def fire() -> bytes:
    part = gb26875.Entry(1, 2, 42, 11, 2, description="磁器口", at=AT)
    unit = gb26875.Unit(2, (part,))
    return gb26875.encode(gb26875.Message(gb26875.Command.SEND, 1, sent_at=AT, unit=unit))


CRACKS = read_map({
    "name": "cracks", "topic": "geohazard/{device}/data", "time": "$.time",
    "values": "$.crack_width crack_width\n$.rain_hour rain_hour\n$.volt battery",
    "no_data": "-9999",
})  # fmt: skip
SAID = json.dumps({"time": AT.isoformat(), "crack_width": 3.5, "rain_hour": 0.2, "volt": 12.5})


def crack() -> bytes:
    said = mqtt.Publish(topic="geohazard/d1/data", payload=SAID.encode(), qos=1, number=1)
    return mqtt.encode(said)


def mapped(message: mqtt.Publish) -> object:
    return mqtt.readings(CRACKS, message.topic, message.payload, "d1", AT).readings


BENCHES = {
    "SL 651": Bench(stage(), sl651.Sl651Decoder, lambda m: sl651.readings(m, AT), sl651.crc),
    "HJ 212": Bench(water(), hj212.Hj212Decoder, lambda m: hj212.readings(m, AT), hj212.crc),
    "JT/T 808": Bench(vehicle(), jt808.Jt808Decoder, jt808.parse, jt808.check_code),
    "GB/T 26875.3": Bench(fire(), gb26875.Gb26875Decoder, lambda m: m.unit, sum),
    "MQTT": Bench(crack(), mqtt.MqttDecoder, mapped, lambda _frame: json.loads(SAID)),
}


def decoded(bench: Bench, stream: bytes) -> int:
    decoder, count = bench.decoder(), 0
    for at in range(0, len(stream), PIECE):
        for message in decoder.feed(stream[at : at + PIECE]):
            bench.read(message)
            count += 1
    return count


def measure(bench: Bench, frames: int, rounds: int) -> dict[str, float]:
    """Interleaved rounds; medians. Raises when a frame is not read."""
    stream = bench.frame * frames
    ours, limit = [], []
    for _ in range(rounds):
        began = stopwatch()
        count = decoded(bench, stream)
        ours.append(frames / (stopwatch() - began))
        if count != frames:
            raise SystemExit(f"{count} of {frames} frames were read")
        began = stopwatch()
        for _ in range(frames):
            bench.check(bench.frame)
        limit.append(frames / (stopwatch() - began))
    fast, bare = statistics.median(ours), statistics.median(limit)
    return {"frames_s": round(fast), "bare_check_s": round(bare), "ratio": round(fast / bare, 3)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--frames", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    print(json.dumps({"python": platform.python_version(), "frames": asked.frames}))
    for name, bench in BENCHES.items():
        line = {"protocol": name, "bytes": len(bench.frame)}
        print(json.dumps(line | measure(bench, asked.frames, asked.rounds)))


if __name__ == "__main__":
    main()
