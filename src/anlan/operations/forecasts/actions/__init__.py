from anlan.operations.forecasts.actions.advance import advance_runs, runs_out
from anlan.operations.forecasts.actions.official import NewOfficial, record_official
from anlan.operations.forecasts.actions.register import load_district_files
from anlan.operations.forecasts.actions.request import NoReach, request_run, request_run_apart
from anlan.operations.forecasts.actions.stages import build_stages
from anlan.operations.forecasts.actions.verify import verify_runs

__all__ = [
    "NewOfficial", "NoReach", "advance_runs", "build_stages", "load_district_files",
    "record_official", "request_run", "request_run_apart", "runs_out", "verify_runs",
]  # fmt: skip
