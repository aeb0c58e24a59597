from anlan.operations.forecasts.models.check import ForecastCheck
from anlan.operations.forecasts.models.reach import OfficialForecast, Reach
from anlan.operations.forecasts.models.run import CommunityHit, ForecastRun
from anlan.operations.forecasts.models.stages import StageLibrary

__all__ = [
    "CommunityHit", "ForecastCheck", "ForecastRun", "OfficialForecast", "Reach",
    "StageLibrary",
]  # fmt: skip
