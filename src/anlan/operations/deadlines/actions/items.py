"""Opening, escalating and closing what waits on a desk. Called inside the caller's own action."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from typing import Any

from django.db.models import Case, F, Q, Value, When

from anlan.operations.deadlines.models import FormerHolder, WorkItem
from anlan.operations.deadlines.rules.stages import NEVER
from anlan.operations.people.queries import scope_by
from anlan.vocabulary import clock

FORGOTTEN_AT_ONCE, OPENED_AT_ONCE = 5_000, 500


@dataclass(frozen=True, slots=True, kw_only=True)
class NewItem:
    """What an item on the desk says, and to whom.

    `title` is an English message id with ``%(name)s`` parameters, `action` the verb on its button;
    both are translated when shown. `right` names who may take it, within `area_code`; of one `unit`
    (organisation code) only, where one is named.
    `chain`: the rights that it climbs when late (head, leader, committee office); with one, its
    deadline is spoken of in the daily digest. `enterprise`: whose own duty it is, by id; its head
    is told beside that chain. `second`: who alone may do it beside the owner: theirs it is, and not
    a deputy's, while the owner is away.
    """

    key: str
    kind: str
    title: str
    action: str
    link: str
    right: str
    area_code: str
    sector: str = ""
    unit: str = ""
    due_at: datetime | None = None
    parameters: dict[str, Any] = field(default_factory=dict)
    detail: str = ""
    owner_id: int | None = None
    second_id: int | None = None
    enterprise: int | None = None
    chain: tuple[str, ...] = ()


def open_item(item: NewItem) -> None:
    """Put one item on the desk; a second call with the key of an open item refreshes it.

    A deadline that moved speaks anew, and so does one that another has now. What was handed up is
    theirs alone again whom the item names.
    """
    values = asdict(item)
    key = values.pop("key")
    same = Q(due_at=item.due_at) if item.due_at else Q(due_at__isnull=True)
    same &= Q(owner=item.owner_id) if item.owner_id else Q(owner__isnull=True)
    values["reminded"] = Case(When(same, then=F("reminded")), default=Value(NEVER))
    row, fresh = WorkItem.objects.update_or_create(
        key=key,
        done_at=None,
        defaults=values,
        create_defaults={**values, "reminded": NEVER, "opened_at": clock.now()},
    )
    if row.escalated and not fresh:
        row.former_holders.all().delete()


def open_items(items: Sequence[NewItem]) -> None:
    """Put many items on the desk in a handful of queries; as `open_item` for each of them."""
    waiting = {
        row.key: row
        for row in WorkItem.objects.filter(key__in=[one.key for one in items], done_at=None)
    }
    fresh = []
    for item in items:
        values = asdict(item)
        known = waiting.get(item.key)
        if known is None:
            fresh.append(WorkItem(**values, opened_at=clock.now()))
            continue
        if (known.due_at, known.owner_id) != (item.due_at, item.owner_id):
            known.reminded = NEVER
        for name, value in values.items():
            setattr(known, name, value)
    names = [one.name for one in fields(NewItem) if one.name != "key"]
    WorkItem.objects.bulk_update(waiting.values(), [*names, "reminded"])
    if handed_up := [row for row in waiting.values() if row.escalated]:
        FormerHolder.objects.filter(item__in=handed_up).delete()
    WorkItem.objects.bulk_create(fresh)


def renew_items(prefix: str, items: Sequence[NewItem]) -> None:
    """Put these on the desk in place of all whose key starts so.

    One that waits already until the same moment stays, with all that was said of it; any other is
    new, and what is not among them leaves.
    """
    wanted = {one.key: one for one in items}
    said = [one.name for one in fields(NewItem) if one.name != "key"]
    gone, stay = [], {}
    for pk, key, *now in (
        WorkItem.objects.filter(key__startswith=prefix, done_at=None)
        .values_list("pk", "key", *said).iterator(FORGOTTEN_AT_ONCE)
    ):  # fmt: skip
        item = wanted.get(key)
        if item is None or item.due_at != now[said.index("due_at")]:
            gone.append(pk)
        else:
            stay[key] = _values(item, said) == now
    for first in range(0, len(gone), FORGOTTEN_AT_ONCE):
        rows = WorkItem.objects.filter(pk__in=gone[first : first + FORGOTTEN_AT_ONCE])
        rows.filter(done_at=None).update(done_at=clock.now())
    changed = [one for key, one in wanted.items() if not stay.get(key, False)]
    for first in range(0, len(changed), OPENED_AT_ONCE):
        open_items(changed[first : first + OPENED_AT_ONCE])


def _values(item: NewItem, names: Sequence[str]) -> list[Any]:
    """As the table keeps them."""
    values = asdict(item) | {"chain": list(item.chain)}
    return [values[name] for name in names]


def close_each(keys: Collection[str], by: str = "") -> int:
    """Take the items of these keys off the desk; returns how many were open."""
    waiting = WorkItem.objects.filter(key__in=keys, done_at=None)
    return waiting.update(done_at=clock.now(), done_by=by)


def remark_item(key: str, detail: str) -> None:
    """Say under the title of an open item what was found since; a message id, or nothing more."""
    WorkItem.objects.filter(key=key, done_at=None).update(detail=detail)


def close_item(key: str, by: str = "") -> int:
    """Take the item of `key` off the desk; returns how many were open (0 or 1)."""
    return WorkItem.objects.filter(key=key, done_at=None).update(done_at=clock.now(), done_by=by)


def close_items(key_prefix: str, by: str = "", *, but: Collection[str] = ()) -> int:
    """Take every item whose key starts so off the desk, `but` those of these keys."""
    waiting = WorkItem.objects.filter(key__startswith=key_prefix, done_at=None)
    return waiting.exclude(key__in=but).update(done_at=clock.now(), done_by=by)


def release_of_enterprise(owner_id: int, enterprise_id: int) -> int:
    """Somebody works for an enterprise no more: its duties are its other people's, who are told
    anew; how many."""
    return _release(owner_id, Q(enterprise=enterprise_id))


def release_of_unit(owner_id: int, left: str) -> int:
    """An account left a unit (organisation code), or has another role: what it had there, and what
    it has no right to any more, is without an owner, and its holders are told anew; how many."""
    scope = scope_by(owner_id)
    lost = ~Q(right__in=scope.rights)
    if left and left != scope.organisation:
        lost |= Q(unit=left)
    return _release(owner_id, lost)


def _release(owner_id: int, lost: Q) -> int:
    waiting = WorkItem.objects.filter(lost, owner=owner_id, done_at=None)
    return waiting.update(owner=None, reminded=NEVER)


def forget_items(kind: str, before: datetime, most: int) -> int:
    """Drop items of a kind that left the desk before an instant, the oldest first and at most so
    many; returns how many. Only for what is a pointer to a record that stays."""
    old = WorkItem.objects.filter(kind=kind, done_at__lt=before).order_by("done_at")
    gone = 0
    while keys := list(old.values_list("pk", flat=True)[: min(FORGOTTEN_AT_ONCE, most - gone)]):
        gone += WorkItem.objects.filter(pk__in=keys).delete()[0]
    return gone


def escalate_item(key: str, *, right: str, area_code: str, detail: str = "") -> int:
    """Hand an open item up: to holders of `right` over `area_code`, beside those who had it."""
    item = WorkItem.objects.filter(key=key, done_at=None).first()
    if item is None:
        return 0
    FormerHolder.objects.create(item=item, right=item.right, area_code=item.area_code)
    return WorkItem.objects.filter(pk=item.pk).update(
        right=right, area_code=area_code, detail=detail, escalated=F("escalated") + 1
    )
