"""Standardisation that ends (R-209): on the desk ninety days before, off it when it is renewed."""

from collections.abc import Iterable

from django.db.models import F

from anlan.operations.deadlines.actions import NewItem, close_each, open_items
from anlan.operations.people.actions import PLATFORM, act
from anlan.operations.safety.models import Enterprise, Membership
from anlan.operations.safety.rules.enterprises import STANDARD_ENDS_SOON
from anlan.operations.safety.rules.states import COUNTERSIGN, RECTIFY, REGULATE, SUPERVISE
from anlan.vocabulary import clock
from anlan.vocabulary.words import N_

ENDINGS_A_TURN = 500


def ask_for_standards() -> int:
    """Put on the desk whose standardisation ends before long, each ending once; how many."""
    soon = clock.today() + STANDARD_ENDS_SOON
    ending = list(
        Enterprise.objects.filter(standard_until__lte=soon)
        .exclude(state="closed")
        .exclude(standard_asked=F("standard_until"))
        .order_by("standard_until", "pk")[:ENDINGS_A_TURN]
    )
    if not ending:
        return 0
    with act("safety.ask_for_standards", PLATFORM) as this:
        managers = _managers(ending)
        open_items([_item(one, managers.get(one.pk)) for one in ending])
        asked = Enterprise.objects.filter(pk__in=[one.pk for one in ending])
        asked.update(standard_asked=F("standard_until"))
        this.on("enterprises", "standard", f"{len(ending)}")
    return len(ending)


def renewed(enterprises: Iterable[int], by: str) -> None:
    """Their standardisation has another end now, or they are closed: what was asked for is settled,
    and asked anew of one that opens again."""
    ids = list(enterprises)
    close_each([_key(pk) for pk in ids], by)
    Enterprise.objects.filter(pk__in=ids).update(standard_asked=None)


def _key(enterprise_id: int) -> str:
    return f"standard:{enterprise_id}"


def _managers(enterprises: Iterable[Enterprise]) -> dict[int, int]:
    """The first safety manager with an account of each; a file that nobody claimed has none."""
    members = Membership.objects.filter(
        enterprise__in=enterprises, until=None, account__role="enterprise"
    )
    found: dict[int, int] = {}
    for enterprise, account in members.order_by("pk").values_list("enterprise_id", "account_id"):
        found.setdefault(enterprise, account)
    return found


def _item(one: Enterprise, manager: int | None) -> NewItem:
    end = clock.end_of(one.standard_until or clock.today())
    return NewItem(
        key=_key(one.pk), kind="safety.standard", title=N_("Standardisation of %(name)s ends"),
        action=N_("Have it reviewed"), link=f"/enterprises/{one.pk}", right=RECTIFY,
        area_code=one.area_code, sector=one.sector, due_at=end, parameters={"name": one.name},
        owner_id=manager, enterprise=one.pk, chain=(REGULATE, COUNTERSIGN, SUPERVISE),
    )  # fmt: skip
