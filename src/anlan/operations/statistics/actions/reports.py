"""A report is asked for, made part by part by a round, drawn by a worker, and kept."""

from base64 import b64decode
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import translation

from anlan.backbone.jobs import Finished, Jobs
from anlan.backbone.reports import FUNCTION
from anlan.operations.people.actions import PLATFORM, Actor, act
from anlan.operations.people.queries import scope_of
from anlan.operations.statistics.models import Report
from anlan.operations.statistics.queries.lines import Seen
from anlan.operations.statistics.queries.yearly import drawing, first_part, unit_part
from anlan.vocabulary import clock
from anlan.vocabulary.periods import Period, period
from anlan.vocabulary.words import N_

PREFIX = "report"
ATTEMPTS, LEASE = 3, timedelta(seconds=60)
A_TURN_S = 0.3
LANGUAGE = "zh-hans"
LOST = N_("The report could not be drawn; ask for it again.")


def ask_report(actor: Actor, account_id: int, of: Seen, asked: Period) -> int:
    """Ask for a period's report; one that is under way already is the same. Returns its key."""
    under_way = Report.objects.filter(
        asked_by=account_id, period=asked.key, area=of.area, sector=of.sector,
        state__in=("waiting", "drawing"),
    )  # fmt: skip
    if (known := under_way.first()) is not None:
        return int(known.pk)
    try:
        with act("statistics.ask_report", actor) as this:
            row = Report.objects.create(
                period=asked.key, area=of.area, sector=of.sector, asked_by_id=account_id,
                asked_by_name=actor.label, asked_at=clock.now(),
            )  # fmt: skip
            this.on("report", row.pk, str(row))
    except IntegrityError:
        return int(under_way.get().pk)
    return int(row.pk)


def advance_reports(jobs: Jobs) -> int:
    """Some parts of the oldest report that waits, or one for the worker; at rest one query."""
    waiting = Report.objects.filter(state__in=("waiting", "drawing"))
    if not waiting.exists():
        return 0
    for row in waiting.defer("pdf", "xlsx").order_by("asked_at", "pk"):
        if row.state == "waiting":
            return _make(row, jobs)
        if _key(row) not in jobs.running() and (row.lease_until or clock.now()) < clock.now():
            return _again(row)
    return 0


def _make(row: Report, jobs: Jobs) -> int:
    """Parts, as long as a turn may take; then the drawing is handed out."""
    began, did = clock.stopwatch(), 0
    with translation.override(LANGUAGE):
        while did == 0 or clock.stopwatch() - began < A_TURN_S:
            if row.done and row.done == row.parts:
                _hand_out(row, jobs)
                return did + 1
            _part(row)
            did += 1
    return did


def _part(row: Report) -> None:
    scope, of, asked = scope_of(row.asked_by), Seen(row.area, row.sector), period(row.period)
    if row.done == 0:
        row.said = first_part(of, asked, scope, row.asked_by_name)
        row.parts = 1 + len(row.said["units"])
    else:
        head, line = unit_part(row.said, row.done - 1, of, asked, scope)
        row.said = row.said | {"head": head, "rooms": [*row.said["rooms"], line]}
    row.done += 1
    row.save(update_fields=["said", "parts", "done"])


def _hand_out(row: Report, jobs: Jobs) -> None:
    claimed = Report.objects.filter(pk=row.pk, state="waiting").update(
        state="drawing", attempt=F("attempt") + 1, lease_until=clock.now() + LEASE
    )
    if claimed:
        row.attempt += 1
        jobs.submit(_key(row), FUNCTION, drawing(row.said))


def take_report(finished: Finished) -> int:
    """An answer of the worker; one to a report that no longer waits for it is dropped."""
    kind, _, rest = finished.key.partition(":")
    if kind != PREFIX:
        return 0
    row = Report.objects.filter(pk=int(rest.split(":")[0]), state="drawing").first()
    if row is None:
        return 0
    if finished.answer is None:
        return _again(row)
    _keep(row, finished.answer)
    return 1


@transaction.atomic
def _keep(row: Report, answer: Any) -> None:
    row.pdf, row.xlsx = b64decode(answer["pdf"]), b64decode(answer["xlsx"])
    row.state, row.finished_at, row.said = "done", clock.now(), {}
    row.save(update_fields=["pdf", "xlsx", "state", "finished_at", "said"])


def _again(row: Report) -> int:
    """Once more, or given up after the last try."""
    if row.attempt < ATTEMPTS:
        Report.objects.filter(pk=row.pk).update(state="waiting", lease_until=None)
        return 1
    with act("statistics.give_up_report", PLATFORM) as this:
        Report.objects.filter(pk=row.pk).update(state="failed", fault=LOST)
        this.on("report", row.pk, str(row))
    return 1


def _key(row: Report) -> str:
    return f"{PREFIX}:{row.pk}:{row.attempt}"
