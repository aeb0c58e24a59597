"""Rows out of a file: first a look at what they would do, then all of it or nothing."""

from base64 import b64decode, b64encode
from collections.abc import Callable

from django.db import transaction

from anlan.operations.people.actions import Actor, act, seal_text, unseal_text
from anlan.operations.registers.queries import Look
from anlan.operations.risks.models import SentFile
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

MOST_BYTES = 5 * 1024 * 1024
Take = Callable[[bytes], Look]


def keep_file(actor: Actor, kind: str, name: str, raw: bytes, take: Take) -> int:
    """Keep a file with what it would do; its id. Its rows are tried and undone.

    Sealed; the last one of its sender goes. Raises `Refused`, or what `take` raises for a file
    that cannot be read.
    """
    if actor.id is None or not raw:
        raise Refused(N_("Choose a file."))
    if len(raw) > MOST_BYTES:
        raise Refused(N_("A file has at most %(most)d MB."), most=MOST_BYTES // 1024**2)
    with transaction.atomic():
        look = take(raw)
        transaction.set_rollback(True)
    with act("risks.send_file", actor) as this:
        mine = SentFile.objects.filter(sent_by=actor.id, kind=kind, taken_at=None)
        mine.update(sealed=b"", look_sealed=b"")
        one = SentFile.objects.create(
            kind=kind, name=name[:120], sealed=seal_text(b64encode(raw).decode()),
            look_sealed=seal_text(look.written()), sent_at=clock.now(), sent_by_id=actor.id,
        )  # fmt: skip
        this.on("sent file", one.pk, one.name)
        this.detail = {"kind": kind}
    return one.pk


def take_file(actor: Actor, kind: str, file_id: int, take: Take) -> None:
    """Take in the good rows of a file that was looked at, once."""
    with act("risks.take_file", actor) as this:
        mine = SentFile.objects.select_for_update().filter(sent_by=actor.id, kind=kind)
        one = mine.filter(pk=file_id).first()
        if one is None or not one.sealed:
            raise Refused(N_("This file was taken in before, or a newer one was sent."))
        look = take(b64decode(unseal_text(one.sealed)))
        one.taken_at, one.sealed, one.look_sealed = clock.now(), b"", seal_text(look.written())
        one.save()
        this.on("sent file", one.pk, one.name)
        this.detail = {"new": look.new, "changed": look.changed, "same": look.same}
