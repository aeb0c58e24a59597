"""What a phone sends of dangers, with a signal or when it has one again: each thing kept once."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import requires, scope_of
from anlan.operations.registers.queries import answered
from anlan.operations.safety.actions import add_photo, find_on_site, rectified_on_site
from anlan.operations.safety.forms import read_find, read_photo, read_rectified
from anlan.operations.safety.models import Danger
from anlan.operations.safety.queries.phone import pictured
from anlan.operations.safety.queries.scope import dangers_in
from anlan.operations.safety.rules.states import FIND, RECTIFY
from anlan.operations.safety.views.asking import person
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_


@require_POST
@requires(FIND)
def take_danger(request: HttpRequest) -> JsonResponse:
    """Register a danger of one's own enterprise; sent again it is the same. 409 says why not."""

    def keep() -> dict[str, object]:
        find, list_at = read_find(request.body)
        pk = find_on_site(actor_of(request), person(request), find, list_at)
        number = Danger.objects.values_list("number", flat=True).get(pk=pk)
        return {"id": pk, "dangers": [{"id": pk, "number": number}], "said": ""}

    return answered(keep)


@require_POST
@requires(RECTIFY)
def take_rectification(request: HttpRequest) -> JsonResponse:
    """Report a danger rectified; sent again it is the same report. 409 says why not."""

    def keep() -> dict[str, object]:
        danger_id, given = read_rectified(request.body)
        if not dangers_in(scope_of(request.user)).filter(pk=danger_id).exists():
            raise Refused(N_("There is no such danger."))
        rectified_on_site(actor_of(request), person(request), danger_id, given)
        return {"id": danger_id, "dangers": [], "said": ""}

    return answered(keep)


@require_POST
@requires(FIND)
def take_photo(request: HttpRequest) -> JsonResponse:
    """Keep a photo of a danger: of one that this phone reported by the key of that report, of one
    that is rectified by its id. The same photo again is the same one."""

    def keep() -> dict[str, object]:
        sent = read_photo(request.POST, request.FILES.get("photo"))
        found = pictured(scope_of(request.user), sent.danger_id, sent.key)
        if found is None:
            raise Refused(N_("There is no such danger."))
        return {"id": add_photo(actor_of(request), found, sent.moment, sent.raw, sent.taking)}

    return answered(keep)
