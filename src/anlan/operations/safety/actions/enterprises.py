"""The enterprise register: entered, corrected as a new version, claimed by its own people."""

import hashlib
import hmac
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet

from anlan.operations.deadlines.actions import release_of_enterprise
from anlan.operations.people.actions import (
    Actor,
    act,
    log_view,
    looking_again,
    seal_text,
    unseal_text,
)
from anlan.operations.registers.queries import clean
from anlan.operations.safety.actions.standards import renewed
from anlan.operations.safety.events import EnterprisesCorrected
from anlan.operations.safety.models import (
    ClaimCode,
    Enterprise,
    EnterpriseVersion,
    Membership,
)
from anlan.operations.safety.queries.persons import bureau, departments
from anlan.operations.safety.rules.credit_code import valid
from anlan.vocabulary import clock
from anlan.vocabulary.areas import STREET_DIGITS
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

CODE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LENGTH = 10
CODE_LASTS = timedelta(days=30)
MOST_TRIES = 10
FIELDS = (
    "credit_code", "name", "area_code", "address", "sector", "trade", "scale", "people",
    "principal", "manager", "state", "sector_regulator", "general_regulator", "local_regulator",
    "lon", "lat", "traits", "standard", "standard_until", "schematic",
)  # fmt: skip
SEALED = ("principal_phone", "manager_phone")
REGISTERED = N_("An enterprise with this credit code is registered already.")
LONGEST_ORIGIN, LONGEST_REASON = 60, 200
# What the rooms above keep of a file beside their own rows.
TOLD = frozenset(
    {"name", "area_code", "sector", "sector_regulator", "local_regulator", "state"}
)  # fmt: skip


def register_enterprise(actor: Actor, values: Mapping[str, Any]) -> int:
    """Open the file of an enterprise; its id. Its credit code names it: one file a code."""
    with _one_file_a_code():
        return _open(actor, values)


@contextmanager
def _one_file_a_code() -> Iterator[None]:
    try:
        yield
    except IntegrityError:
        raise Refused(REGISTERED) from None


def _open(actor: Actor, values: Mapping[str, Any], origin: tuple[str, str] = ("", "")) -> int:
    code = str(values["credit_code"])
    if not valid(code):
        raise Refused(N_("The check character of the credit code does not fit."))
    with act("safety.register_enterprise", actor) as this:
        if Enterprise.objects.filter(credit_code=code).exists():
            raise Refused(REGISTERED)
        one = opened(values, clock.now(), departments(), bureau())
        one.source, one.source_id = origin
        one.save()
        this.on("enterprise", one.pk, one.name)
    return one.pk


def correct_enterprise(
    actor: Actor, enterprise_id: int, values: Mapping[str, Any], seen: int | None = None,
    reason: str = "",
) -> None:  # fmt: skip
    """Change the file; what it said before stays as a version.

    `seen`: how many versions the writer knows of; if somebody has corrected it since, nothing is.
    """
    with _one_file_a_code(), act("safety.correct_enterprise", actor) as this:
        one = Enterprise.objects.select_for_update().filter(pk=enterprise_id).first()
        if one is None:
            raise Refused(N_("There is no such enterprise."))
        if seen is not None and seen != one.versions.count():
            raise Refused(N_("Somebody has changed the file meanwhile: look at it again."))
        this.on("enterprise", one.pk, one.name)
        code = str(values.get("credit_code", one.credit_code))
        if not valid(code):
            raise Refused(N_("The check character of the credit code does not fit."))
        values = moving(one, values, departments)
        before = changes(one, values)
        this.detail = {"fields": sorted(before)}
        if not before:
            return
        fill(one, values)
        one.changed_at = clock.now()
        one.save()
        EnterpriseVersion.objects.create(
            enterprise=one, at=one.changed_at, by=actor.label, before=before,
            reason=clean(reason)[:LONGEST_REASON],
        )  # fmt: skip
        if "standard_until" in before or one.state == "closed":
            renewed([one.pk], actor.label)
        if TOLD & before.keys():
            this.publish(corrected({one.pk: "sector" in before}))


def corrected(told: Mapping[int, bool]) -> EnterprisesCorrected:
    """What is told of these files; True of those that say another sector."""
    of_sector = tuple(pk for pk, another in told.items() if another)
    return EnterprisesCorrected(enterprises=tuple(told), of_sector=of_sector)


def moving(
    one: Enterprise, values: Mapping[str, Any], departments: Callable[[], Mapping[str, str]]
) -> Mapping[str, Any]:
    """The values, and with another street or sector its own unit as regulator where the old one's
    was and no other is named; a form that says again who it is names none."""
    changed = dict(values)
    before = one.area_code[:STREET_DIGITS]
    street = str(values.get("area_code", one.area_code))[:STREET_DIGITS]
    if street != before and _left(one, values, "local_regulator", before):
        changed["local_regulator"] = street
    sector = str(values.get("sector", one.sector))
    if sector != one.sector:
        units = departments()
        if _left(one, values, "sector_regulator", units.get(one.sector, "")):
            changed["sector_regulator"] = units.get(sector, "")
    return changed


def _left(one: Enterprise, values: Mapping[str, Any], key: str, own: str) -> bool:
    """Whether `own` regulates it, and nobody names another."""
    regulator = getattr(one, key)
    return bool(regulator == own and values.get(key, regulator) == regulator)


def changes(one: Enterprise, values: Mapping[str, Any]) -> dict[str, Any]:
    """What the values say otherwise than the file, by field, as it was before.

    Of a phone only that it changed: the old one is not kept in plain text.
    """
    before = {
        k: _kept(getattr(one, k)) for k in FIELDS if k in values and getattr(one, k) != values[k]
    }
    for key in SEALED:
        if values.get(key) and unseal_text(getattr(one, f"{key}_sealed")) != values[key]:
            before[key] = "***"
    return before


def _kept(value: Any) -> Any:
    """A value of a version, as JSON keeps it."""
    return value.isoformat() if isinstance(value, date) else value


@looking_again
def put_enterprise(
    actor: Actor, origin: tuple[str, str], values: Mapping[str, Any], seen: QuerySet[Any]
) -> int:
    """Register or correct an enterprise that another system names by (source, id); its id.

    An enterprise outside `seen`, the sender's sight, is refused; the same again changes nothing.
    """
    if max(len(text) for text in origin) > LONGEST_ORIGIN:
        raise Refused(N_("A source and its id have at most %(most)d letters."), most=LONGEST_ORIGIN)
    return _put(actor, origin, values, seen)


def _put(
    actor: Actor, origin: tuple[str, str], values: Mapping[str, Any], seen: QuerySet[Any]
) -> int:
    source, source_id = origin
    one = Enterprise.objects.filter(source=source, source_id=source_id).first()
    one = one or Enterprise.objects.filter(credit_code=values["credit_code"]).first()
    if one is None:
        return _open(actor, values, origin)
    if not seen.filter(pk=one.pk).exists():
        raise Refused(N_("The enterprise is registered elsewhere: its regulator corrects it."))
    correct_enterprise(actor, one.pk, stated(values))
    if not one.source_id:
        Enterprise.objects.filter(pk=one.pk).update(source=source, source_id=source_id)
    return one.pk


def opened(
    values: Mapping[str, Any], now: datetime, departments: Mapping[str, str], general: str
) -> Enterprise:
    """A new file, not saved yet; the sector's department (by sector), the bureau (`general`) and
    its street regulate it, unless other units are named.
    """
    one = Enterprise(registered_at=now, changed_at=now)
    fill(one, values)
    one.sector_regulator = one.sector_regulator or departments.get(one.sector, "")
    one.general_regulator = one.general_regulator or general
    one.local_regulator = one.local_regulator or one.area_code[:STREET_DIGITS]
    return one


def stated(values: Mapping[str, Any]) -> dict[str, Any]:
    """What a sender says of an enterprise; what it leaves empty stays as it is."""
    return {key: value for key, value in values.items() if value not in (None, "", [])}


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
    waiting = ClaimCode.objects.filter(
        enterprise__credit_code=clean(credit_code).upper(), used_at=None,
        ends_at__gt=clock.now(), tries__lt=MOST_TRIES,
    )  # fmt: skip
    given = waiting.first()
    if given is None or actor.id is None:
        raise wrong
    if not hmac.compare_digest(given.digest, _digest(clean(code).upper())):
        waiting.filter(pk=given.pk).update(tries=F("tries") + 1)
        raise wrong
    with act("safety.claim_enterprise", actor) as this:
        if not waiting.filter(pk=given.pk).update(used_at=clock.now()):
            raise wrong
        one = given.enterprise
        Membership.objects.get_or_create(
            enterprise=one, account_id=actor.id, until=None, defaults={"since": clock.now()}
        )
        this.on("enterprise", one.pk, one.name)
    return one.pk


def end_membership(actor: Actor, enterprise_id: int, account_id: int) -> None:
    """Somebody works for the enterprise no more: from now on the account sees nothing of it."""
    with act("safety.end_membership", actor) as this:
        one = Membership.objects.filter(enterprise=enterprise_id, account=account_id, until=None)
        if not one.update(until=clock.now()):
            raise Refused(N_("This account does not work for the enterprise."))
        release_of_enterprise(account_id, enterprise_id)
        this.on("enterprise", enterprise_id, str(Enterprise.objects.get(pk=enterprise_id)))
        this.detail = {"account": account_id}


def show_phones(actor: Actor, one: Enterprise) -> dict[str, str]:
    """The plain phones of principal and safety manager; who looked is recorded."""
    with transaction.atomic():
        log_view(actor, "enterprise", one.pk, one.name, list(SEALED))
        return {key: unseal_text(getattr(one, f"{key}_sealed")) for key in SEALED}


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
