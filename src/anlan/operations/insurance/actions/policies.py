"""Policies: entered, corrected as a new version, withdrawn; none is ever deleted."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError

from anlan.operations.insurance.actions.desk import moved, settle_cover
from anlan.operations.insurance.models import Policy, PolicyDocument, PolicyVersion
from anlan.operations.insurance.queries.policies import facts, following, newest
from anlan.operations.insurance.rules.policies import (
    CORRECT,
    DOCUMENT,
    RENEW,
    WITHDRAW,
    Person,
    check,
    check_entry,
    check_values,
)
from anlan.operations.insurance.rules.words import LIABILITY
from anlan.operations.people.actions import Act, Actor, act
from anlan.operations.registers.queries import clean, required
from anlan.operations.safety.actions import keep_photo, paper_media, paper_name
from anlan.operations.safety.queries.signboards import signboard
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

FIELDS = ("insurer", "number", "sum_insured", "people", "premium", "starts_on", "ends_on", "note")
MOST_DOCUMENTS = 10
TAKEN = N_(
    "This number of this insurer is entered already, or another policy follows the earlier one."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Whom a policy insures: an enterprise by its id, else the district under a `name`."""

    kind: str
    enterprise_id: int | None = None
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """By what another system names a policy."""

    source: str = ""
    source_id: str = ""


def enter_policy(
    actor: Actor, person: Person, holder: Holder, values: Mapping[str, Any],
    *, follows: int | None = None, origin: Origin = Origin(),
) -> int:  # fmt: skip
    """Enter a policy; its id. Raises `Refused`, then nothing is changed.

    It follows the policy `follows`, else the newest of its holder that ends before it ends.
    """
    check_entry(person, holder.kind, holder.enterprise_id)
    try:
        return _entered(actor, person, holder, values, (follows, origin))
    except IntegrityError:  # the same number is taken, or was at this very moment
        raise Refused(TAKEN) from None


def _entered(
    actor: Actor, person: Person, holder: Holder, values: Mapping[str, Any],
    more: tuple[int | None, Origin],
) -> int:  # fmt: skip
    follows, origin = more
    with act("insurance.enter_policy", actor) as this:
        name, code = _insured(holder)
        policy = Policy(
            enterprise_id=holder.enterprise_id, kind=holder.kind, name=name, credit_code=code,
            source=origin.source, source_id=origin.source_id, entered_at=clock.now(),
            entered_by=actor.label,
        )  # fmt: skip
        _fill(policy, values)
        policy.follows = _before(policy, person, follows)
        policy.save()
        _record(this, policy, actor, "enter", "")
        settle_cover(policy.enterprise_id, policy.kind, actor.label)
    return policy.pk


def _insured(holder: Holder) -> tuple[str, str]:
    if holder.enterprise_id is None:
        return required(holder.name, N_("Say who is insured."))[:120], ""
    sign = signboard(holder.enterprise_id)
    if sign is None:
        raise Refused(N_("There is no such enterprise."))
    return sign.name, sign.credit_code


def _fill(policy: Policy, values: Mapping[str, Any]) -> None:
    check_values(values)
    for key in FIELDS:
        if key in values:
            setattr(policy, key, values[key])


def _before(policy: Policy, person: Person, follows: int | None) -> Policy | None:
    """Which policy a new one follows; raises `Refused` where the one named cannot be."""
    rows = newest(policy.enterprise_id, policy.kind).select_for_update()
    if follows is None:
        earlier = rows.filter(ends_on__lt=policy.ends_on).first()
        return earlier if earlier is not None and following(earlier) is None else None
    named = rows.filter(pk=follows).first()
    if named is None:
        raise Refused(N_("There is no such policy of this holder."))
    check(RENEW, facts(named, followed=following(named) is not None), person)
    if policy.ends_on <= named.ends_on:
        raise Refused(N_("The policy that follows ends later than the one before."))
    return named


def put_renewal(
    actor: Actor, person: Person, policy_id: int, values: Mapping[str, Any]
) -> tuple[int, str]:
    """Enter the policy that follows: its id, and new or same, where the one that follows it has
    this number already. Raises `Refused`."""
    with act("insurance.renew_policy", actor) as this:  # whoever sends it again waits for this
        before = _locked(policy_id, RENEW, person)
        this.on("policy", before.pk, before.number)
        known = following(before)
        numbers = (values["insurer"], values["number"])
        if known is not None and (known.insurer, known.number) == numbers:
            return known.pk, "same"
        holder = Holder(kind=before.kind, enterprise_id=before.enterprise_id, name=before.name)
        return enter_policy(actor, person, holder, values, follows=before.pk), "new"


def correct_policy(
    actor: Actor, person: Person, policy_id: int, values: Mapping[str, Any],
    *, reason: str, seen: int | None = None, only_new: bool = False,
) -> None:  # fmt: skip
    """Write a new version; what it said before stays, and what the values do not say. `seen`: the
    version that was corrected; `only_new`: what it says already is no correction."""
    try:
        with act("insurance.correct_policy", actor) as this:
            policy = _locked(policy_id, CORRECT, person)
            if seen is not None and seen != policy.version:
                raise Refused(N_("Somebody changed it meanwhile: look at it again."))
            values = {key: getattr(policy, key) for key in FIELDS} | dict(values)
            if only_new and all(getattr(policy, key) == values[key] for key in FIELDS):
                return
            reason = required(reason, N_("Say why."))
            ended = policy.ends_on
            _fill(policy, values)
            policy.version += 1
            policy.save()
            _record(this, policy, actor, CORRECT, reason)
            if policy.ends_on != ended:
                settle_cover(policy.enterprise_id, policy.kind, actor.label)
    except IntegrityError:
        raise Refused(TAKEN) from None


def withdraw_policy(actor: Actor, person: Person, policy_id: int, *, reason: str) -> None:
    """It was entered wrongly or called off: it counts no more, its record stays."""
    with act("insurance.withdraw_policy", actor) as this:
        policy = _locked(policy_id, WITHDRAW, person)
        reason = required(reason, N_("Say why."))
        policy.withdrawn_at = clock.now()
        policy.version += 1
        policy.save()
        _record(this, policy, actor, WITHDRAW, reason)
        settle_cover(policy.enterprise_id, policy.kind, actor.label)


def put_policy(
    actor: Actor, person: Person, enterprise_id: int, values: Mapping[str, Any],
    *, reason: str, origin: Origin = Origin(),
) -> tuple[int, str]:  # fmt: skip
    """Enter or correct a liability policy by (source, id), else by insurer and number.

    Its id, and what came of it: new, changed or same. What the values do not say stays.
    """
    known = _known(values, origin)
    if known is None:
        holder = Holder(kind=LIABILITY, enterprise_id=enterprise_id)
        return enter_policy(actor, person, holder, values, origin=origin), "new"
    if known.enterprise_id != enterprise_id:
        raise Refused(N_("This policy is entered for another enterprise."))
    if all(getattr(known, key) == values[key] for key in FIELDS if key in values):
        return known.pk, "same"
    correct_policy(actor, person, known.pk, values, reason=reason)
    return known.pk, "changed"


def _known(values: Mapping[str, Any], origin: Origin) -> Policy | None:
    if origin.source_id:
        named = {"source": origin.source, "source_id": origin.source_id}
        return Policy.objects.filter(**named).first()
    rows = Policy.objects.filter(insurer=values["insurer"], number=values["number"])
    return rows.filter(withdrawn_at=None).first()


def add_document(
    actor: Actor, person: Person, policy_id: int, raw: bytes, name: str = ""
) -> int:  # fmt: skip
    """Keep a photo or document of the policy; its id. The same again is the same one."""
    media, digest = paper_media(raw), hashlib.sha256(raw).hexdigest()
    with act("insurance.add_document", actor) as this:
        policy = _locked(policy_id, DOCUMENT, person)
        known = policy.documents.filter(sha256=digest).first()
        if known is not None:
            return known.pk
        if policy.documents.count() >= MOST_DOCUMENTS:
            raise Refused(
                N_("A policy has at most %(most)d photos and documents."), most=MOST_DOCUMENTS
            )
        keep_photo(raw)
        one = PolicyDocument.objects.create(
            policy=policy, sha256=digest, media=media, name=paper_name(name), size=len(raw),
            kept_at=clock.now(), kept_by=actor.label,
        )  # fmt: skip
        this.on("policy", policy.pk, policy.number)
        this.detail = {"sha256": digest}
    return one.pk


def _locked(policy_id: int, verb: str, person: Person) -> Policy:
    policy = Policy.objects.select_for_update().filter(pk=policy_id).first()
    if policy is None:
        raise Refused(N_("There is no such policy."))
    check(verb, facts(policy, followed=False), person)
    return policy


def _record(this: Act, policy: Policy, actor: Actor, verb: str, reason: str) -> None:
    PolicyVersion.objects.create(
        policy=policy, version=policy.version, at=clock.now(), by_id=actor.id,
        by_name=actor.label, verb=verb, reason=clean(reason)[:300],
        values={key: _plain(getattr(policy, key)) for key in FIELDS},
    )  # fmt: skip
    this.on("policy", policy.pk, policy.number)
    this.detail = {"verb": verb, "version": policy.version}
    this.publish(moved(policy, verb))


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal | date) else value
