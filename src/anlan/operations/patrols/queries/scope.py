"""Who sees which routes and patrols: who only walks their own, a street its territory, a department
its hazards and what binds it, the bureau all."""

from django.db.models import Q, QuerySet

from anlan.operations.deadlines.queries import desks_of
from anlan.operations.patrols.models import Beat, PatrolTask, PatrolTerms
from anlan.operations.patrols.rules.loop import Person
from anlan.operations.patrols.rules.states import CONFIRM, VIEW
from anlan.operations.people.queries import Scope, acts_for_district
from anlan.operations.registers.queries import within
from anlan.vocabulary import clock


def tasks_in(scope: Scope) -> QuerySet[PatrolTask]:
    """The patrols within an account's sight."""
    return PatrolTask.objects.filter(_seen(scope, walked="walker"))


def beats_in(scope: Scope) -> QuerySet[Beat]:
    """The routes and posts within an account's sight."""
    return Beat.objects.filter(_seen(scope))


def own_tasks(scope: Scope) -> QuerySet[PatrolTask]:
    """The patrols that this account is named for, or has from who is away."""
    return PatrolTask.objects.filter(_named(scope))


def person_of(scope: Scope) -> Person:
    """An account as the rules see it."""
    return Person(
        id=scope.account_id, rights=scope.rights, organisation=scope.organisation,
        bureau=acts_for_district(scope),
        stands_in_for=desks_of(scope.account_id),
    )  # fmt: skip


def _seen(scope: Scope, walked: str = "") -> Q:
    if not scope.may(VIEW) or not scope.area_prefix:
        return Q(pk__in=())
    if scope.reach == "district":
        return Q()
    if scope.reach == "sector":
        return Q(hazard__in=_led_by(scope.organisation)) | Q(unit=scope.organisation or "-")
    if scope.may(CONFIRM):
        return within("area_code", scope.area_prefix)
    mine = _named(scope)
    return mine | Q(**{walked: scope.account_id}) if walked else mine


def _named(scope: Scope) -> Q:
    """Also of whom one has the desk today: a patrol that nobody sees is not walked."""
    if scope.account_id is None:
        return Q(pk__in=())
    standing = [scope.account_id, *desks_of(scope.account_id)]
    return Q(patroller__in=standing) | Q(deputy__in=standing)


def _led_by(organisation: str) -> list[str]:
    """The hazards that a department leads in, by the figures of today."""
    row = PatrolTerms.on(clock.today())
    led = row.figures.get("departments", {}) if row else {}
    return [hazard for hazard, code in led.items() if organisation and code == organisation]
