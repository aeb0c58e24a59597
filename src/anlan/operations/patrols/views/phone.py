"""What a phone sends of a patrol, with a signal or when it has one again: each thing kept once."""

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anlan.operations.patrols.actions import (
    Ending,
    add_patrol_photo,
    finish_patrol,
    hand_over,
    keep_track,
    report_danger,
    start_patrol,
)
from anlan.operations.patrols.forms.phone import Sent, read_photo, read_sent
from anlan.operations.patrols.models import PatrolTask
from anlan.operations.patrols.queries.scope import own_tasks, person_of
from anlan.operations.patrols.rules.states import WALK, State
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import requires, scope_of
from anlan.operations.registers.queries import answered
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_


@require_POST
@requires(WALK)
def take_patrol(request: HttpRequest) -> JsonResponse:
    """Start, positions, handing over, a danger, the end; sent again it is the same. 409 says why
    not."""

    def keep() -> dict[str, object]:
        sent = read_sent(request.body)
        _own(request, sent.task_id)
        return _keep(request, sent)

    return answered(keep)


@require_POST
@requires(WALK)
def take_photo(request: HttpRequest) -> JsonResponse:
    """Keep a photo of one's own patrol."""

    def keep() -> dict[str, object]:
        task_id, raw, taking = read_photo(request.POST, request.FILES.get("photo"))
        _own(request, task_id)
        return {"id": add_patrol_photo(actor_of(request), task_id, raw, taking)}

    return answered(keep)


def _own(request: HttpRequest, task_id: int) -> None:
    if not own_tasks(scope_of(request.user)).filter(pk=task_id).exists():
        raise Refused(N_("There is no such patrol of yours."))


def _keep(request: HttpRequest, sent: Sent) -> dict[str, object]:
    scope, actor, pk = scope_of(request.user), actor_of(request), sent.task_id
    person, said, dangers = person_of(scope), "", []
    if sent.verb == "start":
        start_patrol(actor, person, pk, at=sent.at, key=sent.key)
    if sent.verb == "hand over":
        hand_over(actor, person, pk, at=sent.at, key=sent.key)
    if sent.positions:
        keep_track(actor, pk, sent.positions)
    if sent.verb == "danger":
        danger = report_danger(actor, scope, person, pk, sent.finding, sent.key)
        dangers = [{"id": danger, "number": ""}]
    if sent.verb == "finish":
        ending = Ending(at=sent.at, normal=sent.normal, remark=sent.remark)
        state = finish_patrol(actor, person, pk, ending, sent.key)
        if state == State.RETURNED:
            share = PatrolTask.objects.values_list("share", flat=True).get(pk=pk)
            said = _("Kept, but not complete: %(share)d %% of the points. Go again.") % {
                "share": share}  # fmt: skip
    return {"id": pk, "dangers": dangers, "said": said}
