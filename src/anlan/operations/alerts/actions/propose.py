"""A forecast proposes: a draft, an update of what is in force, or nothing. A person decides."""

from dataclasses import dataclass

from django.db.models import Q
from shapely.geometry import MultiPolygon

from anlan.operations.alerts.actions import compose, desk
from anlan.operations.alerts.actions.targets import dry_run, ground_of, homes_inside
from anlan.operations.alerts.events import AlertDrafted, AlertRejected
from anlan.operations.alerts.models import Alert, AlertArea, Signature
from anlan.operations.alerts.queries.book import book as the_book
from anlan.operations.alerts.rules.book import Book
from anlan.operations.alerts.rules.levels import differs
from anlan.operations.alerts.rules.states import OPEN, AlertState
from anlan.operations.forecasts.queries import RunRow
from anlan.operations.people.actions import PLATFORM, Act, act
from anlan.operations.territory.queries import area_names
from anlan.vocabulary import clock
from anlan.vocabulary.levels import Standing


@dataclass(frozen=True, slots=True)
class Chain:
    """Where the messages about one hazard and stretch stand, rows locked."""

    draft: Alert | None
    signed: Alert | None
    in_force: Alert | None

    @property
    def newest(self) -> Alert | None:
        """What a new forecast is compared with."""
        return self.draft or self.signed or self.in_force


def chain_of(key: str) -> Chain:
    """The open draft, the signed one that waits, and the alert in force of a chain."""
    rows = list(
        Alert.objects.select_for_update()
        .filter(chain=key, state__in=[*OPEN, AlertState.SIGNED, AlertState.PUBLISHED])
        .order_by("id")
    )
    found: dict[str, Alert] = {row.state: row for row in rows}
    return Chain(
        found.get(AlertState.DRAFT) or found.get(AlertState.REVIEWED),
        found.get(AlertState.SIGNED), found.get(AlertState.PUBLISHED),
    )  # fmt: skip


def propose(run_id: int) -> int | None:
    """Draft what a forecast means; returns the draft's id, or None when nothing is to be said.

    The same run twice is the same draft; a forecast older than what is drafted changes nothing; a
    crest below the lowest level drafts nothing and takes an untouched draft off the desk.
    """
    book = the_book()
    judgement = compose.judge(run_id, book)
    if judgement is None:
        return None
    known = Alert.objects.filter(run_id=run_id, chain=book.hazard.chain).order_by("id").first()
    if known is not None:
        return known.pk
    with act("alerts.propose", PLATFORM) as this:
        this.on("forecast_run", run_id, judgement.run.key)
        chain = chain_of(book.hazard.chain)
        why = _worth(judgement, chain, book)
        this.detail = {"why": why}
        if judgement.judged is None:
            _withdraw_untouched(this, chain.draft)
            return None
        if not why:
            return None
        if chain.draft is not None:
            withdraw(this, chain.draft, "a newer forecast says something else")
        return _draft(this, judgement, chain, book).pk


def _worth(judgement: compose.Judgement, chain: Chain, book: Book) -> list[str]:
    """Why a forecast is worth a draft; [] when it is not."""
    if judgement.outlook is None:
        return []
    newest = chain.newest
    if newest is None:
        return ["new"]
    if newest.run_issued_at is not None and judgement.run.issued_at < newest.run_issued_at:
        return []
    return differs(judgement.outlook, compose.outlook_of(newest), book.change)


def _draft(this: Act, judgement: compose.Judgement, chain: Chain, book: Book) -> Alert:
    run, judged = judgement.run, judgement.judged
    if judged is None:
        raise ValueError("nothing to draft below the lowest level")
    alert = new_row(book, previous=chain.in_force or chain.signed)
    for name, value in compose.fields_of(run, judged, book).items():
        setattr(alert, name, value)
    polygon = compose.area_of(run, book)
    compose.put_area(alert, polygon)
    alert.save()
    AlertArea.objects.bulk_create(_communities(alert, run, _beside(polygon, run, book)))
    codes = [one.code for one in run.communities]
    compose.put_words(alert, compose.words_for(alert, codes, book))
    alert.save()
    finish_draft(this, alert, book, drafted=False)
    return alert


def _beside(polygon: MultiPolygon | None, run: RunRow, book: Book) -> dict[str, str]:
    """Communities beside the water with homes inside the area, by code and name."""
    wet = {one.code for one in run.communities}
    codes = [code for code in compose.touched(polygon, book.area_code) if code not in wet]
    found = homes_inside(polygon, codes)
    names = area_names(found)
    return {code: names[code] for code in sorted(found) if code in names}


def new_row(book: Book, previous: Alert | None) -> Alert:
    """An empty draft with its number; not saved yet."""
    return Alert(
        number=_number(), chain=book.hazard.chain, hazard=book.hazard.key, standing=_standing(),
        area_code=book.area_code, drafted_at=clock.now(), previous=previous,
    )  # fmt: skip


def finish_draft(this: Act, alert: Alert, book: Book, *, drafted: bool) -> None:
    """What every new draft gets: its dry run, a place on the desk, a clock, an event."""
    alert.trial = dry_run(ground_of(alert, book))
    alert.save(update_fields=["trial"])
    desk.ask_next(alert, drafted=drafted, book=book)
    desk.watch_draft(alert, book)
    this.publish(
        AlertDrafted(alert_id=alert.pk, level=alert.level, hazard=alert.hazard, run_id=alert.run_id)
    )


def _communities(alert: Alert, run: RunRow, beside: dict[str, str]) -> list[AlertArea]:
    wet = [
        AlertArea(
            alert=alert, code=one.code, name=one.name, people=one.people,
            households=one.households, max_depth_m=one.max_depth_m, arrival_at=one.arrival_at,
        )
        for one in run.communities
    ]  # fmt: skip
    return wet + [AlertArea(alert=alert, code=code, name=name) for code, name in beside.items()]


def withdraw(this: Act, alert: Alert, why: str) -> None:
    """A draft is overtaken: it stays as a record and will not be sent."""
    alert.state, alert.ended_at, alert.end_words = AlertState.REJECTED, clock.now(), why
    alert.save(update_fields=["state", "ended_at", "end_words"])
    desk.clear(alert, "withdrawn")
    this.publish(AlertRejected(alert_id=alert.pk, level=alert.level, why=why))


def _withdraw_untouched(this: Act, draft: Alert | None) -> None:
    if draft is None or draft.state != AlertState.DRAFT:
        return
    if not Signature.objects.filter(alert=draft, void=False).exists():
        withdraw(this, draft, "the newest forecast stays below every level")


def _number() -> str:
    """The day and a running number: 2020-0819-03."""
    day = f"{clock.now():%Y-%m%d}"
    taken = Alert.objects.filter(Q(number__startswith=day)).count()
    return f"{day}-{taken + 1:02d}"


def _standing() -> str:
    from django.conf import settings

    return Standing(settings.ANLAN_STANDING)
