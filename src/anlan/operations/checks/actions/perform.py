"""A check comes in: judged by the list it was made from, kept once, its finds made dangers."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from anlan.operations.checks.actions.desk import done_for
from anlan.operations.checks.actions.inspect import inspected
from anlan.operations.checks.events import CheckKept
from anlan.operations.checks.models import CheckRecord, CheckTask
from anlan.operations.checks.queries.library import items_at, kind_of
from anlan.operations.checks.queries.scope import tasks_in
from anlan.operations.checks.rules.answers import NOT_OK, Answer, counted, judge
from anlan.operations.checks.rules.cycles import counts
from anlan.operations.checks.rules.library import SELF, Item, listed, use_of
from anlan.operations.people.actions import Actor, act, looking_again
from anlan.operations.people.queries import Scope
from anlan.operations.registers.queries import timely
from anlan.operations.safety.actions import Find, Source, find_danger, keep_cycle
from anlan.operations.safety.queries.persons import person_of
from anlan.operations.safety.queries.rows import EnterpriseRow, enterprise_row
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

REGULATE = "safety.regulate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A check as a phone sends it. `list_at`: when its list was taken from the library.

    `use`: "review" for a standardisation review; else it is what its maker makes. `lon`, `lat`:
    CGCS2000. `answers` by item code.
    """

    key: str
    enterprise_id: int
    answers: Mapping[str, Answer]
    performed_at: datetime
    list_at: datetime
    task_id: int | None = None
    use: str = ""
    lon: float | None = None
    lat: float | None = None


@dataclass(frozen=True, slots=True)
class Checker:
    """Who checks: the actor, their sight and their organisation."""

    actor: Actor
    scope: Scope
    organisation: str = ""


@looking_again
def submit_check(who: Checker, given: Submission) -> int:
    """Keep a check; its id. One whose key is known is not kept again. Raises `Refused`.

    Every answer "not normal" is registered as a danger, in the same transaction.
    """
    known = CheckRecord.objects.filter(key=given.key).values_list("pk", "by_id").first()
    if known is not None:
        return _known(known, who)
    if not who.scope.may("checks.do"):
        raise Refused(N_("Your role does not check."))
    firm = enterprise_row(given.enterprise_id, who.scope)
    if firm is None:
        raise Refused(N_("There is no such enterprise within your sight."))
    return _kept(who, given, firm)


def _known(known: tuple[int, int | None], who: Checker) -> int:
    if known[1] != who.actor.id:
        raise Refused(N_("Somebody else has sent a check under this key."))
    return known[0]


def _kept(who: Checker, given: Submission, firm: EnterpriseRow) -> int:
    with act("checks.submit", who.actor) as this:
        now = clock.now()
        timely(given.performed_at, given.list_at, now)
        use = use_of(who.scope.reach == "itself", given.use, who.scope.may(REGULATE))
        task = _task(who, given) if use == SELF else None
        cycle = task.cycle if task else ""
        items = listed(items_at(given.list_at), kind_of(firm), use, cycle)
        judge(items, given.answers)
        record = CheckRecord(
            key=given.key, task=task, enterprise_id=firm.id, unit=firm.name,
            area_code=firm.area_code, sector=firm.sector, use=use, cycle=cycle,
            answers=answered(who, given, items), counts=counts(cycle, who.scope.role),
            performed_at=min(given.performed_at, now), kept_at=now, lon=given.lon, lat=given.lat,
            by_id=who.actor.id, by_name=who.actor.label, organisation=who.organisation,
            **counted(given.answers),
        )  # fmt: skip
        record.save()
        if task is not None and record.counts:
            task.done_at, task.done_by_name = record.performed_at, who.actor.label
            task.done_on = record.performed_at.astimezone(clock.CHINA).date()
            task.save(update_fields=["done_at", "done_on", "done_by_name"])
            done_for(firm.id, now.date())
            if task.done_on <= task.due_on:
                keep_cycle(firm.id, task.cycle, record.performed_at)
        if use != SELF:
            inspected(record, who.scope.role)
        this.on("check", record.pk, str(record))
        this.detail = {"counts": record.counts}
        this.publish(kept(record))
    return record.pk


def _task(who: Checker, given: Submission) -> CheckTask:
    """The self-check that is answered; once it is done nobody does it again."""
    mine = tasks_in(who.scope).filter(pk=given.task_id or 0, enterprise=given.enterprise_id)
    task = mine.select_for_update().first()
    if task is None or given.performed_at.date() < task.begins_on:
        raise Refused(N_("There is no such self-check of yours."))
    if task.done_at is not None:
        raise Refused(
            N_("%(name)s made this self-check already. Report what else you found as a danger."),
            name=task.done_by_name,
        )
    return task


def answered(who: Checker, given: Submission, items: Sequence[Item]) -> list[dict[str, Any]]:
    """The answers as they are kept, each "not normal" with the number of its danger."""
    rows = []
    for item in items:
        answer = given.answers[item.code]
        row: dict[str, Any] = {
            "code": item.code, "version": item.version, "item": item.id, "text": item.text,
            "choice": answer.choice, "note": answer.note.strip(), "confirmed": answer.confirmed,
        }  # fmt: skip
        if answer.choice == NOT_OK:
            row["danger"] = _danger(who, given, item, answer)
        rows.append(row)
    return rows


def _danger(who: Checker, given: Submission, item: Item, answer: Answer) -> int:
    source = Source.SELF_CHECK
    if who.scope.reach != "itself":
        source = Source.PATROL if who.scope.role == "grid_worker" else Source.INSPECTION
    key = hashlib.sha256(f"{given.key}:{item.code}".encode()).hexdigest()[:48]
    wrong = answer.note.strip()  # an item says how things should be
    find = Find(
        key=f"check:{key}", title=wrong.splitlines()[0][:120], area_code="", sector="",
        source=source,
        enterprise_id=given.enterprise_id, item=item.code, lon=given.lon, lat=given.lat,
        found_at=min(given.performed_at, clock.now()),
        description=f"{wrong}\n{item.text}\n{item.basis} {item.clause}".strip(),
    )  # fmt: skip
    return find_danger(who.actor, person_of(who.scope, who.organisation), find)


def kept(record: CheckRecord) -> CheckKept:
    return CheckKept(
        check_id=record.pk, enterprise_id=record.enterprise_id, area_code=record.area_code,
        sector=record.sector, use=record.use, version=record.version, dangers=record.not_ok,
    )  # fmt: skip
