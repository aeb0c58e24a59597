"""The figures in force."""

from datetime import date, timedelta

from anlan.operations.patrols.models import PatrolTerms
from anlan.operations.patrols.rules.terms import Terms, parsed
from anlan.operations.patrols.rules.track import Limits
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_


def terms(day: date) -> Terms:
    """The figures that hold on a day; raises `Refused` where the district has loaded none."""
    row = PatrolTerms.on(day)
    if row is None:
        raise Refused(N_("The district has no figures for patrols yet: load its patrols.toml."))
    return parsed(row.source, row.figures)


def limits(found: Terms, means: str) -> Limits:
    """What a track of somebody moving so is measured by."""
    return Limits(
        worst_accuracy_m=found.worst_accuracy_m, most_kmh=found.most_kmh[means],
        gap=timedelta(minutes=found.gap_min), slack=timedelta(minutes=found.sign_slack_min),
    )  # fmt: skip
