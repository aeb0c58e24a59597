"""Who may: asked of the actor's own account, whoever calls the action."""

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from anlan.operations.people.actions import Actor
from anlan.operations.people.queries import NOBODY, Scope, scope_of
from anlan.operations.response.models import Task
from anlan.operations.response.queries.work import visible
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

RIGHTS = {
    "response.sign": N_("sign a response"),
    "response.sign_major": N_("sign a response of level I or II"),
    "response.dispatch": N_("dispatch tasks"),
}


def sight(actor: Actor) -> tuple[Scope, str]:
    """The scope and the organisation of the actor's account; the platform has neither."""
    if actor.id is None:
        return NOBODY, ""
    account = get_user_model().objects.get(pk=actor.id)
    return scope_of(account), account.organisation_code


def demand(actor: Actor, right: str) -> Scope:
    """The actor's scope when it holds `right`; raises `Refused` naming the right."""
    scope, _organisation = sight(actor)
    if not scope.may(right):
        raise Refused(N_("%(who)s may not %(what)s."), what=_(RIGHTS[right]), who=actor.label)
    return scope


def own_task(actor: Actor, task_id: int) -> Task:
    """The task, locked, when the actor may handle it; raises `Task.DoesNotExist` otherwise."""
    scope, organisation = sight(actor)
    if not (scope.may("response.report") or scope.may("response.dispatch")):
        raise Task.DoesNotExist
    rows = visible(scope, organisation).select_for_update(of=("self",))
    return rows.select_related("activation").get(pk=task_id)
