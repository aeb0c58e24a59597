from anlan.operations.sensing.models import among  # noqa: F401 - registers the lookup
from anlan.operations.sensing.models.alarm import Alarm, BadFrame
from anlan.operations.sensing.models.camera import Camera, CameraFile, CameraSpell
from anlan.operations.sensing.models.count import DeviceCount, HealthTally
from anlan.operations.sensing.models.feed import Feed, Hotspot, HotspotCluster
from anlan.operations.sensing.models.imported import ReadingFile
from anlan.operations.sensing.models.judgement import ReadingJudgement
from anlan.operations.sensing.models.limit import HealthLimit
from anlan.operations.sensing.models.notice import DeviceNotice, DeviceParticular, PartState
from anlan.operations.sensing.models.order import DeviceCommand
from anlan.operations.sensing.models.part import FramePart
from anlan.operations.sensing.models.reading import (
    LatestReading,
    Reading,
    ReadingRevision,
    RollUp,
    RollUpDue,
)
from anlan.operations.sensing.models.rule import AlarmRule, Maintenance, QuietBand
from anlan.operations.sensing.models.sender import PushAnswer, Sender
from anlan.operations.sensing.models.stated import StatedPeriod, StationPicture
from anlan.operations.sensing.models.station import Series, Station, StationBeat, StationHealth
from anlan.operations.sensing.models.topic import TopicMapping
from anlan.operations.sensing.models.track import AlarmWord, LastFix, VehicleFix

__all__ = [
    "Alarm", "AlarmRule", "AlarmWord", "BadFrame", "Camera", "CameraFile", "CameraSpell",
    "DeviceCommand", "DeviceCount", "DeviceNotice", "DeviceParticular", "Feed", "FramePart",
    "HealthLimit", "HealthTally", "Hotspot", "HotspotCluster", "LastFix", "LatestReading",
    "Maintenance", "PartState", "PushAnswer", "QuietBand", "Reading", "ReadingFile",
    "ReadingJudgement", "ReadingRevision", "RollUp", "RollUpDue", "Sender", "Series",
    "StatedPeriod", "Station", "StationBeat", "StationHealth", "StationPicture", "TopicMapping",
    "VehicleFix",
]  # fmt: skip
