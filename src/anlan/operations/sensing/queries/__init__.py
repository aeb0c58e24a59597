from anlan.operations.sensing.queries.alarms import AlarmRow, alarm, alarms, open_alarms
from anlan.operations.sensing.queries.devices import (
    BadFrameRow,
    FrameCounts,
    HealthRow,
    bad_frame_counts,
    bad_frames,
    frame_counts,
    health,
)
from anlan.operations.sensing.queries.readings import LatestRow, Values, latest, series
from anlan.operations.sensing.queries.stations import (
    StationRow,
    ThresholdRow,
    directory,
    elements,
    station,
    stations,
    thresholds,
    visible,
)

__all__ = [
    "AlarmRow", "BadFrameRow", "FrameCounts", "HealthRow", "LatestRow", "StationRow",
    "ThresholdRow", "Values", "alarm", "alarms", "bad_frame_counts", "bad_frames", "directory",
    "elements", "frame_counts", "health", "latest", "open_alarms", "series", "station",
    "stations", "thresholds", "visible",
]  # fmt: skip
