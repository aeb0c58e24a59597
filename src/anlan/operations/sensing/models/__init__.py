from anlan.operations.sensing.models.alarm import Alarm, BadFrame
from anlan.operations.sensing.models.reading import (
    LatestReading,
    Reading,
    ReadingRevision,
    RollUp,
    RollUpDue,
)
from anlan.operations.sensing.models.station import Series, Station, StationHealth, ThresholdRule

__all__ = [
    "Alarm", "BadFrame", "LatestReading", "Reading", "ReadingRevision", "RollUp",
    "RollUpDue", "Series", "Station", "StationHealth", "ThresholdRule",
]  # fmt: skip
