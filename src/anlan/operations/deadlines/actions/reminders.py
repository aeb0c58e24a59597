"""Deadlines speak: one message a person a day, in working hours, with everything that is due."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from anlan.operations.deadlines.models import Absence, WorkItem
from anlan.operations.deadlines.queries.desk import said
from anlan.operations.deadlines.rules.calendar import is_working_day
from anlan.operations.deadlines.rules.stages import STAGES, WORK_BEGINS, WORK_ENDS, stage
from anlan.operations.messaging.actions import Addressee, NewMailing, send_mailing
from anlan.operations.people.actions import PLATFORM
from anlan.operations.people.queries import Reachable, holding, reachable
from anlan.vocabulary import clock
from anlan.vocabulary.levels import Standing

MOST = 20_000  # items looked at in one turn
AT_ONCE = 5_000
NAMED = 3  # titles in a message
SOONEST = timedelta(days=-STAGES[0][0])


@dataclass(slots=True)
class _Letter:
    """What one person is told today: the items, worst first."""

    person: Reachable
    items: list[WorkItem] = field(default_factory=list)


def remind() -> int:
    """Speak of every deadline whose next stage has come; how many items were spoken of.

    Only in working hours of working days; what comes up on a holiday is said on the next working
    day, once, at the stage reached by then.
    """
    now = clock.now()
    if not (is_working_day(now.date()) and WORK_BEGINS <= now.time() <= WORK_ENDS):
        return 0
    with transaction.atomic():
        come = [(one, reached) for one in _due(now) if (reached := _new_stage(one, now.date()))]
        if not come:
            return 0
        _send(now.date(), _letters(come, now.date()))
        for days, step in STAGES:
            at_it = [one.pk for one, reached in come if reached == (days, step)]
            for first in range(0, len(at_it), AT_ONCE):
                WorkItem.objects.filter(pk__in=at_it[first : first + AT_ONCE]).update(
                    reminded=days, escalated=step
                )
    return len(come)


def _due(now: datetime) -> list[WorkItem]:
    """Open items with a chain and a deadline that may speak today; the digest of a day is one."""
    end = datetime.combine(now.date() + SOONEST, time.max, clock.CHINA)
    rows = WorkItem.objects.select_for_update().filter(done_at=None, due_at__lte=end)
    return list(rows.exclude(chain=[]).exclude(reminded=STAGES[-1][0]).order_by("due_at")[:MOST])


def _new_stage(one: WorkItem, today: date) -> tuple[int, int] | None:
    if one.due_at is None:
        return None
    reached = stage(one.due_at.astimezone(clock.CHINA).date(), today)
    return reached if reached is not None and reached[0] > one.reminded else None


def _letters(come: Iterable[tuple[WorkItem, tuple[int, int]]], today: date) -> list[_Letter]:
    letters: dict[int, _Letter] = {}
    owners = reachable(one.owner_id for one, _ in come if one.owner_id is not None)
    away = _deputies(today)
    known: dict[tuple[str, str, str], list[Reachable]] = {}
    for one, (_days, step) in come:
        for person in _told(one, step, owners, known):
            who = away.get(person.id, person)
            letters.setdefault(who.id, _Letter(who)).items.append(one)
    return list(letters.values())


def _told(
    one: WorkItem,
    step: int,
    owners: dict[int, Reachable],
    known: dict[tuple[str, str, str], list[Reachable]],
) -> list[Reachable]:
    """The owner; from the first day late on also who stands `step` rights above."""
    rights = [] if one.owner_id in owners else [one.right]
    if step:
        rights.append(one.chain[min(step, len(one.chain)) - 1])
    told = [owners[one.owner_id]] if one.owner_id in owners else []
    for right in rights:
        key = (right, one.area_code, one.sector)
        if key not in known:
            known[key] = holding(*key)
        told += known[key]
    return list({person.id: person for person in told}.values())


def _deputies(today: date) -> dict[int, Reachable]:
    """Who stands in today, by the account of who is away."""
    rows = Absence.objects.filter(first_on__lte=today, last_on__gte=today, ended_at=None)
    pairs = dict(rows.values_list("account_id", "deputy_id"))
    found = reachable(pairs.values())
    return {absent: found[deputy] for absent, deputy in pairs.items() if deputy in found}


def _send(today: date, letters: list[_Letter]) -> None:
    standing = Standing(settings.ANLAN_STANDING)
    channel = "webhook" if standing is Standing.ACTUAL else "console"
    with override("zh-hans"):
        addressees = [_addressee(letter, channel) for letter in letters]
        title = _("Due and late, %(day)s") % {"day": f"{today:%Y-%m-%d}"}
    send_mailing(
        PLATFORM,
        NewMailing(
            key=f"digest:{today}:{clock.now():%H%M%S}", subject_kind="digest",
            subject_id=f"{today}", standing=standing, level=None, title=title,
            text="〔待办〕", expires_at=clock.now() + timedelta(days=1), addressees=addressees,
        ),
    )  # fmt: skip


def _addressee(letter: _Letter, channel: str) -> Addressee:
    now, items = clock.now(), letter.items
    late = sum(one.due_at is not None and one.due_at < now for one in items)
    named = "；".join(said(one) for one in items[:NAMED])
    more = {"count": len(items), "late": late, "named": named}
    text = _("%(count)d to do, %(late)d of them late: %(named)s") % more
    if len(items) > NAMED:
        text += _(" and %(more)d more; see your desk.") % {"more": len(items) - NAMED}
    return Addressee(
        ref=f"account:{letter.person.id}", label_masked=letter.person.name,
        area_code=letter.person.area_code, channel=channel,
        address_sealed=letter.person.phone_sealed,
        personal={"kind": "digest", "slots": {"待办": text}},
    )  # fmt: skip
