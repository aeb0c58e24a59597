"""What sensing tells the rooms above it."""

from dataclasses import dataclass
from datetime import datetime

from anlan.backbone.events import Event, fact


@fact("sensing.alarm_raised")
@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmRaised(Event):
    """A station crossed a threshold for long enough, or fell silent (rule ``silence``).

    `value` is in the element's unit and `datum` (empty where there is none); for silence it is the
    hours since the last frame. `observed_at` is the time of that reading or last frame.
    """

    alarm_id: int
    key: str
    station_code: str
    element: str
    rule: str
    value: float
    datum: str
    observed_at: datetime


@fact("sensing.alarm_cleared")
@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmCleared(Event):
    """The crossing or the silence is over: `observed_at` is the reading or frame that ended it."""

    alarm_id: int
    key: str
    station_code: str
    element: str
    rule: str
    value: float
    datum: str
    observed_at: datetime


@fact("sensing.order_moved")
@dataclass(frozen=True, slots=True, kw_only=True)
class OrderMoved(Event):
    """An order to a device was given, sent, answered, or has expired."""

    order: str
    station_code: str
    state: str


@fact("sensing.reading_judged")
@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingJudged(Event):
    """A person judged the reading of a series at a moment by a source right or wrong."""

    series: int
    at: datetime
    source: str


@fact("sensing.hotspot_raised")
@dataclass(frozen=True, slots=True, kw_only=True)
class HotspotRaised(Event):
    """A satellite saw a fire in the district with high confidence (lon/lat degrees)."""

    cluster_id: int
    area_code: str
    lon: float
    lat: float
    observed_at: datetime


@fact("sensing.feed_asked")
@dataclass(frozen=True, slots=True, kw_only=True)
class FeedAsked(Event):
    """A feed was asked, with this many new rows; or failed; or has been found overdue."""

    feed_id: int
    new: int
    failing: bool
    overdue: bool
