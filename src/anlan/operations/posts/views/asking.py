"""What every page of the room asks first: who, with which sight, over which enterprise."""

from typing import Any

from django.http import Http404, HttpRequest

from anlan.operations.people.queries import Scope, scope_of
from anlan.operations.posts.models import Post
from anlan.operations.posts.queries.scope import posts_in, works_for
from anlan.operations.safety.queries.scope import enterprises_in


def enterprise(scope: Scope, enterprise_id: int) -> dict[str, Any]:
    """What the pages say of an enterprise within sight; else 404."""
    one = enterprises_in(scope).filter(pk=enterprise_id).values("pk", "name").first()
    if one is None:
        raise Http404
    return dict(one)


def own_post(request: HttpRequest, post_id: int) -> Post:
    """A post of one's own enterprise, for who changes it; else 404."""
    scope = scope_of(request.user)
    post = posts_in(scope).select_related("enterprise").filter(pk=post_id).first()
    if post is None or not works_for(scope, post.enterprise_id):
        raise Http404
    return post
