"""The district's `checks.toml`: its item library, and today's tasks made of it.

Its invented checks are made only where the invented logins are (`district load --demo`).
"""

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model

from anlan.operations.checks.actions.charges import NewCharge, put_in_charge
from anlan.operations.checks.actions.library import put_item
from anlan.operations.checks.actions.nightly import make_tasks, tasks_of
from anlan.operations.checks.actions.perform import Checker, Submission, submit_check
from anlan.operations.checks.actions.plans import make_plan
from anlan.operations.checks.models import CheckTask, InspectionPlan
from anlan.operations.checks.queries.library import items_in_force, kind_of
from anlan.operations.checks.rules.answers import NOT_OK, OK, Answer
from anlan.operations.checks.rules.library import ENFORCEMENT, SELF, listed
from anlan.operations.people.actions import Actor, as_actor
from anlan.operations.people.queries import scope_of
from anlan.operations.safety.queries.rows import enterprise_by_code, operating_enterprises
from anlan.vocabulary import clock

ORDINARY = {
    "method": "", "weight": "plain", "uses": "all", "sector": "", "trait": "", "trade": "",
    "level": None,
}  # fmt: skip


def load_district_files(actor: Actor, folder: Path) -> int:
    """Load the item library; returns how many items. Loading twice changes nothing."""
    path = folder / "checks.toml"
    if not path.exists():
        return 0
    file = tomllib.loads(path.read_text(encoding="utf-8"))
    given: list[dict[str, Any]] = file["item"]
    for entry in given:
        put_item(actor, ORDINARY | entry)
    for number, one in enumerate(file.get("check", [])):
        _make(f"district:{number}", one)
    for one in file.get("plan", []):
        _plan(one)
    for one in file.get("charge", []):
        _charge(one)
    make_tasks()
    return len(given)


def _plan(one: dict[str, Any]) -> None:
    """A plan of a unit to look at; `by`: a login of the unit."""
    account = get_user_model().objects.filter(username=one["by"]).first()
    if account is None or InspectionPlan.objects.filter(name=one["name"]).exists():
        return
    who = Checker(as_actor(account), scope_of(account), account.organisation_code)
    make_plan(who, {key: value for key, value in one.items() if key != "by"})


def _charge(one: dict[str, Any]) -> None:
    """Who inspects what in a unit to look at; `by`: a login of the unit, `inspector`: another."""
    accounts = get_user_model().objects.in_bulk([one["by"], one["inspector"]],
                                                field_name="username")  # fmt: skip
    if len(accounts) < 2:
        return
    account = accounts[one["by"]]
    who = Checker(as_actor(account), scope_of(account), account.organisation_code)
    firm = enterprise_by_code(one.get("credit_code", ""), who.scope)
    put_in_charge(who, NewCharge(
        account_id=accounts[one["inspector"]].pk, enterprise_id=firm.id if firm else None,
        area_code=one.get("area_code", ""),
    ))  # fmt: skip


def _make(key: str, one: dict[str, Any]) -> None:
    """A check of some days ago: normal but for what it names."""
    account = get_user_model().objects.filter(username=one["by"]).first()
    if account is None:
        return
    who = Checker(as_actor(account), scope_of(account), account.organisation_code)
    firm = enterprise_by_code(one["credit_code"], who.scope)
    if firm is None:
        return
    cycle, now = one.get("cycle", ""), clock.now()
    then = now - timedelta(days=one["days_ago"])
    tasks_of(then.date(), operating_enterprises())
    task = CheckTask.objects.filter(enterprise=firm.id, cycle=cycle, due_on__gte=then.date())
    found: dict[str, str] = one.get("found", {})
    use = one.get("use", "")
    items = listed(items_in_force(), kind_of(firm), use or (SELF if cycle else ENFORCEMENT), cycle)
    submit_check(
        who,
        Submission(
            key=key, enterprise_id=firm.id, performed_at=then, list_at=now, use=use,
            task_id=task.order_by("due_on").values_list("pk", flat=True).first() if cycle else None,
            answers={
                item.code: Answer(
                    NOT_OK if item.code in found else OK, found.get(item.code, ""), confirmed=True
                )
                for item in items
            },
        ),
    )  # fmt: skip
