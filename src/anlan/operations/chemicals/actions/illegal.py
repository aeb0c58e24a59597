"""Dangers that are illegal activities with chemicals 打非: marked, corrected, withdrawn."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from anlan.operations.chemicals.events import ActivityMoved
from anlan.operations.chemicals.models import IllegalActivity
from anlan.operations.chemicals.rules.illegal import CORRECT, MARK, WITHDRAW, check_mark
from anlan.operations.people.actions import Act, Actor, act
from anlan.operations.people.queries import Scope
from anlan.operations.registers.queries import clean, required
from anlan.operations.safety.actions import Find, find_danger
from anlan.operations.safety.queries.persons import person_of
from anlan.operations.safety.queries.scope import dangers_in
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What is known: `activity` a key of `ACTIVITY_WORDS`, `units` with whom it is checked."""

    activity: str
    substance: str = ""
    units: str = ""


def report_activity(actor: Actor, scope: Scope, find: Find, mark: Mark) -> int:
    """Register a danger and mark it; the danger's id. A find sent twice is kept once."""
    with act("chemicals.report_activity", actor) as this:
        check_mark(MARK, scope.rights, stands=False)
        danger_id = find_danger(actor, person_of(scope, scope.organisation or ""), find)
        if not IllegalActivity.objects.filter(danger=danger_id).exists():
            _written(this, actor, _locked(danger_id, actor), mark, (MARK, ""))
        this.on("danger", danger_id, find.title)
    return danger_id


def mark_danger(actor: Actor, scope: Scope, danger_id: int, mark: Mark) -> None:
    """Mark a danger within sight. Raises `Refused`, then nothing is changed."""
    with act("chemicals.mark_activity", actor) as this:
        one = _in_sight(danger_id, scope, actor)
        check_mark(MARK, scope.rights, stands=_stands(one))
        _written(this, actor, one, mark, (MARK, ""))


def correct_mark(
    actor: Actor, scope: Scope, danger_id: int, mark: Mark, *, reason: str, seen: int | None = None
) -> None:
    """Write anew what a mark says; what it said stays in its history. `seen`: how long that was."""
    with act("chemicals.correct_activity", actor) as this:
        one = _in_sight(danger_id, scope, actor)
        check_mark(CORRECT, scope.rights, stands=_stands(one))
        if seen is not None and seen != len(one.history):
            raise Refused(N_("Somebody changed it meanwhile: look at it again."))
        _written(this, actor, one, mark, (CORRECT, required(reason, N_("Say why."))))


def withdraw_mark(actor: Actor, scope: Scope, danger_id: int, *, reason: str) -> None:
    """It is no such activity after all: it counts no more, what it said stays."""
    with act("chemicals.withdraw_activity", actor) as this:
        one = _in_sight(danger_id, scope, actor)
        check_mark(WITHDRAW, scope.rights, stands=_stands(one))
        said = Mark(activity=one.activity, substance=one.substance, units=one.units)
        _written(this, actor, one, said, (WITHDRAW, required(reason, N_("Say why."))))


def put_mark(
    actor: Actor, scope: Scope, danger_id: int, said: Mapping[str, str], *, reason: str
) -> str:
    """Mark or correct, as often as one likes: new, changed or same. What is not said stays, and one
    that was withdrawn stays so while nothing else is said of it."""
    known = IllegalActivity.objects.filter(danger=danger_id).first()
    if known is None:
        mark_danger(actor, scope, danger_id, Mark(**said))
        return "new"
    stands = Mark(activity=known.activity, substance=known.substance, units=known.units)
    if replace(stands, **said) == stands:
        return "same"
    correct_mark(actor, scope, danger_id, replace(stands, **said), reason=reason)
    return "changed"


def _in_sight(danger_id: int, scope: Scope, actor: Actor) -> IllegalActivity:
    if not dangers_in(scope).filter(pk=danger_id).exists():
        raise Refused(N_("There is no such entry."))
    return _locked(danger_id, actor)


def _locked(danger_id: int, actor: Actor) -> IllegalActivity:
    """The mark, locked; a danger that never had one gets one that does not stand yet."""
    now = clock.now()
    said = {"marked_at": now, "marked_by": actor.label, "withdrawn_at": now}
    IllegalActivity.objects.get_or_create(danger_id=danger_id, defaults=said)
    return IllegalActivity.objects.select_for_update().get(danger=danger_id)


def _stands(one: IllegalActivity) -> bool:
    return one.withdrawn_at is None


def _written(
    this: Act, actor: Actor, one: IllegalActivity, mark: Mark, how: tuple[str, str]
) -> None:  # fmt: skip
    verb, reason = how
    now, said = clock.now(), asdict(mark)
    one.activity, one.substance, one.units = mark.activity, mark.substance, mark.units
    one.withdrawn_at = now if verb == WITHDRAW else None
    if verb == MARK:
        one.marked_at, one.marked_by = now, actor.label
    one.history.append({
        "at": now.isoformat(), "by": actor.label, "verb": verb, "reason": clean(reason)[:300],
        "said": said,
    })  # fmt: skip
    one.save()
    this.on("danger", one.danger_id, str(one))
    this.detail = {"verb": verb, "reason": clean(reason)[:300], **said}
    this.publish(ActivityMoved(danger_id=one.danger_id, activity=one.activity, verb=verb))
