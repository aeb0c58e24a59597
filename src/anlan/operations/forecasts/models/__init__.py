from anlan.operations.forecasts.models.check import ForecastCheck
from anlan.operations.forecasts.models.reach import OfficialForecast, Reach
from anlan.operations.forecasts.models.run import CommunityHit, ForecastRun

__all__ = ["CommunityHit", "ForecastCheck", "ForecastRun", "OfficialForecast", "Reach"]
