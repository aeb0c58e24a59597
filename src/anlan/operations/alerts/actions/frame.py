"""The frame of every step on an alert: the row locked, the step allowed, the signature left."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.utils.translation import pgettext

from anlan.operations.alerts.models import Alert, Signature
from anlan.operations.alerts.queries.wording import state_word
from anlan.operations.alerts.rules import refusals
from anlan.operations.alerts.rules.states import ALERT, own_work, rights_for
from anlan.operations.people.actions import Actor
from anlan.operations.people.queries import NOBODY, Scope, scope_of
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import NoSuchStep, Refused
from anlan.vocabulary.words import NP_, Term

VERB_WORDS = {
    "draft": NP_("alert verb", "drafted"),
    "edit": NP_("alert verb", "edited"),
    "review": NP_("alert verb", "reviewed"),
    "send_back": NP_("alert verb", "sent back"),
    "reject": NP_("alert verb", "rejected"),
    "sign": NP_("alert verb", "signed"),
    "sign_urgent": NP_("alert verb", "signed"),
    "propose_lift": NP_("alert verb", "proposed for lifting"),
    "lift": NP_("alert verb", "lifted"),
    "file_papers": NP_("alert verb", "filed"),
}


@dataclass(frozen=True, slots=True)
class Done:
    """What stands after an action. `already`: somebody (`by`) had done it before, at `at`."""

    alert_id: int
    already: bool
    by: str
    at: datetime


def locked(alert_id: int) -> Alert:
    """The alert, held until the transaction ends; raises `Refused` when there is none."""
    found = Alert.objects.select_for_update().filter(pk=alert_id).first()
    if found is None:
        raise Refused(refusals.NO_SUCH_ALERT)
    return found


def made_by(alert: Alert) -> dict[str, Signature]:
    """The standing signature of each step, the newest one where there are several."""
    rows = Signature.objects.filter(alert=alert, void=False).order_by("at", "id")
    found: dict[str, Signature] = {}
    for row in rows:
        found["sign" if row.step == "sign_urgent" else row.step] = row
    return found


def already(alert: Alert, verb: str, signatures: dict[str, Signature]) -> Done | None:
    """The answer to a repeat: the step is done and its state behind us; None when it is not."""
    try:
        step = ALERT.step(verb, alert.state)
    except NoSuchStep:
        done = signatures.get("sign" if verb == "sign_urgent" else verb)
        return Done(alert.pk, True, done.by_label, done.at) if done else None
    # A step that keeps its state (taking on a draft) is done when its signature stands.
    done = signatures.get(verb)
    if done is not None and step.leads_to(alert.state) == alert.state:
        return Done(alert.pk, True, done.by_label, done.at)
    return None


def allowed(actor: Actor, verb: str, alert: Alert, signatures: dict[str, Signature]) -> str:
    """Check state, right, area and maker ≠ checker; returns the state the step leads to."""
    return _check(_scope(actor), verb, alert, signatures)


def _check(scope: Scope, verb: str, alert: Alert, signatures: dict[str, Signature]) -> str:
    try:
        step = ALERT.step(verb, alert.state)
    except NoSuchStep as fault:
        raise Refused(
            refusals.WRONG_STATE, number=alert.number, state=state_word(alert.state),
            verb=_term(VERB_WORDS[verb]) if verb in VERB_WORDS else verb,
        ) from fault  # fmt: skip
    rights = rights_for(verb, alert.state, alert.level)
    _holds(scope, rights, alert)
    before = {name: row.by_id for name, row in signatures.items()}
    own = own_work(verb, scope.account_id, before)
    if own:
        taken = {row.by_id for row in signatures.values()} | {scope.account_id}
        raise Refused(
            refusals.OWN_WORK, step=_term(VERB_WORDS[own]), who=who_may(rights[0], alert, taken)
        )
    return step.leads_to(alert.state)


def _scope(actor: Actor) -> Scope:
    """The actor's rights as they stand now; the platform holds none."""
    account = get_user_model().objects.filter(pk=actor.id).first() if actor.id else None
    return NOBODY if account is None else scope_of(account)


def _holds(scope: Scope, rights: tuple[str, ...], alert: Alert) -> None:
    prefix = scope.area_prefix
    if prefix is None or not any(right and scope.may(right) for right in rights):
        raise Refused(refusals.NO_RIGHT, level=alert.level, who=who_may(rights[0], alert, set()))
    if not alert.area_code.startswith(prefix):
        raise Refused(refusals.NO_SUCH_ALERT)


def who_may(right: str, alert: Alert, besides: set[int | None]) -> str:
    """Up to three people who hold `right` over the alert's area, by name and post; or —."""
    names = []
    for account in get_user_model().objects.filter(is_active=True).order_by("id")[:500]:
        scope = scope_of(account)
        prefix = scope.area_prefix
        if account.pk in besides or prefix is None or not scope.may(right):
            continue
        if alert.area_code.startswith(prefix):
            post = getattr(account, "post", "")
            names.append(f"{account}（{post}）" if post else str(account))
    return "、".join(names[:3]) or "—"


def left(alert: Alert, step: str, actor: Actor, **more: Any) -> Done:
    """Leave the signature of a step (append-only) and say what stands now."""
    now = clock.now()
    post = ""
    if actor.id is not None:
        account = get_user_model().objects.filter(pk=actor.id).first()
        post = getattr(account, "post", "")
    Signature.objects.create(
        alert=alert, step=step, by_id=actor.id, by_label=actor.label, post=post, at=now, **more
    )
    return Done(alert.pk, False, actor.label, now)


def _term(term: Term) -> str:
    return pgettext(term.context, term.word)


def said(words: str) -> str:
    """A sentence of reason; raises `Refused` for less than two characters."""
    text = " ".join(words.split())
    if len(text) < 2:
        raise Refused(refusals.NO_WORDS)
    return text[:300]


def obstacles(actor: Actor, alert_id: int, verbs: Iterable[str]) -> dict[str, Refused | None]:
    """For each step why this person may not take it now; None where they may. Changes nothing."""
    alert = Alert.objects.defer("depth", "area_wkb").filter(pk=alert_id).first()
    if alert is None:
        return dict.fromkeys(verbs, Refused(refusals.NO_SUCH_ALERT))
    scope, signatures = _scope(actor), made_by(alert)
    found: dict[str, Refused | None] = {}
    for verb in verbs:
        try:
            _check(scope, verb, alert, signatures)
        except Refused as fault:
            found[verb] = fault
        else:
            found[verb] = None
    return found
