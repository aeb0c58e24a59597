"""Deadlines speak: one message a person a day, in working hours, with everything that is due."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from anlan.operations.deadlines.models import WorkItem
from anlan.operations.deadlines.queries.absence import deputies
from anlan.operations.deadlines.queries.desk import said
from anlan.operations.deadlines.queries.heads import heads, members
from anlan.operations.deadlines.rules.calendar import is_working_day
from anlan.operations.deadlines.rules.stages import (
    COMMITTEE,
    HEAD,
    NEVER,
    STAGES,
    WORK_BEGINS,
    WORK_ENDS,
    above,
    stage,
)
from anlan.operations.messaging.actions import Addressee, NewMailing, send_mailing
from anlan.operations.messaging.queries import sent_about
from anlan.operations.people.actions import PLATFORM
from anlan.operations.people.queries import Reachable, holding, reachable, roles_with, staff_by
from anlan.operations.people.queries.days import day_words
from anlan.vocabulary import clock
from anlan.vocabulary.levels import Standing

AT_ONCE = 5_000
NAMED = 3  # titles in a message


@dataclass(slots=True)
class _Letter:
    """What one person is told today: how many items, how many of them late, the worst by name."""

    person: Reachable
    told: set[int] = field(default_factory=set)
    late: int = 0
    named: list[str] = field(default_factory=list)

    def tell(self, one: WorkItem, now: datetime) -> None:
        """An item once, though it comes by two ways: as one's own, and for who is away."""
        if one.pk in self.told:
            return
        self.told.add(one.pk)
        self.late += one.due_at is not None and one.due_at < now
        if len(self.named) < NAMED:
            self.named.append(said(one))


def remind() -> int:
    """Speak of every deadline whose next stage has come; how many items were spoken of.

    Only in working hours of working days; what comes up on a holiday is said on the next working
    day, once, at the stage reached by then. The first call of a day that has something to say sends
    the day's message; after it only what became due today or earlier in the meantime is said.
    """
    now = clock.now()
    if not (is_working_day(now.date()) and WORK_BEGINS <= now.time() <= WORK_ENDS):
        return 0
    with transaction.atomic(), override("zh-hans"):
        rows = _due(now.date(), urgent=sent_about("digest", f"{now.date()}"))
        if not rows.exists():
            return 0
        letters, reached = _letters(rows, now)
        if letters:
            _send(now.date(), letters)
        for (days, step), at_it in reached.items():
            for first in range(0, len(at_it), AT_ONCE):
                WorkItem.objects.filter(pk__in=at_it[first : first + AT_ONCE]).update(
                    reminded=days, escalated=step
                )
    return sum(map(len, reached.values()))


def _due(today: date, *, urgent: bool) -> QuerySet[WorkItem]:
    """Open items with a chain whose next stage has come, the longest due first.

    `urgent`: only what is due by today and was never spoken of.
    """
    come = Q()
    for days, _step in STAGES:
        end = datetime.combine(today - timedelta(days=days), time.max, clock.CHINA)
        come |= Q(due_at__lte=end, reminded__lt=days)
    rows = WorkItem.objects.filter(come, done_at=None).exclude(chain=[]).order_by("due_at", "pk")
    if urgent:
        end = datetime.combine(today, time.max, clock.CHINA)
        rows = rows.filter(due_at__lte=end, reminded=NEVER)
    return rows


def _letters(
    rows: QuerySet[WorkItem], now: datetime
) -> tuple[list[_Letter], dict[tuple[int, int], list[int]]]:
    """What each person is told, and which items stand at which stage then."""
    letters: dict[int, _Letter] = {}
    reached: dict[tuple[int, int], list[int]] = {}
    owners = _owners(rows)
    firms = _heads(rows.filter(due_at__lt=now))
    staff = _members(rows.filter(Q(owner=None) | Q(owner__is_active=False)))
    deputed = deputies(now.date())
    away = _deputies(deputed)
    known: dict[tuple[str, str, str, str], list[Reachable]] = {}
    for one in rows.select_for_update().iterator(AT_ONCE):
        due_on = (one.due_at or now).astimezone(clock.CHINA).date()
        at = stage(due_on, now.date()) or STAGES[0]
        reached.setdefault(at, []).append(one.pk)
        theirs = _whose(one, owners, deputed) or _able(one, staff)
        for person in [*_told(one, at[1], theirs, known), *_head(one, at[0], firms)]:
            who = away.get(person.id, person)
            letters.setdefault(who.id, _Letter(who)).tell(one, now)
    return list(letters.values()), reached


def _told(
    one: WorkItem,
    step: int,
    theirs: list[Reachable],
    known: dict[tuple[str, str, str, str], list[Reachable]],
) -> list[Reachable]:
    """Whose it is, else who holds its right, or what an enterprise has nobody for the right above;
    from the first day late on also who stands `step` rights above."""
    own = one.right
    if one.enterprise is not None:
        own = above(one.chain, one.right, 1) or one.right
    rights = [] if theirs else [own]
    if step and (head := above(one.chain, one.right, step)):
        rights.append(head)
    told = list(theirs)
    for right in rights:
        unit = one.unit if right == one.right or right != COMMITTEE else ""
        key = (right, one.area_code, one.sector, unit)
        if key not in known:
            known[key] = holding(*key)
        told += known[key]
    return list({person.id: person for person in told}.values())


def _owners(rows: QuerySet[WorkItem]) -> dict[int, Reachable]:
    """Whose the items are, or may be, by account; closed ones are left out."""
    named = rows.exclude(owner=None).order_by().values_list("owner_id", "second_id").distinct()
    return reachable({pk for pair in named for pk in pair if pk is not None})


def _whose(one: WorkItem, owners: dict[int, Reachable], away: Collection[int]) -> list[Reachable]:
    """The owner's; of two who are named the first's who is not away, deputy or none."""
    named = [owners[pk] for pk in (one.owner_id, one.second_id) if pk in owners]
    present = [person for person in named if person.id not in away]
    return (present if one.second_id else named)[:1] or named[:1]


def _members(nobodys: QuerySet[WorkItem]) -> dict[int, list[tuple[str, Reachable]]]:
    """Who works, in which role, for the enterprises whose duties have no owner, by enterprise."""
    firms = nobodys.exclude(enterprise=None).order_by().values_list("enterprise", flat=True)
    accounts = members({one for one in firms.distinct() if one is not None})
    everybody = {pk for those in accounts.values() for pk in those}
    roles = {one.id: one.role for one in staff_by(everybody)}
    found = reachable(everybody)
    return {
        firm: [(roles[pk], found[pk]) for pk in sorted(those) if pk in found]
        for firm, those in accounts.items()
    }


def _able(one: WorkItem, staff: dict[int, list[tuple[str, Reachable]]]) -> list[Reachable]:
    """Those of the item's enterprise who hold its right."""
    roles = roles_with(one.right)
    return [person for role, person in staff.get(one.enterprise or 0, ()) if role in roles]


def _heads(late: QuerySet[WorkItem]) -> dict[int, list[Reachable]]:
    """The heads of the enterprises whose own duties these are, by enterprise."""
    firms = late.exclude(enterprise=None).order_by().values_list("enterprise", flat=True)
    accounts = heads({one for one in firms.distinct() if one is not None})
    found = reachable({pk for those in accounts.values() for pk in those})
    return {
        firm: [found[pk] for pk in sorted(those) if pk in found]
        for firm, those in accounts.items()
    }  # fmt: skip


def _head(one: WorkItem, days: int, firms: dict[int, list[Reachable]]) -> list[Reachable]:
    """The head of the enterprise, once: on the first day late, or on the first working day after
    it."""
    first = days >= HEAD > one.reminded
    return firms.get(one.enterprise, []) if first and one.enterprise is not None else []


def _deputies(pairs: Mapping[int, int]) -> dict[int, Reachable]:
    """Who stands in, by the account of who is away; whose account is closed is left out."""
    found = reachable(pairs.values())
    return {absent: found[deputy] for absent, deputy in pairs.items() if deputy in found}


def _send(today: date, letters: list[_Letter]) -> None:
    standing = Standing(settings.ANLAN_STANDING)
    channel = "webhook" if standing is Standing.ACTUAL else "console"
    send_mailing(
        PLATFORM,
        NewMailing(
            key=f"digest:{today}:{clock.now():%H%M%S}", subject_kind="digest",
            subject_id=f"{today}", standing=standing, level=None,
            title=_("Due and late, %(day)s") % {"day": day_words(today)}, text="〔待办〕",
            expires_at=clock.now() + timedelta(days=1),
            addressees=[_addressee(letter, channel) for letter in letters],
        ),
    )  # fmt: skip


def _addressee(letter: _Letter, channel: str) -> Addressee:
    count = len(letter.told)
    more = {"count": count, "late": letter.late, "named": "；".join(letter.named)}
    text = _("%(count)d to do, %(late)d of them late: %(named)s") % more
    if count > NAMED:
        text += _(" and %(more)d more; see your desk.") % {"more": count - NAMED}
    return Addressee(
        ref=f"account:{letter.person.id}", label_masked=letter.person.name,
        area_code=letter.person.area_code, channel=channel,
        address_sealed=letter.person.phone_sealed,
        personal={"kind": "digest", "slots": {"待办": text}},
    )  # fmt: skip
