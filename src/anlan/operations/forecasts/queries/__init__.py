from anlan.operations.forecasts.queries.accuracy import (
    Accuracy,
    LeadError,
    accuracy,
    error_by_lead_time,
)
from anlan.operations.forecasts.queries.files import (
    KeptWater,
    depth_frame,
    exists,
    households_hit,
    kept_water,
    path_of,
)
from anlan.operations.forecasts.queries.picture import depth_props, stage_tiles
from anlan.operations.forecasts.queries.reaches import ReachRow, reach, reaches, reaches_at
from anlan.operations.forecasts.queries.runs import (
    CommunityImpact,
    Curve,
    FrameRow,
    RoadImpact,
    RunRow,
    SiteImpact,
    latest_run,
    run,
    run_of_key,
    runs,
)
from anlan.operations.forecasts.queries.stages import LibraryRow, library, library_of

__all__ = [
    "Accuracy", "CommunityImpact", "Curve", "FrameRow", "KeptWater", "LeadError", "LibraryRow",
    "ReachRow", "RoadImpact", "RunRow", "SiteImpact", "accuracy", "depth_frame", "depth_props",
    "error_by_lead_time", "exists", "households_hit", "kept_water", "latest_run", "library",
    "library_of", "path_of", "reach", "reaches", "reaches_at", "run", "run_of_key", "runs",
    "stage_tiles",
]  # fmt: skip
