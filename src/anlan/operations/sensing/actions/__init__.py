from anlan.operations.sensing.actions.acknowledge import AlreadyAcknowledged, acknowledge_alarm
from anlan.operations.sensing.actions.adopt import (
    Adoption,
    NoSuchDevice,
    Unreadable,
    adopt_device,
)
from anlan.operations.sensing.actions.batteries import check_batteries
from anlan.operations.sensing.actions.broken_off import PARTS_A_TURN, give_up_parts
from anlan.operations.sensing.actions.camera_states import check_cameras
from anlan.operations.sensing.actions.cameras import (
    NoStream,
    camera_sites,
    follow_camera_sites,
    list_recordings,
    play_recording,
    start_stream,
    take_picture,
    video_platform,
)
from anlan.operations.sensing.actions.clocks import check_clocks
from anlan.operations.sensing.actions.device_counts import (
    DEVICES_A_TURN,
    TALLIES_A_TURN,
    VEHICLES_A_TURN,
    count_devices,
    count_vehicles,
    tally_health,
)
from anlan.operations.sensing.actions.feeds import (
    FeedSettings,
    ask_feed,
    check_feeds,
    save_feed,
    switch_feed,
)
from anlan.operations.sensing.actions.folding import FOLDED_A_TURN, fold_bad_frames
from anlan.operations.sensing.actions.health_limits import set_health_limit
from anlan.operations.sensing.actions.hotspots import verify_hotspot
from anlan.operations.sensing.actions.imports import check_rows, keep_file, take_file
from anlan.operations.sensing.actions.judge import Judgement, NotFlagged, judge_reading
from anlan.operations.sensing.actions.kept_messages import ReadAgain, read_kept_messages
from anlan.operations.sensing.actions.maintenance import end_maintenance, plan_maintenance
from anlan.operations.sensing.actions.missing import check_missing
from anlan.operations.sensing.actions.months import keep_months
from anlan.operations.sensing.actions.notices import check_fires
from anlan.operations.sensing.actions.orders import expire_orders, order_device
from anlan.operations.sensing.actions.passwords import set_password
from anlan.operations.sensing.actions.placing import Placing, place_station
from anlan.operations.sensing.actions.polling import claim_due_feeds, poll_feed
from anlan.operations.sensing.actions.push import TooMany, forget_answers
from anlan.operations.sensing.actions.record import Recorded, record_frames
from anlan.operations.sensing.actions.register import (
    NewStation,
    NewThreshold,
    load_district_files,
    register_stations,
    station_sites,
)
from anlan.operations.sensing.actions.rollups import A_TURN as ROLLUPS_A_TURN
from anlan.operations.sensing.actions.rollups import make_rollups
from anlan.operations.sensing.actions.rules import NewRule, end_rule, set_rule
from anlan.operations.sensing.actions.senders import issue_sender, revoke_sender
from anlan.operations.sensing.actions.silence import check_silence
from anlan.operations.sensing.actions.station_states import check_station_states
from anlan.operations.sensing.actions.terminals import release_terminal
from anlan.operations.sensing.actions.topics import (
    NoSuchMap,
    retire_topic_map,
    save_topic_map,
    take_topic_file,
    use_topic_map_again,
)
from anlan.operations.sensing.actions.upkeep import describe_device, describe_devices

__all__ = [
    "DEVICES_A_TURN", "FOLDED_A_TURN", "PARTS_A_TURN", "ROLLUPS_A_TURN", "TALLIES_A_TURN",
    "VEHICLES_A_TURN", "Adoption", "AlreadyAcknowledged", "FeedSettings", "Judgement", "NewRule",
    "NewStation", "NewThreshold", "NoStream", "NoSuchDevice", "NoSuchMap", "NotFlagged", "Placing",
    "ReadAgain", "Recorded", "TooMany", "Unreadable", "acknowledge_alarm", "adopt_device",
    "ask_feed", "camera_sites", "check_batteries", "check_cameras", "check_clocks", "check_feeds",
    "check_fires", "check_missing", "check_rows", "check_silence", "check_station_states",
    "claim_due_feeds", "count_devices", "count_vehicles", "describe_device", "describe_devices",
    "end_maintenance", "end_rule", "expire_orders", "fold_bad_frames", "follow_camera_sites",
    "forget_answers", "give_up_parts", "issue_sender", "judge_reading", "keep_file", "keep_months",
    "list_recordings", "load_district_files", "make_rollups", "order_device", "place_station",
    "plan_maintenance", "play_recording", "poll_feed", "read_kept_messages", "record_frames",
    "register_stations", "release_terminal", "retire_topic_map", "revoke_sender", "save_feed",
    "save_topic_map", "set_health_limit", "set_password", "set_rule", "start_stream",
    "station_sites", "switch_feed", "take_file", "take_picture", "take_topic_file", "tally_health",
    "use_topic_map_again", "verify_hotspot", "video_platform",
]  # fmt: skip
