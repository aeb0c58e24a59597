"""The next report, filled from the records, beside what was reported last time."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anlan.operations.alerts.queries import alert
from anlan.operations.forecasts.queries import latest_run
from anlan.operations.incidents.models import Entry, Figure, Incident
from anlan.operations.incidents.queries.reporting import last_signed
from anlan.operations.incidents.rules.loss import FIELDS, Figures, figures, written
from anlan.operations.incidents.rules.states import ReportKind, due_kind
from anlan.operations.people.queries.days import in_words, moment_words
from anlan.vocabulary.units import stage_m

MEASURES_SHOWN = 12


@dataclass(frozen=True, slots=True)
class SourceRow:
    """Where a prefilled figure comes from."""

    word: str
    at: datetime
    link: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One figure now and last time; None is unknown."""

    key: str
    word: str
    unit: str
    before: Decimal | None
    now: Decimal | None

    @property
    def words(self) -> tuple[str, str]:
        """Then and now, as reports write figures."""
        return written(self.before), written(self.now)

    @property
    def change(self) -> Decimal | None:
        if self.before is None or self.now is None:
            return None
        return self.now - self.before


@dataclass(frozen=True, slots=True)
class Prefill:
    """A draft of the next report: figures with their sources, and two texts to correct."""

    kind: str
    sequence: int
    figures: dict[str, Decimal | None]
    sources: dict[str, SourceRow]
    previous: dict[str, Decimal | None] | None
    situation: str
    measures: str

    @property
    def changes(self) -> list[ChangeRow]:
        return difference(self.figures, self.previous or {})


def prefill(incident_id: int, *, final: bool = False) -> Prefill:
    """What the next report of an open file would say by the records alone.

    A figure is the newest record's, else last time's, else unknown.
    """
    incident = Incident.objects.get(pk=incident_id)
    last = last_signed(incident_id)
    previous = None if last is None else figures(last.figures)
    values: dict[str, Decimal | None] = dict(previous or figures({}))
    sources = {}
    for figure in Figure.objects.filter(incident=incident).order_by("id"):
        values[figure.key] = figure.value
        sources[figure.key] = SourceRow(_(figure.source), figure.at, figure.link)
    signed = 0 if last is None else last.sequence
    return Prefill(
        due_kind(signed, final and signed > 0), signed + 1, values, sources, previous,
        _situation(incident), _measures(incident),
    )  # fmt: skip


def difference(now: Figures, before: Figures) -> list[ChangeRow]:
    """The figures that differ between two versions."""
    return [
        ChangeRow(
            field.key,
            pgettext(*field.word),
            pgettext(*field.unit),
            before.get(field.key),
            now.get(field.key),
        )
        for field in FIELDS
        if before.get(field.key) != now.get(field.key)
    ]


def _situation(incident: Incident) -> str:
    lines = [incident.title]
    found = alert(incident.alert_id) if incident.alert_id else None
    if found is not None and found.headline != incident.title:
        lines.append(found.headline)
    run = latest_run() if incident.hazard == "flood" else None
    if run is not None and run.crest_at is not None and run.crest_stage_m is not None:
        lines.append(
            _("Forecast crest %(stage)s m (%(datum)s) at %(when)s.")
            % {
                "stage": stage_m(run.crest_stage_m),
                "datum": _datum_word(str(run.datum)),
                "when": moment_words(run.crest_at),
            }
        )
    return "\n".join(lines)


def _datum_word(datum: str) -> str:
    return {"wusong": _("Wusong"), "yellow_sea": _("Yellow Sea 1985")}.get(datum, datum)


def _measures(incident: Incident) -> str:
    done = Entry.objects.filter(incident=incident, kind__in=("response", "task"))
    newest = list(done.order_by("-id")[:MEASURES_SHOWN])
    return "\n".join(
        f"{moment_words(e.at)} {_(e.text) % in_words(e.parameters)}" for e in reversed(newest)
    )


__all__ = ["ChangeRow", "Prefill", "ReportKind", "SourceRow", "difference", "prefill"]
