from anlan.operations.sensing.actions.acknowledge import AlreadyAcknowledged, acknowledge_alarm
from anlan.operations.sensing.actions.record import Recorded, record_frames
from anlan.operations.sensing.actions.register import (
    NewStation,
    NewThreshold,
    load_district_files,
    register_stations,
)
from anlan.operations.sensing.actions.silence import check_silence

__all__ = [
    "AlreadyAcknowledged", "NewStation", "NewThreshold", "Recorded", "acknowledge_alarm",
    "check_silence", "load_district_files", "record_frames", "register_stations",
]  # fmt: skip
