from anlan.operations.forecasts.actions.advance import advance_runs
from anlan.operations.forecasts.actions.official import NewOfficial, record_official
from anlan.operations.forecasts.actions.register import load_district_files
from anlan.operations.forecasts.actions.request import NoReach, request_run, request_run_apart
from anlan.operations.forecasts.actions.verify import verify_runs

__all__ = [
    "NewOfficial", "NoReach", "advance_runs", "load_district_files", "record_official",
    "request_run", "request_run_apart", "verify_runs",
]  # fmt: skip
