"""The next situation report of a response, written from its records."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from anlan.operations.response.models import SituationReport
from anlan.operations.response.queries.board import ActivationRow
from anlan.vocabulary.units import percent, whole


@dataclass(frozen=True, slots=True)
class SituationRow:
    number: int
    at: datetime
    by: str
    text: str
    figures: dict[str, int]


def situation_reports(activation_id: int) -> list[SituationRow]:
    """Newest first."""
    rows = SituationReport.objects.filter(activation_id=activation_id).order_by("-number")
    return [SituationRow(r.number, r.at, r.by, r.text, r.figures) for r in rows]


def situation(row: ActivationRow) -> tuple[str, dict[str, int]]:
    """A draft text and the figures it stands on, from the records of this moment."""
    figures = {
        "evacuated": row.evacuated, "to_evacuate": row.to_evacuate, "sheltered": row.sheltered,
        "shelters_open": row.shelters_open, "tasks_total": row.tasks_total,
        "tasks_done": row.tasks_done, "tasks_late": row.tasks_late, "teams": row.teams,
    }  # fmt: skip
    words = {key: whole(value) for key, value in figures.items()}
    words["share"] = percent(row.evacuated, row.to_evacuate)
    lines = [
        _("Moved %(evacuated)s of %(to_evacuate)s people (%(share)s).") % words,
        _("%(shelters_open)s shelters are open and hold %(sheltered)s people.") % words,
        _("%(teams)s teams are out. Tasks: %(tasks_done)s of %(tasks_total)s done, "
          "%(tasks_late)s late.") % words,
    ]  # fmt: skip
    return "\n".join(lines), figures
