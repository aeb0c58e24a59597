"""A row of a file of post staff: the post, the person and the certificate, each as far as new."""

from collections.abc import Mapping
from typing import Any

from anlan.operations.people.actions import Actor, act
from anlan.operations.posts.actions.certify import keep_certificate
from anlan.operations.posts.actions.keep import add_worker, open_post, worker_named
from anlan.operations.posts.models import Certificate, Post
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

CERTIFIED = ("kind", "number", "expires_on")


def put_person(actor: Actor, enterprise_id: int, values: Mapping[str, Any]) -> str:
    """Put one row, whole or not at all: what came of it, new, changed or same."""
    told = [key for key in CERTIFIED if values.get(key)]
    if told and len(told) < len(CERTIFIED):
        raise Refused(N_("A certificate has its kind, its number and the day it expires."))
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
    return "new" if fresh else "changed" if renewed else "same"


def _certificates(worker_id: int) -> list[int]:
    held = Certificate.objects.filter(worker=worker_id, replaced_at=None).order_by("pk")
    return list(held.values_list("pk", flat=True))
