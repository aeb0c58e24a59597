"""What of chemicals comes to its term: on the desk before, until it is settled."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from anlan.operations.chemicals.events import RecordDue
from anlan.operations.chemicals.models import Record
from anlan.operations.chemicals.queries.terms import terms_in_force
from anlan.operations.chemicals.rules.words import CHAIN, KEEP, REGULATE
from anlan.operations.deadlines.actions import (
    NewItem,
    cancel_timer,
    close_item,
    open_item,
    set_timer,
)
from anlan.operations.safety.queries.persons import people_of
from anlan.operations.safety.queries.signboards import Signboard, signboard
from anlan.vocabulary import clock

OPENS_AT = time(8, 30)
UNIT = ":unit"  # behind the key of the regulator's own item


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What an item says: `title` and `action` are English message ids."""

    title: str
    action: str
    link: str
    parameters: Mapping[str, Any]
    due_on: date | None = None


def settle_term(record: Record, kind: str, due_on: date | None, by: str) -> None:
    """Set the timer of an entry's term; what is not near any more leaves the desks."""
    key = key_of(kind, record.pk)
    if due_on is None:
        cancel_timer(key)
        clear(key, by)
        return
    days = terms_in_force(clock.today()).remind_days
    opens = datetime.combine(due_on - timedelta(days=days), OPENS_AT, clock.CHINA)
    set_timer(key, opens, RecordDue(kind=kind, record_id=record.pk))
    if opens > clock.now():
        clear(key, by)


def key_of(kind: str, record_id: int, more: str = "") -> str:
    return f"chemicals:{kind}:{record_id}{more}"


def clear(key: str, by: str = "") -> None:
    """Off the desks of the enterprise and its regulator."""
    close_item(key, by)
    close_item(f"{key}{UNIT}", by)


def tell(key: str, record: Record, word: Word, *, both: bool = False) -> None:
    """Put an entry on the desk of its enterprise's safety manager; with `both` on that of the unit
    that regulates it too, else it climbs there once it is late."""
    sign = signboard(record.enterprise_id)
    if sign is None or sign.closed:
        return
    owner = next(iter(people_of(record.enterprise_id, "enterprise")), None)
    chain = () if both else CHAIN
    mine = {"right": KEEP, "owner_id": owner, "enterprise": record.enterprise_id, "chain": chain}
    open_item(_item(key, sign, word, mine))
    if both:
        whose = {"right": REGULATE, "unit": sign.regulator, "chain": CHAIN[1:]}
        open_item(_item(f"{key}{UNIT}", sign, word, whose))


def _item(key: str, sign: Signboard, word: Word, whose: Mapping[str, Any]) -> NewItem:
    return NewItem(
        key=key, kind="chemicals", title=word.title, action=word.action, link=word.link,
        area_code=sign.area_code, sector=sign.sector, detail=sign.name,
        due_at=None if word.due_on is None else clock.end_of(word.due_on),
        parameters=dict(word.parameters), **whose,
    )  # fmt: skip
