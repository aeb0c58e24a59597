from anlan.operations.sensing.queries.alarms import AlarmRow, alarm, alarms, alarms_in, open_alarms
from anlan.operations.sensing.queries.board import (
    BoardRow,
    alarmed_stations,
    board,
    board_row,
    with_rates,
)
from anlan.operations.sensing.queries.camera_files import (
    CameraFileRow,
    camera_file,
    camera_files,
    camera_lines,
)
from anlan.operations.sensing.queries.cameras import (
    CameraCounts,
    CameraRow,
    camera,
    camera_counts,
    camera_row,
    camera_shares,
    camera_word,
    cameras,
    cameras_listed,
    cameras_near,
)
from anlan.operations.sensing.queries.curve import curve
from anlan.operations.sensing.queries.device_sheet import device_table, filled_in
from anlan.operations.sensing.queries.devices import (
    READ_LATER,
    BadFrameRow,
    FrameCounts,
    HealthRow,
    Totals,
    UnknownDevice,
    bad_frame_counts,
    bad_frames,
    frame_counts,
    health,
    refused_and_read_later,
    totals,
    unknown_count,
    unknown_device,
    unknown_devices,
)
from anlan.operations.sensing.queries.feeds import FeedRow, feeds
from anlan.operations.sensing.queries.flagged import (
    FlaggedRow,
    LimitsRow,
    Suspects,
    flag_counts,
    flagged,
    usual,
)
from anlan.operations.sensing.queries.fleet import NEVER, SILENT, DeviceRow, device_rows, fleet
from anlan.operations.sensing.queries.fleet_counts import (
    Group,
    Located,
    fleet_groups,
    located,
    put_together,
    together,
)
from anlan.operations.sensing.queries.health_limits import health_limits, limit_history
from anlan.operations.sensing.queries.hotspots import FireRow, HotspotRow, fires, fires_in, hotspots
from anlan.operations.sensing.queries.imports import (
    FileRow,
    all_series,
    reading_file,
    reading_files,
)
from anlan.operations.sensing.queries.notices import (
    NoticeRow,
    ParticularRow,
    PartRow,
    notices,
    particulars,
    parts,
)
from anlan.operations.sensing.queries.orders import OrderRow, open_commands, orders
from anlan.operations.sensing.queries.outlook import (
    Neighbour,
    Outlook,
    Past,
    offer_outlook,
    outlook,
)
from anlan.operations.sensing.queries.rain import areal_rain
from anlan.operations.sensing.queries.readings import (
    LatestRow,
    Values,
    latest,
    newest_of,
    series,
)
from anlan.operations.sensing.queries.rules import (
    MaintenanceRow,
    RuleRow,
    maintained_now,
    maintenances_of,
    rule,
    rules_of,
    site_rules,
)
from anlan.operations.sensing.queries.senders import SenderRow, senders
from anlan.operations.sensing.queries.sites import (
    AlarmedSite,
    SiteSeries,
    alarmed_sites,
    may_rule_site,
    site_series,
    site_watch,
    stations_on,
)
from anlan.operations.sensing.queries.stated import (
    PeriodRow,
    PictureRow,
    picture_body,
    pictures,
    stated_periods,
    stated_spans,
)
from anlan.operations.sensing.queries.stations import (
    DirectoryRow,
    StationRow,
    ThresholdRow,
    all_thresholds,
    directory,
    elements,
    limits,
    own_kind,
    own_station,
    station,
    stations,
    thresholds,
    visible,
)
from anlan.operations.sensing.queries.topics import (
    TopicMapRow,
    Tried,
    UnmappedTopic,
    kept_messages,
    maps_for_gateways,
    retired_maps,
    topic_map,
    topic_maps,
    try_message,
    unmapped_message,
    unmapped_topics,
)
from anlan.operations.sensing.queries.tracks import (
    FixRow,
    Signal,
    last_fixes,
    signals,
    track,
)
from anlan.operations.sensing.queries.vehicle_alarms import (
    A_PAGE,
    Asked,
    VehicleAlarmRow,
    VehicleAlarms,
    standing_alarms,
    vehicle_alarms,
)
from anlan.operations.sensing.queries.water import Water, WaterLine, water

__all__ = [
    "A_PAGE", "NEVER", "READ_LATER", "SILENT", "AlarmRow", "AlarmedSite", "Asked", "BadFrameRow",
    "BoardRow", "CameraCounts", "CameraFileRow", "CameraRow", "DeviceRow", "DirectoryRow",
    "FeedRow", "FileRow", "FireRow", "FixRow", "FlaggedRow", "FrameCounts", "Group", "HealthRow",
    "HotspotRow", "LatestRow", "LimitsRow", "Located", "MaintenanceRow", "Neighbour", "NoticeRow",
    "OrderRow", "Outlook", "PartRow", "ParticularRow", "Past", "PeriodRow", "PictureRow", "RuleRow",
    "SenderRow", "Signal", "SiteSeries", "StationRow", "Suspects", "ThresholdRow", "TopicMapRow",
    "Totals", "Tried", "UnknownDevice", "UnmappedTopic", "Values", "VehicleAlarmRow",
    "VehicleAlarms", "Water", "WaterLine", "alarm", "alarmed_sites", "alarmed_stations", "alarms",
    "alarms_in", "all_series", "all_thresholds", "areal_rain", "bad_frame_counts", "bad_frames",
    "board", "board_row", "camera", "camera_counts", "camera_file", "camera_files", "camera_lines",
    "camera_row", "camera_shares", "camera_word", "cameras", "cameras_listed", "cameras_near",
    "curve", "device_rows", "device_table", "directory", "elements", "feeds", "filled_in", "fires",
    "fires_in", "flag_counts", "flagged", "fleet", "fleet_groups", "frame_counts", "health",
    "health_limits", "hotspots", "kept_messages", "last_fixes", "latest", "limit_history", "limits",
    "located", "maintained_now", "maintenances_of", "maps_for_gateways", "may_rule_site",
    "newest_of", "notices", "offer_outlook", "open_alarms", "open_commands", "orders", "outlook",
    "own_kind", "own_station", "particulars", "parts", "picture_body", "pictures", "put_together",
    "reading_file", "reading_files", "refused_and_read_later", "retired_maps", "rule", "rules_of",
    "senders", "series", "signals", "site_rules", "site_series", "site_watch", "standing_alarms",
    "stated_periods", "stated_spans", "station", "stations", "stations_on", "thresholds",
    "together", "topic_map", "topic_maps", "totals", "track", "try_message", "unknown_count",
    "unknown_device", "unknown_devices", "unmapped_message", "unmapped_topics", "usual",
    "vehicle_alarms", "visible", "water", "with_rates",
]  # fmt: skip
