"""Statistics of dangers are asked of every enterprise, put on the principal's desk, and signed."""

from collections.abc import Collection

from anlan.operations.deadlines.actions import NewItem, close_each, close_item, open_items
from anlan.operations.deadlines.queries import waiting
from anlan.operations.people.actions import PLATFORM, Actor, act
from anlan.operations.people.queries import Scope
from anlan.operations.safety.queries.rows import (
    EnterpriseRow,
    claimants,
    closed_among,
    operating_enterprises,
)
from anlan.operations.safety.queries.scope import own_enterprises
from anlan.operations.safety.queries.sheet import registered_by
from anlan.operations.statistics.events import ReturnSigned
from anlan.operations.statistics.models import DangerReturn, SignedReturn
from anlan.operations.statistics.queries.returns import figures_of
from anlan.operations.statistics.rules.returns import (
    SIGN,
    due_on,
    may_correct,
    may_sign,
    owed,
)
from anlan.vocabulary import clock
from anlan.vocabulary.periods import Period, period
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

KIND = "danger_return"
CHAIN = ("safety.regulate", "safety.countersign", "safety.supervise")
AT_ONCE = 2_000


def ask_returns() -> int:
    """Ask every enterprise that operates for the quarter and the year that ended last, once, and
    put what is not signed on its principal's desk; how many were asked or put there."""
    firms = {one.id: one for one in operating_enterprises()}
    return sum(_ask(one, firms) for one in owed(clock.today()))


def _ask(one: Period, firms: dict[int, EnterpriseRow]) -> int:
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
    return len(missing) + _desk(one, firms)


def _desk(one: Period, firms: dict[int, EnterpriseRow]) -> int:
    principals, known = claimants("principal"), waiting(f"{KIND}:{one.key}:")
    unsigned = DangerReturn.objects.filter(period=one.key, signed_at=None)
    items = [
        _item(pk, one, firms[firm], principals[firm][0])
        for pk, firm in unsigned.values_list("pk", "enterprise_id")
        if firm in firms and firm in principals and _key(pk, one.key) not in known
    ]  # fmt: skip
    for first in range(0, len(items), AT_ONCE):
        with act("statistics.put_returns", PLATFORM) as this:
            open_items(items[first : first + AT_ONCE])
            this.on("danger_return", one.key, one.key)
            this.detail = {"put": len(items[first : first + AT_ONCE])}
    return len(items)


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
