"""Several recorders at once, on real database files in a process of their own."""

import os
import shutil
import subprocess
import sys

import pytest

SCRIPT = """
import threading
from datetime import date, datetime, timedelta
import django
django.setup()
from django.db import connections, transaction
from anlan.operations.people.actions import PLATFORM
from anlan.operations.people.models import OutboxEvent
from anlan.operations.sensing.actions import *
from anlan.operations.sensing.actions.notices import record_notices
from anlan.operations.sensing.actions.tracks import record_fixes
from anlan.operations.sensing.models import Alarm, DeviceNotice, Reading, ReadingRevision
from anlan.operations.sensing.rules.rule_kinds import Direction, RuleKind
from anlan.operations.territory.actions import NewSite, load_sites
from anlan.vocabulary import clock
from anlan.vocabulary.frames import Frame
from anlan.vocabulary.elements import Element
from anlan.vocabulary.readings import Fix
from anlan.vocabulary.readings import Reading as Said

start = datetime(2020, 8, 18, 8, tzinfo=clock.CHINA)
clock.use(clock.DrillClock(start))
station = NewStation(code="g", name="g", kind="stage", lon=106.4, lat=29.6, area_code="500106",
                     interval_s=300, elements=("stage", "battery"), device="1", datum="wusong",
                     site_code="slope")
load_sites(PLATFORM, [NewSite(code="slope", kind="smart_geohazard", name="s", area_code="500106",
                              lon=106.4, lat=29.6)])
warning = NewThreshold(station="g", element="stage", kind="warning", value=182.0, datum="wusong",
                       duration_s=600, valid_from=date(2010, 1, 1))
register_stations(PLATFORM, [station], [warning])
set_rule(PLATFORM, NewRule(station="g", kind=RuleKind.EXPRESSION, name="high", source="x",
                           expression="stage > 182 and max(stage, 20min) > 182.5"))
for kind, name, figures in (
    (RuleKind.RATE, "rate", {"value": 0.5, "window_s": 900}),
    (RuleKind.THRESHOLD, "low", {"value": 184.0, "datum": "wusong", "direction": Direction.BELOW}),
):
    set_rule(PLATFORM, NewRule(station="g", element="stage", kind=kind, name=name, source="x",
                               **figures))
set_rule(PLATFORM, NewRule(station="g", element="battery", kind=RuleKind.MISSING, name="missing",
                           value=600.0, source="x"))
set_rule(PLATFORM, NewRule(site="slope", kind=RuleKind.EXPRESSION, name="both", source="x",
                           datum="wusong", expression="g.stage > 182"))
clock.current().move_to(start + timedelta(hours=1))
frames = [Frame("sl651", "1", clock.now(), "7E",
          (Said("1", Element.STAGE, start + timedelta(minutes=m), 183.0 + m / 100,
                start + timedelta(minutes=m, seconds=n)),))
          for m in range(0, 65, 5) for n in (0, 1)]
vehicles = [f"0139000000{n:02}" for n in range(20)]
register_stations(PLATFORM, [NewStation(code=f"v{v}", name=v, kind="vehicle", lon=106.4, lat=29.6,
                  area_code="500106", interval_s=60, elements=(), device=v, protocol="jt808")
                  for v in vehicles], [])
rides = [[Frame("jt808", v, clock.now(), "7E", (), (Fix(v, start + timedelta(minutes=n),
          None, False, clock.now(), alarm=2),)) for v in vehicles]
         for n in range(4)]
faults = []
gate = threading.Barrier(4)
def record(batches, ride):
    try:
        gate.wait()
        with transaction.atomic():
            record_notices(ride, record_fixes(ride))
        for batch in batches:
            record_frames(batch)
            check_missing()
    except BaseException as fault:
        faults.append(fault)
    finally:
        connections.close_all()
threads = [threading.Thread(target=record, args=([frames[n:n + 7] for n in range(0, 26, 7)], ride))
           for ride in rides]
[t.start() for t in threads]
[t.join() for t in threads]
raised = OutboxEvent.objects.filter(name="sensing.alarm_raised").count()
print(faults, Reading.objects.count(), ReadingRevision.objects.count(),
      Alarm.objects.filter(state="open").count(), raised,
      DeviceNotice.objects.filter(state="begun").count())
"""


@pytest.mark.slow
def test_four_recorders_store_once_and_raise_once(migrated_home, tmp_path):
    home = shutil.copytree(migrated_home, tmp_path / "home")
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env={**os.environ, "ANLAN_HOME": str(home),
             "DJANGO_SETTINGS_MODULE": "anlan.portal.settings", "ANLAN_DATABASE_URL": ""},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.stdout.strip() == "[] 13 0 6 6 20", done.stdout + done.stderr
