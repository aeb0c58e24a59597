"""The end of a policy: on the desk before it comes, until another policy follows."""

from collections.abc import Collection
from datetime import datetime, time, timedelta

from anlan.operations.deadlines.actions import (
    NewItem,
    cancel_timer,
    close_item,
    open_item,
    set_timer,
)
from anlan.operations.deadlines.queries import still_asked, waiting
from anlan.operations.insurance.actions.first import first_policy_came
from anlan.operations.insurance.events import PolicyMoved, PolicyNearsItsEnd, PolicyRanOut
from anlan.operations.insurance.models import Policy
from anlan.operations.insurance.queries.policies import newest
from anlan.operations.insurance.queries.terms import terms_in_force
from anlan.operations.insurance.rules.words import (
    CHAIN,
    DISTRICT_CHAIN,
    KEEP,
    KIND_WORDS,
    MANAGE,
)
from anlan.operations.people.actions import PLATFORM, act
from anlan.operations.safety.queries.persons import people_of
from anlan.operations.safety.queries.rows import closed_ids
from anlan.operations.territory.queries import areas
from anlan.vocabulary import clock
from anlan.vocabulary.words import N_

OPENS_AT = time(8, 30)
CLOSED_A_TURN = 200
REMIND_DAYS = 30  # where the district has no terms


def moved(policy: Policy, verb: str) -> PolicyMoved:
    return PolicyMoved(
        policy_id=policy.pk, enterprise_id=policy.enterprise_id, kind=policy.kind,
        ends_on=policy.ends_on.isoformat(), verb=verb,
    )  # fmt: skip


def _key(enterprise_id: int | None, kind: str) -> str:
    """One need a holder and kind: whichever policy ends last is what counts."""
    return f"cover:{kind}:{enterprise_id or 'district'}"


def settle_cover(enterprise_id: int | None, kind: str, by: str) -> None:
    """Set the timers by the policy that ends last; what waited for it leaves the desk."""
    key = _key(enterprise_id, kind)
    last = newest(enterprise_id, kind).first()
    if last is None:
        cancel_timer(key)
        cancel_timer(f"{key}:end")
        close_item(key, by)
        return
    if enterprise_id is not None:
        first_policy_came(enterprise_id, by)
    opens = datetime.combine(last.ends_on - timedelta(days=_remind_days()), OPENS_AT, clock.CHINA)
    set_timer(key, opens, PolicyNearsItsEnd(policy_id=last.pk))
    over = datetime.combine(last.ends_on + timedelta(days=1), time(), clock.CHINA)
    set_timer(f"{key}:end", over, PolicyRanOut(policy_id=last.pk))
    if opens > clock.now():
        close_item(key, by)


def ask_to_renew(policy_id: int) -> None:
    """A policy ends before long: it waits on the desk of the enterprise's safety manager."""
    policy = _last(policy_id)
    if policy is None or _closed(policy):
        return
    with act("insurance.policy_ends", PLATFORM) as this:
        open_item(_item(policy))
        this.on("policy", policy.pk, policy.number)
        this.publish(moved(policy, "nears_its_end"))


def let_go_of_closed() -> int:
    """Nothing waits of so many enterprises that an older version left on the desks when they were
    closed; how many these were. At rest one query."""
    asked = still_asked("insurance.policy", closed_ids())
    closed = {pk for pk in asked[:CLOSED_A_TURN] if pk is not None}
    if closed:
        follow_state(closed)
    return len(closed)


def follow_state(enterprises: Collection[int]) -> None:
    """Of enterprises, by id, that are closed no policy is renewed; of one open again it is."""
    soon = clock.today() + timedelta(days=_remind_days())
    near = Policy.objects.filter(
        enterprise__in=enterprises, withdrawn_at=None, ends_on__lte=soon
    ).select_related("enterprise")
    for policy in near.order_by("ends_on", "pk"):
        key = _key(policy.enterprise_id, policy.kind)
        if _closed(policy):
            close_item(key)
        elif key not in waiting(key) and (policy.ends_on >= clock.today() or _must(policy)):
            ask_to_renew(policy.pk)


def _remind_days() -> int:
    terms = terms_in_force(clock.today())
    return terms.remind_days if terms else REMIND_DAYS


def run_out(policy_id: int) -> None:
    """The last day is over. Who must be insured is asked on; who need not is asked no more."""
    policy = _last(policy_id)
    if policy is None or policy.ends_on >= clock.today():
        return
    with act("insurance.policy_ran_out", PLATFORM) as this:
        if not _must(policy):
            close_item(_key(policy.enterprise_id, policy.kind))
        this.on("policy", policy.pk, policy.number)
        this.publish(moved(policy, "ran_out"))


def _last(policy_id: int) -> Policy | None:
    """The policy, where it stands and none of its holder's ends later."""
    policy = Policy.objects.select_related("enterprise").filter(pk=policy_id).first()
    if policy is None:
        return None
    last = newest(policy.enterprise_id, policy.kind).first()
    return policy if last == policy else None


def _closed(policy: Policy) -> bool:
    return policy.enterprise is not None and policy.enterprise.state == "closed"


def _must(policy: Policy) -> bool:
    """Whether its holder must be insured; the district's own insurance is asked for on."""
    firm, terms = policy.enterprise, terms_in_force(clock.today())
    if firm is None:
        return True
    if terms is None or firm.state == "closed":
        return False
    return bool(terms.grounds(firm.sector, firm.traits, firm.trade))


def _item(policy: Policy) -> NewItem:
    firm = policy.enterprise
    return NewItem(
        key=_key(policy.enterprise_id, policy.kind), kind="insurance.policy",
        title=N_("%(kind)s %(number)s ends: enter the policy that follows"),
        action=N_("Enter the new policy"), link=f"/insurance/{policy.pk}",
        right=KEEP if firm else MANAGE, sector=firm.sector if firm else "",
        area_code=firm.area_code if firm else areas("district")[0].code,
        due_at=clock.end_of(policy.ends_on),
        parameters={"kind": list(KIND_WORDS[policy.kind]), "number": policy.number},
        detail=policy.name, chain=CHAIN if firm else DISTRICT_CHAIN,
        owner_id=next(iter(people_of(firm.pk, "enterprise")), None) if firm else None,
        enterprise=policy.enterprise_id,
    )  # fmt: skip
