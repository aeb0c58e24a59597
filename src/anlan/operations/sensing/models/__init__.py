from anlan.operations.sensing.models.alarm import Alarm, BadFrame
from anlan.operations.sensing.models.reading import LatestReading, Reading, ReadingRevision
from anlan.operations.sensing.models.station import Series, Station, StationHealth, ThresholdRule

__all__ = [
    "Alarm", "BadFrame", "LatestReading", "Reading", "ReadingRevision", "Series", "Station",
    "StationHealth", "ThresholdRule",
]  # fmt: skip
