"""Posts that another system names by its own ids."""

from collections.abc import Mapping
from typing import Any

from anlan.operations.people.actions import Actor, act, looking_again
from anlan.operations.posts.actions.keep import change_post, open_post
from anlan.operations.posts.models import Post
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

SAID = ("name", "place", "duties", "risks", "certificates")


@looking_again
def put_post(
    actor: Actor, enterprise_id: int, values: Mapping[str, Any], origin: tuple[str, str]
) -> tuple[int, str]:
    """Open or change a post that another system names by (source, id): its id here, and new,
    changed or same. What `values` leave out stays; lists in them stand in their order. One of this
    name that nobody has named so yet is it. Raises `Refused`, also for one that is closed: it is
    not opened again by being sent again.
    """
    source, source_id = origin
    known = _known(enterprise_id, values["name"], origin)
    if known is not None and known.source_id and _same(known, values):
        return known.pk, "same"
    with act("posts.put", actor) as this:
        if known is None:
            pk, outcome = open_post(actor, enterprise_id, values), "new"
        elif _same(known, values):
            pk, outcome = known.pk, "same"
        else:
            pk, outcome = known.pk, "changed"
            change_post(actor, pk, {key: getattr(known, key) for key in SAID} | dict(values))
        Post.objects.filter(pk=pk, source_id="").update(source=source, source_id=source_id)
        this.on("post", pk, values["name"])
    return pk, outcome


def _same(post: Post, values: Mapping[str, Any]) -> bool:
    return all(getattr(post, key) == said for key, said in values.items())


def _known(enterprise_id: int, name: str, origin: tuple[str, str]) -> Post | None:
    source, source_id = origin
    post = Post.objects.filter(source=source, source_id=source_id).first()
    if post is None:
        return Post.objects.filter(
            enterprise=enterprise_id, name=name, closed_at=None, source_id=""
        ).first()
    if post.enterprise_id != enterprise_id:
        raise Refused(N_("This post belongs to another enterprise."))
    if post.closed_at is not None:
        raise Refused(N_("This post is closed: send the new one under an id of its own."))
    return post
