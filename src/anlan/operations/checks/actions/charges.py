"""Somebody of a unit is put in charge of an enterprise or a place: what is owed there is theirs."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from anlan.operations.checks.actions.desk import asked_of, tell_units
from anlan.operations.checks.actions.perform import REGULATE, Checker
from anlan.operations.checks.events import ChargeMoved
from anlan.operations.checks.models import Charge, InspectionTask
from anlan.operations.checks.queries.charges import charges_of, inspectors_of
from anlan.operations.checks.rules.charges import Charges
from anlan.operations.people.actions import act
from anlan.operations.registers.queries import within
from anlan.operations.safety.queries.rows import enterprise_row
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCharge:
    """Whom, and of what: an enterprise, or everything in a place."""

    account_id: int
    enterprise_id: int | None = None
    area_code: str = ""


def put_in_charge(who: Checker, new: NewCharge) -> str:
    """Put an account in charge: what came of it, new, changed or same. Raises `Refused`.

    Whoever was in charge of the same before is so no more.
    """
    if not who.scope.may(REGULATE) or not who.organisation:
        raise Refused(N_("Your role does not say who inspects what."))
    able = {one.id: one for one in inspectors_of(who.scope)}
    if new.account_id not in able:
        raise Refused(N_("Choose somebody of your own unit who inspects."))
    inspector = able[new.account_id]
    area, unit = new.area_code, ""
    if new.enterprise_id is not None:
        firm = enterprise_row(new.enterprise_id, who.scope)
        if firm is None:
            raise Refused(N_("There is no such enterprise within your sight."))
        area, unit = firm.area_code, firm.name
    if not area or not area.startswith(who.scope.area_prefix or "-"):
        raise Refused(N_("Choose an enterprise, or a place of your own territory."))
    if not (area.startswith(inspector.area_code) or inspector.area_code.startswith(area)):
        raise Refused(
            N_("%(name)s does not see that place: outside of their territory."),
            name=inspector.display_name,
        )
    with act("checks.put_in_charge", who.actor) as this:
        before = charges_of_the_same(who, new.enterprise_id, area).select_for_update().first()
        if before is not None and before.account_id == inspector.id:
            this.nothing()
            return "same"
        if before is not None:
            _end(before, who)
        one = Charge.objects.create(
            organisation=who.organisation, account_id=inspector.id,
            account_name=inspector.display_name, enterprise_id=new.enterprise_id, unit=unit,
            area_code=area, made_at=clock.now(), by_name=who.actor.label,
        )  # fmt: skip
        _hand_out(one)
        this.on("charge", one.pk, f"{one}")
        this.detail = {"before": before.account_name if before else ""}
        this.publish(_moved(one, "put"))
    return "changed" if before is not None else "new"


def end_charge(who: Checker, charge_id: int) -> None:
    """Nobody is in charge of it by this any more; what is owed falls to who has the place."""
    with act("checks.end_charge", who.actor) as this:
        mine = Charge.objects.filter(organisation=who.organisation or "-", ended_at=None)
        one = mine.select_for_update().filter(pk=charge_id).first()
        if one is None or not who.scope.may(REGULATE):
            raise Refused(N_("There is no such assignment of your unit."))
        _end(one, who)
        _hand_out(one)
        this.on("charge", one.pk, f"{one}")
        this.publish(_moved(one, "end"))


def hand_out_again() -> None:
    """Give what is owed to who is in charge now: accounts are closed, enterprises move."""
    with_charges = Charge.objects.filter(ended_at=None).values_list("organisation", flat=True)
    for organisation in set(with_charges):
        _give(organisation, asked_of(organisation, clock.today()))


def hand_out_of(enterprises: Collection[int]) -> None:
    """The same of what is owed of some enterprises, by id."""
    owed = InspectionTask.objects.filter(
        enterprise__in=enterprises, done_at=None, asked_until__gte=clock.today()
    )
    for organisation in set(owed.values_list("organisation", flat=True)):
        _give(organisation, owed.filter(organisation=organisation))


def charges_of_the_same(who: Checker, enterprise_id: int | None, area: str) -> QuerySet[Charge]:
    """Who of one's unit is in charge of an enterprise or, without one, of a place."""
    rows = Charge.objects.filter(organisation=who.organisation, ended_at=None)
    rows = rows.filter(enterprise=enterprise_id)
    return rows if enterprise_id is not None else rows.filter(area_code=area)


def _end(one: Charge, who: Checker) -> None:
    one.ended_at, one.ended_by_name = clock.now(), who.actor.label
    one.save(update_fields=["ended_at", "ended_by_name"])


def _moved(one: Charge, verb: str) -> ChargeMoved:
    return ChargeMoved(
        charge_id=one.pk, organisation=one.organisation, area_code=one.area_code,
        enterprise_id=one.enterprise_id, verb=verb,
    )  # fmt: skip


def _hand_out(one: Charge) -> None:
    owed = asked_of(one.organisation, clock.today())
    if one.enterprise_id is not None:
        owed = owed.filter(enterprise=one.enterprise_id)
    else:
        owed = owed.filter(within("area_code", one.area_code))
    _give(one.organisation, owed)
    tell_units(clock.today(), one.organisation)


def _give(organisation: str, owed: QuerySet[InspectionTask]) -> None:
    """Whoever a single check was given to by name keeps it as long as their account is open."""
    owed = owed.exclude(plan__inspector__is_active=True)
    charges, moved = Charges.of(charges_of(organisation)), []
    for task in owed:
        now = charges.who(task.enterprise_id, task.area_code, task.role)
        if task.inspector_id != now:
            task.inspector_id = now
            moved.append(task)
    InspectionTask.objects.bulk_update(moved, ["inspector"], batch_size=500)
