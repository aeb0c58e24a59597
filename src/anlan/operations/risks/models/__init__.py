from anlan.operations.risks.models.major_hazard import MajorHazard
from anlan.operations.risks.models.risk import RatingTerms, RiskPoint, RiskStep, SitePlan

__all__ = ["MajorHazard", "RatingTerms", "RiskPoint", "RiskStep", "SitePlan"]
