"""The district's rule of scoring as it stands."""

from datetime import date

from anlan.operations.statistics.models import ScoringRule
from anlan.operations.statistics.rules.book import DEFAULT, Rule


def rule_on(day: date) -> Rule:
    """The version in force; the defaults [pv] where the district has said nothing."""
    row = ScoringRule.on(day)
    if row is None:
        return DEFAULT
    return Rule(row.valid_from, row.weights, tuple(row.key_sectors), row.alarm_below, row.source)
