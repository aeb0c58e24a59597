from anlan.operations.sensing.models.alarm import Alarm, BadFrame
from anlan.operations.sensing.models.feed import Feed, Hotspot, HotspotCluster
from anlan.operations.sensing.models.imported import ReadingFile
from anlan.operations.sensing.models.judgement import ReadingJudgement
from anlan.operations.sensing.models.order import DeviceCommand
from anlan.operations.sensing.models.reading import (
    LatestReading,
    Reading,
    ReadingRevision,
    RollUp,
    RollUpDue,
)
from anlan.operations.sensing.models.sender import PushAnswer, Sender
from anlan.operations.sensing.models.station import Series, Station, StationHealth, ThresholdRule
from anlan.operations.sensing.models.topic import TopicMapping

__all__ = [
    "Alarm",
    "BadFrame",
    "DeviceCommand",
    "Feed",
    "Hotspot",
    "HotspotCluster",
    "LatestReading",
    "PushAnswer",
    "Reading",
    "ReadingFile",
    "ReadingJudgement",
    "ReadingRevision",
    "RollUp",
    "RollUpDue",
    "Sender",
    "Series",
    "Station",
    "StationHealth",
    "ThresholdRule",
    "TopicMapping",
]  # fmt: skip
