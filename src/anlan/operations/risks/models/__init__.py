from anlan.operations.risks.models.major_hazard import MajorHazard
from anlan.operations.risks.models.risk import RatingTerms, RiskPoint, RiskStep, SitePlan
from anlan.operations.risks.models.sent_file import SentFile

__all__ = ["MajorHazard", "RatingTerms", "RiskPoint", "RiskStep", "SentFile", "SitePlan"]
