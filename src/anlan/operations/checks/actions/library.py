"""The item library: an item is added, corrected as its next version, or taken out of force."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from anlan.operations.checks.events import ItemMoved
from anlan.operations.checks.models import CheckItem
from anlan.operations.people.actions import Actor, act, looking_again
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

# A code stands in an address; some addresses are taken.
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
TAKEN = ("new", "import", "export")
FIELDS = (
    "text", "basis", "clause", "method", "weight", "cycle", "uses", "sector", "trait", "trade",
    "level",
)  # fmt: skip


@looking_again
def put_item(actor: Actor, values: Mapping[str, Any], *, reason: str = "") -> int:
    """Add the item of a code, or make its next version; the id of the version in force.

    What says the same as the version in force changes nothing.
    """
    code = str(values["code"])
    if not CODE.fullmatch(code) or code in TAKEN:
        raise Refused(
            N_("A code is made of letters, digits, points and dashes, such as gen-exit: %(code)s."),
            code=code,
        )
    said = {key: values[key] for key in FIELDS if key in values}
    with act("checks.put_item", actor) as this:
        old = CheckItem.objects.select_for_update().filter(code=code, until=None).first()
        if old is not None and all(getattr(old, key) == value for key, value in said.items()):
            this.nothing()
            return old.pk
        now = clock.now()
        if old is not None:
            old.until = now
            old.save(update_fields=["until"])
            said = {key: getattr(old, key) for key in FIELDS} | said
        last = CheckItem.objects.filter(code=code).order_by("-version").first()
        item = CheckItem.objects.create(
            code=code, version=last.version + 1 if last else 1, since=now, by_name=actor.label,
            reason=reason.strip()[:300], **said,
        )  # fmt: skip
        this.on("check item", item.pk, str(item))
        this.detail = {"version": item.version}
        this.publish(_moved(item, "put"))
    return item.pk


def put_items(actor: Actor, rows: Sequence[Mapping[str, Any]], *, reason: str) -> int:
    """Many at once, all or none; how many."""
    codes = [str(one["code"]) for one in rows]
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if twice:
        raise Refused(N_("Twice in the file: %(codes)s."), codes="、".join(twice[:5]))
    with act("checks.import_items", actor) as this:
        for one in rows:
            put_item(actor, one, reason=reason)
        this.detail = {"items": len(rows)}
    return len(rows)


def retire_item(actor: Actor, code: str, *, reason: str) -> None:
    """Take an item off all lists from now on; its versions stay."""
    with act("checks.retire_item", actor) as this:
        item = CheckItem.objects.select_for_update().filter(code=code, until=None).first()
        if item is None:
            raise Refused(N_("There is no such item in force."))
        if not reason.strip():
            raise Refused(N_("Say why."))
        item.until, item.reason = clock.now(), reason.strip()[:300]
        item.save(update_fields=["until", "reason"])
        this.on("check item", item.pk, str(item))
        this.detail = {"reason": item.reason}
        this.publish(_moved(item, "retire"))


def begin_in_a_copy() -> int:
    """Date what is in force from now on at the latest; how many items that moves.

    A copy for an exercise may stand at a moment before its library was made: a list that is taken
    along then has every item, and no check made from it would find one in force.
    """
    now = clock.now()
    return CheckItem.objects.filter(until=None, since__gt=now).update(since=now)


def _moved(item: CheckItem, verb: str) -> ItemMoved:
    return ItemMoved(code=item.code, version=item.version, sector=item.sector, verb=verb)
