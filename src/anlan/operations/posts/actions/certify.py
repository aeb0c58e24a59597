"""Certificates: kept sealed, renewed, and on the desk before they end."""

import hashlib
import hmac
from collections.abc import Collection, Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings

from anlan.operations.deadlines.actions import (
    NewItem,
    cancel_timer,
    close_each,
    close_item,
    open_item,
    set_timer,
)
from anlan.operations.deadlines.queries import on_a_desk
from anlan.operations.people.actions import PLATFORM, Actor, act, log_view, seal_text, unseal_text
from anlan.operations.posts.events import (
    CertificateMoved,
    CertificateNearsItsEnd,
    CertificateRanOut,
)
from anlan.operations.posts.models import Certificate, Worker
from anlan.operations.posts.rules.quiz import masked_number
from anlan.operations.posts.rules.words import CHAIN, EXPIRES_SOON_DAYS, KEEP
from anlan.operations.safety.queries.persons import people_of
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

CLOSED = "closed"


def keep_certificate(actor: Actor, worker_id: int, values: Mapping[str, Any]) -> int:
    """Keep a certificate of a worker; its id. The one of that kind before is replaced.

    The same number and days again change nothing.
    """
    issued, expires = values.get("issued_on"), values["expires_on"]
    if issued is not None and issued >= expires:
        raise Refused(N_("It expires after it was issued."))
    if issued is not None and issued > clock.today():
        raise Refused(N_("It is issued in the future: it does not count yet."))
    digest = hmac.new(
        settings.SECRET_KEY.encode(), str(values["number"]).encode(), hashlib.sha256
    ).hexdigest()
    with act("posts.keep_certificate", actor) as this:
        worker = Worker.objects.select_for_update().select_related("post").get(pk=worker_id)
        known = worker.certificates.filter(kind=values["kind"], replaced_at=None).first()
        if known is not None:
            if (known.digest, known.issued_on, known.expires_on) == (digest, issued, expires):
                this.nothing()
                return known.pk
            replace(known, actor)
        one = Certificate.objects.create(
            enterprise_id=worker.post.enterprise_id, worker=worker, kind=values["kind"],
            number_sealed=seal_text(str(values["number"])),
            shown=masked_number(str(values["number"])), digest=digest, issued_on=issued,
            expires_on=expires, kept_at=clock.now(), kept_by=actor.label,
        )  # fmt: skip
        opens = datetime.combine(
            expires - timedelta(days=EXPIRES_SOON_DAYS), time(8, 30), clock.CHINA
        )
        set_timer(_key(one), opens, CertificateNearsItsEnd(certificate_id=one.pk))
        over = datetime.combine(expires + timedelta(days=1), time(), clock.CHINA)
        set_timer(_end_key(one), over, CertificateRanOut(certificate_id=one.pk))
        this.on("certificate", one.pk, str(one))
        this.publish(_moved(one, "kept"))
    return one.pk


def replace(one: Certificate, actor: Actor) -> None:
    """A newer one stands in its place: of this one nobody is reminded. Within an action."""
    one.replaced_at = clock.now()
    one.save(update_fields=["replaced_at"])
    _remind_no_more(one, actor.label)


def _key(one: Certificate) -> str:
    return f"certificate:{one.pk}"


def _end_key(one: Certificate) -> str:
    return f"certificate-end:{one.pk}"


def _remind_no_more(one: Certificate, by: str) -> None:
    cancel_timer(_key(one))
    cancel_timer(_end_key(one))
    close_item(_key(one), by)


def _moved(one: Certificate, verb: str) -> CertificateMoved:
    return CertificateMoved(
        certificate_id=one.pk, post_id=one.worker.post_id, enterprise_id=one.enterprise_id,
        kind=one.kind, expires_on=one.expires_on.isoformat(), verb=verb,
    )  # fmt: skip


def let_go(worker: Worker, by: str) -> None:
    """Whoever works there no more is not reminded of certificates; they stay in the record."""
    for one in worker.certificates.filter(replaced_at=None):
        _remind_no_more(one, by)


def ask_to_renew(certificate_id: int) -> None:
    """A certificate ends before long: it waits on the desk of the enterprise's manager."""
    one = _in_force(certificate_id)
    if one is None or one.enterprise.state == CLOSED:
        return
    with act("posts.certificate_ends", PLATFORM) as this:
        open_item(
            NewItem(
                key=_key(one), kind="posts.certificate",
                title=N_("Renew the certificate of %(name)s"), action=N_("Renew"),
                link=f"/posts/{one.worker.post_id}", right=KEEP,
                area_code=one.enterprise.area_code, sector=one.enterprise.sector,
                due_at=clock.end_of(one.expires_on),
                parameters={"name": one.worker.shown}, detail=one.enterprise.name, chain=CHAIN,
                owner_id=next(iter(people_of(one.enterprise_id, "enterprise")), None),
                enterprise=one.enterprise_id,
            )
        )  # fmt: skip
        this.on("certificate", one.pk, str(one))
        this.publish(_moved(one, "nears_its_end"))


def follow_state(enterprises: Collection[int]) -> None:
    """Of enterprises, by id, that are closed no certificate is renewed; of one open again it is."""
    rows = Certificate.objects.filter(
        enterprise__in=enterprises, replaced_at=None, worker__until=None,
        expires_on__lte=clock.today() + timedelta(days=EXPIRES_SOON_DAYS),
    )  # fmt: skip
    close_each([_key(one) for one in rows.filter(enterprise__state=CLOSED)])
    back = rows.exclude(enterprise__state=CLOSED).exclude(on_a_desk("certificate:"))
    for pk in back.values_list("pk", flat=True):
        ask_to_renew(pk)


def run_out(certificate_id: int) -> None:
    """The day of a certificate is over; whoever listens is told. It still waits to be renewed."""
    one = _in_force(certificate_id)
    if one is None or one.expires_on >= clock.today():
        return
    with act("posts.certificate_ran_out", PLATFORM) as this:
        this.on("certificate", one.pk, str(one))
        this.publish(_moved(one, "ran_out"))


def _in_force(certificate_id: int) -> Certificate | None:
    """One that was not replaced, of somebody who still works there."""
    rows = Certificate.objects.select_related("enterprise", "worker__post")
    return rows.filter(pk=certificate_id, replaced_at=None, worker__until=None).first()


def show_certificate(actor: Actor, one: Certificate) -> dict[str, str]:
    """The plain holder and number; who looked is recorded."""
    with act("posts.show_certificate", actor) as this:
        log_view(actor, "certificate", one.pk, str(one), ["name", "number"])
        this.on("certificate", one.pk, str(one))
        return {
            "name": unseal_text(one.worker.name_sealed), "number": unseal_text(one.number_sealed)
        }  # fmt: skip
