from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import pytest

from anlan.operations.people.actions import PLATFORM
from anlan.operations.sensing.actions import (
    NewStation,
    NewThreshold,
    record_frames,
    register_stations,
)
from anlan.vocabulary import clock
from anlan.vocabulary.datum import Datum
from anlan.vocabulary.elements import Element
from anlan.vocabulary.frames import Frame
from anlan.vocabulary.readings import Reading

START = datetime(2020, 8, 18, 8, 0, tzinfo=clock.CHINA)
DEVICE = "5001060001"


@pytest.fixture
def drill_clock():
    before, drill = clock.current(), clock.DrillClock(START)
    clock.use(drill)
    yield drill
    clock.use(before)


CIQIKOU = NewStation(
    code="ciqikou", name="磁器口", kind="stage", river="嘉陵江", device=DEVICE, password=4660,
    lon=106.4506, lat=29.5812, area_code="500106004", interval_s=300, datum="wusong",
    offset_m=1.64, elements=("stage", "discharge", "battery"),
)  # fmt: skip
WARNING = NewThreshold(
    station="ciqikou", element="stage", kind="warning", value=182.64, datum="wusong",
    hysteresis=0.10, duration_s=600, level=3, valid_from=date(2010, 1, 1), source="district",
)  # fmt: skip
GUARANTEE = NewThreshold(
    station="ciqikou", element="stage", kind="guarantee", value=184.00, datum="yellow_sea",
    hysteresis=0.10, level=2, valid_from=date(2010, 1, 1),
)  # fmt: skip


@dataclass
class Gauge:
    """A gauge whose frames we write by hand; time moves to the frame unless `late_by` is given."""

    drill: clock.DrillClock
    device: str = DEVICE
    source: str = "sl651"
    sent: list[Frame] = field(default_factory=list)

    def frame(self, minutes, value, *, element=Element.STAGE, sent_after=0.0, datum=None):
        at = START + timedelta(minutes=minutes)
        reading = Reading(
            self.device, element, at, value, at + timedelta(seconds=sent_after),
            datum and Datum(datum),
        )  # fmt: skip
        return Frame(self.source, self.device, self.drill.now(), "7E7E", (reading,))

    def says(self, minutes, value, **details):
        """The clock stands at the frame's time when it is recorded."""
        self.drill.move_to(START + timedelta(minutes=minutes))
        return record_frames([self.frame(minutes, value, **details)])

    def rises(self, *stages, begin=0):
        """One stage each five minutes."""
        for step, stage in enumerate(stages):
            self.says(begin + 5 * step, stage)


@pytest.fixture
def gauge(drill_clock, db):
    register_stations(PLATFORM, [CIQIKOU], [WARNING, GUARANTEE])
    return Gauge(drill_clock)
