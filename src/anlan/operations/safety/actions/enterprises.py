"""The enterprise register: entered, corrected as a new version, claimed by its own people."""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from anlan.operations.people.actions import Actor, act, log_view, seal_text, unseal_text
from anlan.operations.safety.models import (
    ClaimCode,
    Enterprise,
    EnterpriseVersion,
    Membership,
)
from anlan.operations.safety.rules.credit_code import valid
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

CODE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LENGTH = 10
CODE_LASTS = timedelta(days=30)
MOST_TRIES = 10
FIELDS = (
    "credit_code", "name", "area_code", "address", "sector", "trade", "scale", "people",
    "principal", "manager", "state", "sector_regulator", "general_regulator", "local_regulator",
    "lon", "lat", "traits", "schematic",
)  # fmt: skip
SEALED = ("principal_phone", "manager_phone")


def register_enterprise(actor: Actor, values: Mapping[str, Any]) -> int:
    """Open the file of an enterprise; its id. Its credit code names it: one file a code."""
    code = str(values["credit_code"])
    if not valid(code):
        raise Refused(N_("The check character of the credit code does not fit."))
    with act("safety.register_enterprise", actor) as this:
        if Enterprise.objects.filter(credit_code=code).exists():
            raise Refused(N_("An enterprise with this credit code is registered already."))
        one = opened(values, clock.now())
        one.save()
        this.on("enterprise", one.pk, one.name)
    return one.pk


def correct_enterprise(actor: Actor, enterprise_id: int, values: Mapping[str, Any]) -> None:
    """Change the file; what it said before stays as a version."""
    with act("safety.correct_enterprise", actor) as this:
        one = Enterprise.objects.select_for_update().filter(pk=enterprise_id).first()
        if one is None:
            raise Refused(N_("There is no such enterprise."))
        code = str(values.get("credit_code", one.credit_code))
        if not valid(code):
            raise Refused(N_("The check character of the credit code does not fit."))
        if Enterprise.objects.filter(credit_code=code).exclude(pk=one.pk).exists():
            raise Refused(N_("An enterprise with this credit code is registered already."))
        before = {key: getattr(one, key) for key in FIELDS}
        fill(one, values)
        changed = {key: value for key, value in before.items() if value != getattr(one, key)}
        if not changed and not any(values.get(key) for key in SEALED):
            return
        EnterpriseVersion.objects.create(
            enterprise=one, at=clock.now(), by=actor.label, before=changed
        )
        one.changed_at = clock.now()
        one.save()
        this.on("enterprise", one.pk, one.name)
        this.detail = {"fields": sorted(changed)}


def put_enterprise(
    actor: Actor, origin: tuple[str, str], values: Mapping[str, Any], seen: QuerySet[Any]
) -> int:
    """Register or correct an enterprise that another system names by (source, id); its id.

    An enterprise outside `seen`, the sender's sight, is refused; the same again changes nothing.
    """
    code = str(values["credit_code"])
    source, source_id = (text[:60] for text in origin)
    one = Enterprise.objects.filter(source=source, source_id=source_id).first()
    one = one or Enterprise.objects.filter(credit_code=code).first()
    if one is None:
        pk = register_enterprise(actor, values)
        Enterprise.objects.filter(pk=pk).update(source=source, source_id=source_id)
        return pk
    if not seen.filter(pk=one.pk).exists():
        raise Refused(N_("The enterprise is registered elsewhere: its regulator corrects it."))
    correct_enterprise(actor, one.pk, {k: v for k, v in values.items() if v not in (None, "")})
    if not one.source_id:
        Enterprise.objects.filter(pk=one.pk).update(source=source, source_id=source_id)
    return one.pk


def opened(values: Mapping[str, Any], now: datetime) -> Enterprise:
    """A new file, not saved yet; its street regulates it where nobody else is named."""
    one = Enterprise(registered_at=now, changed_at=now)
    fill(one, values)
    one.local_regulator = one.local_regulator or one.area_code[:9]
    return one


def fill(one: Enterprise, values: Mapping[str, Any]) -> None:
    """Write what is stated into the file; an empty phone says nothing."""
    for key in FIELDS:
        if key in values:
            setattr(one, key, values[key])
    for key in SEALED:
        if values.get(key):
            setattr(one, f"{key}_sealed", seal_text(str(values[key])))


def hand_out_code(actor: Actor, enterprise_id: int) -> str:
    """A code with which the enterprise claims its file; shown once, the last one ends."""
    code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
    with act("safety.hand_out_code", actor) as this:
        one = Enterprise.objects.select_for_update().filter(pk=enterprise_id).first()
        if one is None:
            raise Refused(N_("There is no such enterprise."))
        now = clock.now()
        one.codes.filter(used_at=None).delete()
        ClaimCode.objects.create(
            enterprise=one, digest=_digest(code), made_at=now, made_by=actor.label,
            ends_at=now + CODE_LASTS,
        )  # fmt: skip
        this.on("enterprise", one.pk, one.name)
    return code


def claim_enterprise(actor: Actor, credit_code: str, code: str) -> int:
    """The account works for the enterprise from now on; its id.

    Every wrong answer is the same, so that nobody learns which enterprises wait to be claimed.
    """
    wrong = Refused(N_("Credit code and claim code do not belong together, or the code has ended."))
    given = ClaimCode.objects.filter(
        enterprise__credit_code=credit_code.strip().upper(), used_at=None, ends_at__gt=clock.now()
    ).first()
    if given is None or given.tries >= MOST_TRIES or actor.id is None:
        raise wrong
    if not hmac.compare_digest(given.digest, _digest(code.strip().upper())):
        given.tries += 1
        given.save(update_fields=["tries"])
        raise wrong
    with act("safety.claim_enterprise", actor) as this:
        one = given.enterprise
        Membership.objects.get_or_create(
            enterprise=one, account_id=actor.id, until=None, defaults={"since": clock.now()}
        )
        given.used_at = clock.now()
        given.save(update_fields=["used_at"])
        this.on("enterprise", one.pk, one.name)
    return one.pk


def show_phones(actor: Actor, one: Enterprise) -> dict[str, str]:
    """The plain phones of principal and safety manager; who looked is recorded."""
    with transaction.atomic():
        log_view(actor, "enterprise", one.pk, one.name, list(SEALED))
        return {key: unseal_text(getattr(one, f"{key}_sealed")) for key in SEALED}


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
