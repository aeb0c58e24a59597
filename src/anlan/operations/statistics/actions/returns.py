"""Statistics of dangers are asked of every enterprise, put on the principal's desk, and signed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, OuterRef

from anlan.operations.deadlines.actions import (
    NewItem,
    close_each,
    close_item,
    open_items,
    renew_items,
)
from anlan.operations.deadlines.queries import waiting
from anlan.operations.people.actions import PLATFORM, Actor, act
from anlan.operations.people.queries import Scope
from anlan.operations.safety.queries.rows import (
    EnterpriseRow,
    claimants,
    closed_among,
    operating_enterprises,
)
from anlan.operations.safety.queries.scope import is_claimed, own_enterprises
from anlan.operations.safety.queries.sheet import registered_by
from anlan.operations.statistics.events import ReturnSigned
from anlan.operations.statistics.models import DangerReturn, SignedReturn
from anlan.operations.statistics.queries.returns import REGULATORS, figures_of, nobody_signs
from anlan.operations.statistics.rules.returns import (
    SIGN,
    due_on,
    may_correct,
    may_sign,
    owed,
)
from anlan.vocabulary import clock
from anlan.vocabulary.areas import DISTRICT_DIGITS, STREET_DIGITS
from anlan.vocabulary.periods import Period, period
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

KIND = "danger_return"
UNITS = f"{KIND}s:unit:"
PRINCIPAL = "principal"
CHAIN = ("safety.regulate", "safety.countersign", "safety.supervise")
AT_ONCE = 2_000


def ask_returns() -> int:
    """Ask every enterprise that operates for the quarter and the year that ended last, once, and
    put what is not signed on its principal's desk, of who has none one item on its regulator's; how
    many were asked or put on a principal's."""
    firms = {one.id: one for one in operating_enterprises()}
    asked = sum(_ask(one) for one in owed(clock.today()))
    _tell_units()
    return asked + _tell_principals(firms)


def _ask(one: Period) -> int:
    """Who was registered after the period owes nothing of it."""
    rows = DangerReturn.objects.filter(period=one.key)
    missing = sorted(registered_by(one.last) - set(rows.values_list("enterprise_id", flat=True)))
    if missing:
        with act("statistics.ask_returns", PLATFORM) as this:
            DangerReturn.objects.bulk_create(
                [DangerReturn(enterprise_id=firm, period=one.key, due_on=due_on(one),
                              asked_at=clock.now()) for firm in missing],
                batch_size=AT_ONCE,
            )  # fmt: skip
            this.on("danger_return", one.key, one.key)
            this.detail = {"asked": len(missing)}
    return len(missing)


def _tell_principals(firms: dict[int, EnterpriseRow]) -> int:
    principals, known = claimants(PRINCIPAL), waiting(f"{KIND}:")
    unsigned = DangerReturn.objects.filter(
        is_claimed(OuterRef("enterprise"), (PRINCIPAL,)), signed_at=None
    )
    items = [
        _item(pk, period(key), firms[firm], principals[firm][0])
        for pk, key, firm in unsigned.values_list("pk", "period", "enterprise_id")
        if firm in firms and firm in principals and _key(pk, key) not in known
    ]  # fmt: skip
    for first in range(0, len(items), AT_ONCE):
        with act("statistics.put_returns", PLATFORM) as this:
            put = items[first : first + AT_ONCE]
            open_items(put)
            this.on("danger_return", "unsigned", f"{len(put)}")
            this.detail = {"put": len(put)}
    return len(items)


def _tell_units() -> None:
    """One item a regulator about all that nobody signs; who has nobody left loses theirs."""
    rows = DangerReturn.objects.filter(nobody_signs())
    firms = rows.values_list("enterprise", *REGULATORS, "enterprise__area_code")
    found: dict[str, _Nobodys] = {}
    for _firm, sector, street, area, n, due in firms.annotate(Count("pk"), Min("due_on")):
        unit = sector or street or area[:STREET_DIGITS]
        found.setdefault(unit, _Nobodys(area, due)).add(n, due)
    renew_items(UNITS, [one.item(unit) for unit, one in sorted(found.items())])


@dataclass(slots=True)
class _Nobodys:
    """What nobody signs of one regulator's enterprises."""

    area_code: str
    due: date
    firms: int = 0
    returns: int = 0

    def add(self, returns: int, due: date) -> None:
        self.firms += 1
        self.returns += returns
        self.due = min(self.due, due)

    def item(self, unit: str) -> NewItem:
        return NewItem(
            key=f"{UNITS}{unit}", kind=KIND,
            title=N_("%(firms)d enterprises have no principal with an account: nobody signs %(n)d"
                     " of their statistics of dangers"),
            action=N_("Have them claim their files"), link="/returns?view=nobody", right=CHAIN[0],
            area_code=self.area_code[:DISTRICT_DIGITS], unit=unit,
            due_at=clock.end_of(self.due), parameters={"firms": self.firms, "n": self.returns},
            chain=CHAIN[1:],
        )  # fmt: skip


def ask_no_more(enterprises: Collection[int]) -> None:
    """Of enterprises, by id, that are closed no statistics wait; the night asks one open again."""
    unsigned = DangerReturn.objects.filter(
        enterprise__in=closed_among(enterprises), signed_at=None
    ).values_list("pk", "period")
    close_each([_key(pk, key) for pk, key in unsigned])


def _item(pk: int, one: Period, firm: EnterpriseRow, principal: int) -> NewItem:
    return NewItem(
        key=_key(pk, one.key), kind=KIND,
        title=N_("Sign the statistics of dangers %(period)s of %(name)s"),
        action=N_("Sign it as the principal"),
        link=f"/returns/{pk}", right=SIGN, area_code=firm.area_code, sector=firm.sector,
        due_at=clock.end_of(due_on(one)), owner_id=principal, chain=CHAIN, enterprise=firm.id,
        parameters={"period": one.key, "name": firm.name},
    )  # fmt: skip


def _key(pk: int, period_key: str) -> str:
    return f"{KIND}:{period_key}:{pk}"


def sign_return(actor: Actor, scope: Scope, return_id: int, *, why: str = "") -> int:
    """Freeze the figures as the records have them now, under the principal's name; the version.

    Raises `Refused` where nothing changed since the last version, or no reason is given for one.
    """
    with act("statistics.sign_return", actor) as this:
        one = DangerReturn.objects.select_for_update().filter(pk=return_id).first()
        if one is None or one.enterprise_id not in own_enterprises(scope.account_id):
            raise Refused(N_("The principal of the enterprise signs its statistics."))
        asked = period(one.period)
        may_sign(scope.rights, asked, clock.today())
        figures = figures_of(one.enterprise_id, asked)
        last = one.versions.order_by("-version").first()
        if last is not None:
            may_correct(last.figures, figures, why)
        row = SignedReturn.objects.create(
            of=one, version=last.version + 1 if last else 1, figures=figures,
            why=why.strip()[:300], at=clock.now(), by_id=scope.account_id or 0,
            by_name=actor.label,
        )  # fmt: skip
        if one.signed_at is None:
            one.signed_at, one.late = row.at, clock.today() > one.due_on
            one.save(update_fields=["signed_at", "late"])
        close_item(_key(one.pk, one.period), actor.label)
        this.on("danger_return", one.pk, f"{one}")
        this.detail = {"version": row.version}
        this.publish(
            ReturnSigned(return_id=one.pk, enterprise_id=one.enterprise_id, period=one.period,
                         version=row.version, late=one.late)
        )  # fmt: skip
    return row.version
