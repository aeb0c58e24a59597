"""A person says of a flagged reading that it is right or wrong; the reading stays as it came."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from anlan.operations.people.actions import Actor, act
from anlan.operations.sensing.actions import reading_rows
from anlan.operations.sensing.actions.bands import forget_bands
from anlan.operations.sensing.actions.checks import restore_judgements
from anlan.operations.sensing.actions.readings import BLOCK
from anlan.operations.sensing.events import ReadingJudged
from anlan.operations.sensing.models import Reading, ReadingJudgement, Series
from anlan.operations.sensing.rules.quality import CHECKS, JUDGED, Flag
from anlan.operations.sensing.rules.rollups import hour_of
from anlan.vocabulary import clock

NOTE_LONGEST = 300


class NotFlagged(Exception):
    """There is no such reading, or no check found anything in it."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person found of a reading of a station; `verdict` is RIGHT or WRONG."""

    station: str
    element: str
    at: datetime
    source: str
    verdict: Flag
    note: str = ""


def judge_reading(actor: Actor, said: Judgement) -> bool:
    """Keep a judgement; the same again changes nothing. Returns whether it is new.

    What is computed from the readings follows with the event. Raises `NotFlagged`. The caller has
    checked that the actor may see the station.
    """
    if said.verdict not in (Flag.RIGHT, Flag.WRONG):
        raise ValueError(f"{said.verdict!r} is no judgement")
    with act("sensing.judge_reading", actor) as this:
        series = Series.objects.filter(station__code=said.station, element=said.element)
        home = series.select_for_update().first()
        rows = Reading.objects.filter(series=home.pk if home else 0, at=said.at, source=said.source)
        reading = rows.first()
        if reading is None or reading.value is None or not reading.flags & (CHECKS | JUDGED):
            raise NotFlagged
        name = f"{said.station}:{said.element}"
        this.on("reading", f"{name}@{said.at.isoformat()}", f"{name} {reading.value}")
        known = ReadingJudgement.objects.filter(
            series=reading.series, at=reading.at, source=reading.source
        ).order_by("-pk")
        newest = known.first()
        if newest and (newest.value, newest.verdict) == (reading.value, said.verdict):
            this.detail = {"verdict": said.verdict.name, "again": True}
            return False
        ReadingJudgement.objects.create(
            series=reading.series, at=reading.at, source=reading.source, value=reading.value,
            verdict=said.verdict, note=said.note.strip()[:NOTE_LONGEST], judged_at=clock.now(),
            judged_by=actor.label,
        )  # fmt: skip
        this.detail = {"verdict": said.verdict.name, "value": reading.value, "note": said.note}
        this.publish(ReadingJudged(series=reading.series, at=reading.at, source=reading.source))
    return True


def apply_judgement(series: int, at: datetime) -> None:
    """Bring a reading's flags, the newest value and the roll-ups in line with its judgement."""
    home = Series.objects.filter(pk=series).first()
    if home is None:
        return
    hour = hour_of(at)
    forget_bands([series])
    with transaction.atomic(using=reading_rows.alias()):
        restore_judgements([series], hour, {series: home.sources})
        reading_rows.note_due([(series // BLOCK, hour, 1)])
