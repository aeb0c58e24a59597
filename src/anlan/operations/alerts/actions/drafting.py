"""People at a draft: taking it on, changing it, reviewing it, sending it back, rejecting it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import shapely
from django.db.models import Sum
from shapely.geometry import MultiPolygon

from anlan.operations.alerts.actions import compose, desk
from anlan.operations.alerts.actions.frame import (
    Done,
    allowed,
    already,
    left,
    locked,
    made_by,
    said,
)
from anlan.operations.alerts.actions.propose import chain_of, finish_draft, new_row
from anlan.operations.alerts.actions.targets import dry_run, ground_of
from anlan.operations.alerts.events import AlertRejected, AlertReviewed
from anlan.operations.alerts.models import Alert, AlertArea, Signature
from anlan.operations.alerts.queries.area import polygon_of
from anlan.operations.alerts.queries.book import book as the_book
from anlan.operations.alerts.rules import area as areas
from anlan.operations.alerts.rules import refusals
from anlan.operations.alerts.rules.book import Book
from anlan.operations.alerts.rules.states import AlertState
from anlan.operations.people.actions import Actor, act
from anlan.operations.territory.queries import area_names, outlines
from anlan.operations.territory.queries import areas as territory_areas
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftEdit:
    """What a person changes of a draft; None leaves it. `area` is a GeoJSON polygon (lon/lat);
    `communities` the codes it is then for."""

    headline: str | None = None
    description: str | None = None
    instruction: str | None = None
    message: str | None = None
    expires_at: datetime | None = None
    communities: Sequence[str] | None = None
    area: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDraft:
    """A draft written without a forecast."""

    level: int
    communities: Sequence[str]
    message: str
    description: str
    expires_at: datetime


def draft(actor: Actor, alert_id: int, edit: DraftEdit | None = None) -> Done:
    """Take a proposal on as its drafter, with changes where needed."""
    return _change(actor, alert_id, "draft", edit)


def edit(actor: Actor, alert_id: int, edit: DraftEdit) -> Done:
    """Change a draft; who changes it is its drafter from then on."""
    return _change(actor, alert_id, "edit", edit)


def _change(actor: Actor, alert_id: int, verb: str, edit: DraftEdit | None) -> Done:
    book = the_book()
    with act(f"alerts.{verb}", actor) as this:
        alert = locked(alert_id)
        this.on("alert", alert.pk, alert.headline)
        signatures = made_by(alert)
        done = already(alert, "draft", signatures) if verb == "draft" else None
        if done is not None:
            return done
        allowed(actor, verb, alert, signatures)
        changes = _apply(alert, edit, book) if edit is not None else 0
        this.detail = {"changes": changes}
        Signature.objects.filter(alert=alert, step="draft").update(void=True)
        done = left(alert, "draft", actor, changes=changes)
        desk.ask_next(alert, drafted=True, book=book)
    return done


def draft_new(actor: Actor, new: NewDraft) -> Done:
    """Write a draft without a forecast: level, communities and words are the drafter's own."""
    book = the_book()
    if new.level not in (1, 2, 3, 4):
        raise Refused(refusals.NO_SUCH_LEVEL)
    with act("alerts.draft", actor) as this:
        chain = chain_of(book.hazard.chain)
        if chain.draft is not None:
            raise Refused(refusals.OPEN_DRAFT, number=chain.draft.number)
        alert = new_row(book, previous=chain.in_force)
        alert.level, alert.expires_at = new.level, _later(new.expires_at)
        allowed(actor, "draft", alert, {})
        compose.put_area(alert, _outline(new.communities))
        alert.save()
        _put_communities(alert, new.communities)
        compose.put_words(alert, compose.words_for(alert, list(new.communities), book))
        alert.message, alert.description = new.message, new.description
        alert.edited = alert.area_edited = True
        alert.save()
        this.on("alert", alert.pk, alert.headline)
        done = left(alert, "draft", actor)
        finish_draft(this, alert, book, drafted=True)
    return done


def update(actor: Actor, alert_id: int) -> Done:
    """Begin an update of the alert in force by hand: a draft with its words and area."""
    book = the_book()
    with act("alerts.draft", actor) as this:
        old = locked(alert_id)
        if old.state != AlertState.PUBLISHED:
            raise Refused(refusals.NOTHING_IN_FORCE)
        chain = chain_of(old.chain)
        if chain.draft is not None:
            raise Refused(refusals.OPEN_DRAFT, number=chain.draft.number)
        alert = new_row(book, previous=old)
        for name in _CARRIED:
            setattr(alert, name, getattr(old, name))
        allowed(actor, "draft", alert, {})
        alert.save()
        AlertArea.objects.bulk_create(
            AlertArea(alert=alert, **row)
            for row in AlertArea.objects.filter(alert=old).values(
                "code", "name", "people", "households", "max_depth_m", "arrival_at"
            )
        )
        this.on("alert", alert.pk, alert.headline)
        done = left(alert, "draft", actor)
        finish_draft(this, alert, book, drafted=True)
    return done


_CARRIED = (
    "level", "level_rule", "outlook", "run_id", "run_issued_at", "crest_at", "crest_stage_m",
    "crest_low_m", "crest_high_m", "datum", "headline", "title", "description", "instruction",
    "message", "edited", "area_wkb", "area_edited", "area_m2", "depth", "households", "people",
    "expires_at",
)  # fmt: skip


def review(actor: Actor, alert_id: int, edit: DraftEdit | None = None) -> Done:
    """A second person stands for the draft, with corrections where needed."""
    book = the_book()
    with act("alerts.review", actor) as this:
        alert = locked(alert_id)
        this.on("alert", alert.pk, alert.headline)
        signatures = made_by(alert)
        done = already(alert, "review", signatures)
        if done is not None:
            return done
        if alert.state == AlertState.DRAFT and "draft" not in signatures:
            raise Refused(refusals.NOT_DRAFTED, number=alert.number)
        state = allowed(actor, "review", alert, signatures)
        changes = _apply(alert, edit, book) if edit is not None else 0
        alert.trial = dry_run(ground_of(alert, book))
        alert.state, alert.reached_reviewed = state, alert.trial["reachable"]
        alert.save(update_fields=["state", "reached_reviewed", "trial"])
        this.detail = {"changes": changes}
        done = left(alert, "review", actor, changes=changes)
        desk.ask_next(alert, drafted=True, book=book)
        this.publish(AlertReviewed(alert_id=alert.pk, level=alert.level))
    return done


def send_back(actor: Actor, alert_id: int, words: str) -> Done:
    """Back to the drafter, with a sentence; the signatures before are void."""
    reason = said(words)
    with act("alerts.send_back", actor) as this:
        alert = locked(alert_id)
        this.on("alert", alert.pk, alert.headline)
        allowed(actor, "send_back", alert, {})
        Signature.objects.filter(alert=alert).update(void=True)
        alert.state = AlertState.DRAFT
        alert.save(update_fields=["state"])
        this.detail = {"words": reason}
        done = left(alert, "send_back", actor, words=reason, void=True)
        desk.ask_next(alert, drafted=False, book=the_book())
    return done


def reject(actor: Actor, alert_id: int, words: str) -> Done:
    """This will not be sent, and why."""
    reason = said(words)
    with act("alerts.reject", actor) as this:
        alert = locked(alert_id)
        this.on("alert", alert.pk, alert.headline)
        done = already(alert, "reject", made_by(alert))
        if done is not None:
            return done
        alert.state = allowed(actor, "reject", alert, {})
        alert.ended_at, alert.end_words = clock.now(), reason
        alert.save(update_fields=["state", "ended_at", "end_words"])
        this.detail = {"words": reason}
        done = left(alert, "reject", actor, words=reason)
        desk.clear(alert, "rejected")
        this.publish(AlertRejected(alert_id=alert.pk, level=alert.level, why=reason))
    return done


def _apply(alert: Alert, edit: DraftEdit, book: Book) -> int:
    """Write the changes; returns how many there were."""
    changes = 0
    for name in ("headline", "description", "instruction", "message"):
        value = getattr(edit, name)
        if value is not None and value.strip() and value.strip() != getattr(alert, name):
            setattr(alert, name, value.strip())
            alert.edited = True
            changes += 1
    if edit.expires_at is not None and edit.expires_at != alert.expires_at:
        alert.expires_at = _later(edit.expires_at)
        changes += 1
    changes += _apply_area(alert, edit)
    if changes:
        alert.save()
        alert.trial = dry_run(ground_of(alert, book))
        alert.save(update_fields=["trial"])
    return changes


def _apply_area(alert: Alert, edit: DraftEdit) -> int:
    before = set(AlertArea.objects.filter(alert=alert).values_list("code", flat=True))
    polygon = polygon_of(alert)
    changes = 0
    if edit.area is not None:
        try:
            polygon = areas.drawn_area(edit.area)
        except (areas.EmptyArea, ValueError, KeyError, TypeError) as fault:
            raise Refused(refusals.EMPTY_AREA, why=str(fault)) from fault
        changes += 1
    if edit.communities is not None and set(edit.communities) != before:
        after = set(edit.communities)
        if edit.area is None:
            polygon = _cut(polygon, before - after, after - before)
        _put_communities(alert, sorted(after))
        changes += 1
    if changes:
        compose.put_area(alert, polygon)
        alert.area_edited = True
    return changes


def _cut(polygon: MultiPolygon | None, gone: set[str], new: set[str]) -> MultiPolygon | None:
    """Take communities out of an area, put others into it."""
    shapes = outlines("community")
    area: Any = polygon if polygon is not None else MultiPolygon()
    leaving = [shapes[code] for code in gone if code in shapes]
    coming = [shapes[code] for code in new if code in shapes]
    area = shapely.union_all([shapely.difference(area, shapely.union_all(leaving)), *coming])
    try:
        return areas.polygons(area)
    except areas.EmptyArea:
        return None


def _outline(codes: Sequence[str]) -> MultiPolygon:
    polygon = _cut(None, set(), set(codes))
    if polygon is None:
        raise Refused(refusals.EMPTY_AREA, why="—")
    return polygon


def _put_communities(alert: Alert, codes: Sequence[str]) -> None:
    """Make the alert's communities these; those a forecast spoke of keep its figures."""
    rows = AlertArea.objects.filter(alert=alert)
    rows.exclude(code__in=codes).delete()
    known = set(rows.values_list("code", flat=True))
    names = area_names(codes)
    counts = {one.code: one for one in territory_areas("community", alert.area_code)}
    AlertArea.objects.bulk_create(
        AlertArea(
            alert=alert, code=code, name=names[code],
            people=counts[code].people if code in counts else 0,
            households=counts[code].households if code in counts else 0,
        )
        for code in codes
        if code not in known and code in names
    )  # fmt: skip
    totals = AlertArea.objects.filter(alert=alert).aggregate(h=Sum("households"), p=Sum("people"))
    alert.households, alert.people = totals["h"] or 0, totals["p"] or 0


def _later(at: datetime) -> datetime:
    if at <= clock.now():
        raise Refused(refusals.PAST_EXPIRY)
    return at
