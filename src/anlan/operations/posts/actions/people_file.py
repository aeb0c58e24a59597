"""Post staff as a file or another system says: post, person and certificate, each as far as new."""

from collections.abc import Mapping
from typing import Any

from anlan.operations.people.actions import Actor, act, looking_again
from anlan.operations.posts.actions.certify import keep_certificate, replace
from anlan.operations.posts.actions.keep import add_worker, open_post, worker_named
from anlan.operations.posts.models import Certificate, Post
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

CERTIFIED = ("kind", "number", "expires_on")
WHOLE = N_("A certificate has its kind, its number and the day it expires.")


def put_person(actor: Actor, enterprise_id: int, values: Mapping[str, Any]) -> str:
    """Put one row, whole or not at all: what came of it, new, changed or same."""
    return _put(actor, enterprise_id, values)[1]


@looking_again
def put_certificate(
    actor: Actor, enterprise_id: int, values: Mapping[str, Any], origin: tuple[str, str]
) -> tuple[int, str]:
    """Keep a certificate that another system names by (source, id): its id here, and new, changed
    or same. Its earlier version is replaced, whoever held it; raises `Refused`.
    """
    if not all(values.get(key) for key in CERTIFIED):
        raise Refused(WHOLE)
    source, source_id = origin
    with act("posts.put_certificate", actor) as this:
        named = Certificate.objects.filter(source=source, source_id=source_id, replaced_at=None)
        if named.exclude(enterprise=enterprise_id).exists():
            raise Refused(N_("This certificate belongs to another enterprise."))
        worker_id, outcome = _put(actor, enterprise_id, values)
        one = Certificate.objects.get(worker=worker_id, kind=values["kind"], replaced_at=None)
        for before in named.exclude(pk=one.pk):
            replace(before, actor)
            outcome = "changed"
        Certificate.objects.filter(pk=one.pk, source_id="").update(
            source=source, source_id=source_id
        )
        this.on("certificate", one.pk, f"{one}")
    return one.pk, outcome


def _put(actor: Actor, enterprise_id: int, values: Mapping[str, Any]) -> tuple[int, str]:
    told = [key for key in CERTIFIED if values.get(key)]
    if told and len(told) < len(CERTIFIED):
        raise Refused(WHOLE)
    with act("posts.put_person", actor) as this:
        fresh = False
        post = Post.objects.filter(
            enterprise=enterprise_id, name=values["post"], closed_at=None
        ).first()
        if post is None:
            pk = open_post(actor, enterprise_id, {"name": values["post"]})
            post, fresh = Post.objects.get(pk=pk), True
        worker = worker_named(post, values["name"])
        worker_id = worker.pk if worker else add_worker(actor, post.pk, values["name"])
        fresh = fresh or worker is None
        renewed = False
        if told:
            said = {key: values.get(key) for key in (*CERTIFIED, "issued_on")}
            before = _certificates(worker_id)
            keep_certificate(actor, worker_id, said)
            renewed = _certificates(worker_id) != before
        this.on("worker", worker_id, post.name)
    return worker_id, "new" if fresh else "changed" if renewed else "same"


def _certificates(worker_id: int) -> list[int]:
    held = Certificate.objects.filter(worker=worker_id, replaced_at=None).order_by("pk")
    return list(held.values_list("pk", flat=True))
