"""What a unit says of its items, what the review sees otherwise, and what the bureau enters beside
them. Called inside the step that it belongs to."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from anlan.operations.assessment.models import Entry, Scorecard
from anlan.operations.assessment.queries.sheets import live_sheet
from anlan.operations.assessment.rules.scheme import HAND, Item, Scheme
from anlan.operations.people.actions import Actor
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

POINTS, WORDS = "points:", "words:"
LONGEST = 300
DECIMALS = 1


def keep_scores(card: Scorecard, scheme: Scheme, given: Mapping[str, str]) -> dict[str, str]:
    """Keep what a unit gives itself (``points:<item>``, ``words:<item>``); an item without points
    is left as it is."""
    said = {}
    for item, typed in _typed(card, scheme, given):
        points = points_of(typed, item.points, item.text)
        words = given.get(WORDS + item.code, "").strip()[:500]
        card.scores.update_or_create(code=item.code, defaults={"said": points, "words": words})
        said[item.code] = f"{points:g}"
    return said


def refuse_unsaid(card: Scorecard, scheme: Scheme) -> None:
    """Raises `Refused` while an item that the unit scores has no points, or no word of evidence."""
    said = {one.code: one for one in card.scores.all()}
    papers = set(card.papers.values_list("code", flat=True))
    wanting = [one for one in scheme.items_of(card.kind) if one.typed and one.code not in said]
    if wanting:
        raise Refused(N_("%(count)d items have no points of yours yet."), count=len(wanting))
    for item in scheme.items_of(card.kind):
        if item.typed and not said[item.code].words and item.code not in papers:
            raise Refused(
                N_("%(item)s: name your evidence in words, or add a file."), item=item.text
            )


def change_scores(card: Scorecard, scheme: Scheme, given: Mapping[str, str]) -> dict[str, str]:
    """Items that the review sees otherwise, each with its reason; before and now."""
    changed = {}
    rows = {one.code: one for one in card.scores.all()}
    for item, typed in _typed(card, scheme, given):
        row, points = rows[item.code], points_of(typed, item.points, item.text)
        before = row.said if row.reviewed is None else row.reviewed
        if points == before:
            continue
        reason = given.get(WORDS + item.code, "").strip()
        if not reason:
            raise Refused(N_("%(item)s: say why the points differ."), item=item.text)
        changed[item.code] = f"{before:g} > {points:g}"
        row.reviewed, row.reason = points, reason[:LONGEST]
        row.save(update_fields=["reviewed", "reason"])
    return changed


def deduct(card: Scorecard, scheme: Scheme, given: Mapping[str, str], actor: Actor) -> str:
    """For an event that no register knows; the points are the scheme's."""
    rule = next((one for one in scheme.rules_by(HAND) if one.code == given.get("code")), None)
    if rule is None:
        raise Refused(N_("There is no such deduction that is entered by hand."))
    what = _said(given, "what", N_("Name the event."))
    _enter(card, actor, sort="deduction", code=rule.code, what=what, points=rule.points)
    return f"−{rule.points:g} {what}"


def award(card: Scorecard, scheme: Scheme, given: Mapping[str, str], actor: Actor) -> str:
    what = _said(given, "what", N_("Say what the bonus is for."))
    standing = card.entries.filter(sort="bonus", struck_at=None).values_list("points", flat=True)
    left = scheme.bonus_most - sum(standing)
    points = points_of(given.get("points", ""), left, what)
    if not points:
        raise Refused(N_("A bonus has points."))
    _enter(card, actor, sort="bonus", what=what, points=points)
    return f"+{points:g} {what}"


def waive(card: Scorecard, scheme: Scheme, given: Mapping[str, str], actor: Actor) -> str:
    """Leave out a computed deduction that this unit does not answer for; a veto stays."""
    key = given.get("key", "")
    taken = live_sheet(card, scheme).taken
    one = next((one for one in taken if key and one.key == key and not one.why_not), None)
    if one is None:
        raise Refused(N_("There is no such deduction."))
    what = _said(given, "what", N_("Say why."))
    _enter(card, actor, sort="waiver", key=key, what=what, points=one.points)
    return f"{one.what}: {what}"


def strike(card: Scorecard, given: Mapping[str, str], actor: Actor) -> str:
    number = given.get("entry", "")
    known = number.isascii() and number.isdigit() and len(number) <= 18
    rows = card.entries.filter(struck_at=None)
    one = rows.filter(pk=int(number)).first() if known else None
    if one is None:
        raise Refused(N_("There is no such entry."))
    one.struck_why = _said(given, "what", N_("Say why."))
    one.struck_at, one.struck_by_name = clock.now(), actor.label
    one.save(update_fields=["struck_why", "struck_at", "struck_by_name"])
    return f"{one.what}: {one.struck_why}"


def points_of(text: str, most: float, item: str) -> float:
    """Points from 0 to `most`, of at most one decimal; raises `Refused` naming the item."""
    try:
        found = Decimal(text.strip())
    except InvalidOperation:
        found = Decimal("NaN")
    fitting = found.is_finite() and 0 <= found <= Decimal(str(most))
    if not fitting or found != round(found, DECIMALS):
        raise Refused(
            N_("%(item)s: write points from 0 to %(most)s, with at most one decimal."),
            item=item, most=f"{most:g}",
        )  # fmt: skip
    return float(found)


def _typed(
    card: Scorecard, scheme: Scheme, given: Mapping[str, str]
) -> list[tuple[Item, str]]:  # fmt: skip
    """The items that points were typed of; raises `Refused` for one that is none, or computed."""
    items = {one.code: one for one in scheme.items_of(card.kind) if one.typed}
    found = []
    for key, value in given.items():
        if not key.startswith(POINTS) or not value.strip():
            continue
        item = items.get(key.removeprefix(POINTS))
        if item is None:
            raise Refused(N_("There is no such item, or it is computed from records."))
        found.append((item, value))
    return found


def _said(given: Mapping[str, str], key: str, missing: str) -> str:
    said = given.get(key, "").strip()[:LONGEST]
    if not said:
        raise Refused(missing)
    return said


def _enter(card: Scorecard, actor: Actor, **values: object) -> None:
    Entry.objects.create(card=card, at=clock.now(), by_name=actor.label, **values)
