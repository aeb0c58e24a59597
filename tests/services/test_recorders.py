"""Recorders on PostgreSQL tell an alarm of every kind once, and do not wait for each other."""

import pytest
from tests.operations.sensing.test_recorders_together import SCRIPT
from tests.portal.running import python

from .parts import beside

pytestmark = pytest.mark.services
MIGRATED = """
from django.core.management import call_command
call_command("migrate", verbosity=0)
"""


class NoBus:
    url = ""


def test_four_recorders_on_postgresql_store_once_and_raise_once(tmp_path, database):
    said = python(tmp_path, MIGRATED + SCRIPT, beside(tmp_path, database, NoBus))
    assert said.strip() == "[] 13 0 6 6 20"


CROSSED = """
import threading
from datetime import datetime, timedelta
from django.db import connections
from anlan.operations.people.actions import PLATFORM
from anlan.operations.sensing.actions import NewStation, record_frames, register_stations
from anlan.operations.sensing.models import StationHealth
from anlan.vocabulary import clock
from anlan.vocabulary.elements import Element
from anlan.vocabulary.frames import Frame
from anlan.vocabulary.readings import Reading as Said

devices = [f"{n:010}" for n in range(60)]
register_stations(PLATFORM, [NewStation(code=f"g{d}", name=d, kind="rain", lon=106.4, lat=29.6,
                  area_code="500106", interval_s=300, elements=("rain_hour",), device=d)
                  for d in devices], [])
def batch(late):
    now = clock.now()
    return [Frame("sl651", d, now, "7E", (Said(d, Element("rain_hour"), now, 1.0,
            now - timedelta(seconds=600 if d in late else 1)),)) for d in devices]
record_frames(batch(devices))
halves = [frozenset(devices[0::2]), frozenset(devices[1::2])]
gate, faults = threading.Barrier(3, timeout=60), []
def record(late):
    for _ in range(15):
        gate.wait()
        try:
            record_frames(batch(late))
        except Exception as fault:
            faults.append(str(fault).splitlines()[0])
        gate.wait()
    connections.close_all()
threads = [threading.Thread(target=record, args=(late,)) for late in halves]
[t.start() for t in threads]
for _ in range(15):
    StationHealth.objects.update(silent=True)
    gate.wait()
    gate.wait()
[t.join() for t in threads]
print(faults, StationHealth.objects.filter(silent=True).count())
"""


def test_recorders_with_slow_clocks_and_silent_devices_do_not_wait_in_a_ring(tmp_path, database):
    said = python(tmp_path, MIGRATED + CROSSED, beside(tmp_path, database, NoBus))
    assert said.strip() == "[] 0"
