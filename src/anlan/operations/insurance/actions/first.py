"""Who must be insured and never was: asked with a deadline, until a policy comes."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from anlan.operations.deadlines.actions import NewItem, close_each, close_item, open_items
from anlan.operations.deadlines.queries import waiting
from anlan.operations.insurance.models import Policy
from anlan.operations.insurance.queries.terms import terms_in_force
from anlan.operations.insurance.rules.words import CHAIN, KEEP, LIABILITY
from anlan.operations.people.actions import PLATFORM, act
from anlan.operations.safety.queries.rows import EnterpriseRow, claimants, operating_enterprises
from anlan.operations.territory.queries import areas
from anlan.vocabulary import clock
from anlan.vocabulary.areas import STREET_DIGITS
from anlan.vocabulary.words import N_

FIRST, UNITS = "cover:first:firm:", "cover:first:unit:"


def ask_for_first_policies() -> int:
    """Put on the desks who must be insured and never was, and take off who is asked no more.

    An item an enterprise that somebody claimed, one a regulator about all of its own. A deadline
    once said stays. Returns how many items came or went.
    """
    today = clock.today()
    terms = terms_in_force(today)
    held = set(
        Policy.objects.filter(kind=LIABILITY, withdrawn_at=None, enterprise__isnull=False)
        .values_list("enterprise_id", flat=True)
    )  # fmt: skip
    never = [
        one for one in operating_enterprises()
        if terms and one.id not in held and terms.grounds(one.sector, one.traits, one.trade)
    ]  # fmt: skip
    days = timedelta(days=terms.first_days if terms else 0)
    return _settle([*_firms(never, clock.end_of(today + days)),
                    *_units(never, clock.end_of(today + days))])  # fmt: skip


def first_policy_came(enterprise_id: int, by: str) -> None:
    """The enterprise has one now; the next round counts it off its regulator's item."""
    close_item(f"{FIRST}{enterprise_id}", by)


def _settle(wanted: list[NewItem]) -> int:
    known = waiting(FIRST) | waiting(UNITS)
    told = [replace(one, due_at=known[one.key].due_at) for one in wanted if one.key in known]
    changed = [one for one in told if one.parameters != known[one.key].parameters]
    fresh = [one for one in wanted if one.key not in known]
    gone = set(known) - {one.key for one in wanted}
    if not (changed or fresh or gone):
        return 0
    with act("insurance.ask_for_first_policies", PLATFORM) as this:
        open_items([*changed, *fresh])
        close_each(gone)
        this.on("policies", "first", f"{len(wanted)}")
        this.detail = {"asked": len(fresh), "changed": len(changed), "closed": len(gone)}
    return len(changed) + len(fresh) + len(gone)


def _firms(never: Iterable[EnterpriseRow], due_at: datetime) -> list[NewItem]:
    """One each of those that somebody claimed, for its safety manager."""
    people = claimants("enterprise")
    return [
        NewItem(
            key=f"{FIRST}{one.id}", kind="insurance.policy",
            title=N_("%(name)s must have liability insurance and never had: enter a policy"),
            action=N_("Enter the policy"), link=f"/insurance/new?enterprise={one.id}", right=KEEP,
            area_code=one.area_code, sector=one.sector, due_at=due_at,
            parameters={"name": one.name}, owner_id=people[one.id][0], enterprise=one.id,
            chain=CHAIN[:1],
        )
        for one in never if one.id in people
    ]  # fmt: skip


def _units(never: Iterable[EnterpriseRow], due_at: datetime) -> list[NewItem]:
    """One a regulator about all of its own."""
    counted = Counter(one.regulator or one.area_code[:STREET_DIGITS] for one in never)
    home = areas("district")
    return [
        NewItem(
            key=f"{UNITS}{unit}", kind="insurance.policy",
            title=N_("%(n)d enterprises must have liability insurance and never had"),
            action=N_("Ask them"), link="/insurance/uncovered?view=never", right=CHAIN[0],
            area_code=home[0].code if home else unit, unit=unit, due_at=due_at,
            parameters={"n": n}, chain=CHAIN[1:],
        )
        for unit, n in sorted(counted.items())
    ]  # fmt: skip
