"""What counts in an enterprise's credit: penalties and accidents, each once at a time."""

from dataclasses import dataclass

from anlan.operations.accidents.queries import liable
from anlan.operations.credit.events import CreditCounted
from anlan.operations.credit.models import CreditEvent
from anlan.operations.credit.queries import terms_in_force
from anlan.operations.credit.rules.terms import Terms
from anlan.operations.deadlines.queries import months_after
from anlan.operations.enforcement.queries.standing import penalty_of
from anlan.operations.people.actions import PLATFORM, Act, act
from anlan.operations.safety.queries.signboards import signboard
from anlan.vocabulary import clock
from anlan.vocabulary.words import N_

ACCIDENT_BASIS = "生产安全事故报告和调查处理条例（国务院令第493号）第四十条"
CHANGED = N_("The source was changed.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """What is to count: `key` names the source, `points` what it takes."""

    key: str
    source: str
    enterprise_id: int
    points: int
    text: str
    basis: str
    number: str = ""
    case_id: int | None = None


def count_penalty(case_id: int) -> None:
    """A penalty that was served on an enterprise counts for its term; one revoked no longer.

    Nothing counts anew where the district has no terms of credit.
    """
    key, found, terms = f"case:{case_id}", penalty_of(case_id), terms_in_force(clock.today())
    if found is not None and terms is None:
        return
    with act("credit.count", PLATFORM) as this:
        if found is None or terms is None:
            _withdraw(this, key, N_("The penalty was revoked."))
            return
        _count(this, terms, Count(
            key=key, source="penalty", enterprise_id=found.enterprise_id,
            points=terms.of_penalty(found.fine, found.others),
            text=found.violation, basis=found.basis, number=found.number, case_id=case_id,
        ))  # fmt: skip


def count_accident(accident_id: int, level: int) -> None:
    """An accident whose report stands counts against its enterprise; at another level anew, and no
    longer where it is counted apart.

    Nothing counts anew where the district has no terms of credit, or none for this level.
    """
    found, terms = liable(accident_id), terms_in_force(clock.today())
    if found is not None and terms is None:
        return
    with act("credit.count", PLATFORM) as this:
        if found is None or terms is None or level not in terms.accidents:
            _withdraw(this, f"accident:{accident_id}", CHANGED)
            return
        enterprise_id, title = found
        _count(this, terms, Count(
            key=f"accident:{accident_id}", source="accident", enterprise_id=enterprise_id,
            points=terms.accidents[level], text=title, basis=ACCIDENT_BASIS,
        ))  # fmt: skip


def recount_accident(accident_id: int, level: int) -> None:
    """What counts already follows a corrected toll and a review; what does not waits for the
    report."""
    if CreditEvent.objects.filter(key=f"accident:{accident_id}", withdrawn_on=None).exists():
        count_accident(accident_id, level)


def _count(this: Act, terms: Terms, new: Count) -> None:
    """Once; where it counted otherwise before, that is withdrawn."""
    same = CreditEvent.objects.select_for_update().filter(key=new.key, withdrawn_on=None).first()
    if same is not None and (same.points, same.enterprise_id) == (new.points, new.enterprise_id):
        return
    _withdraw(this, new.key, CHANGED)
    sign = signboard(new.enterprise_id)
    if sign is None:
        return
    one = CreditEvent.objects.create(
        enterprise_id=new.enterprise_id, name=sign.name, credit_code=sign.credit_code,
        source=new.source, key=new.key, case_id=new.case_id, number=new.number, at=clock.now(),
        points=new.points, text=new.text[:300], basis=new.basis[:400],
        until=months_after(clock.today(), terms.event_months),
    )  # fmt: skip
    this.on("enterprise", new.enterprise_id, sign.name)
    this.detail = {"event": one.pk, "points": one.points}
    this.publish(_told(one))


def _withdraw(this: Act, key: str, why: str) -> None:
    for one in CreditEvent.objects.select_for_update().filter(key=key, withdrawn_on=None):
        one.withdrawn_on, one.why = clock.today(), why[:200]
        one.save(update_fields=["withdrawn_on", "why"])
        this.on("enterprise", one.enterprise_id, one.name)
        this.detail = {"event": one.pk, "withdrawn": why}
        this.publish(_told(one))


def _told(one: CreditEvent) -> CreditCounted:
    return CreditCounted(
        event_id=one.pk, enterprise_id=one.enterprise_id, source=one.source, number=one.number,
        points=one.points, withdrawn=one.withdrawn_on is not None,
    )  # fmt: skip
