"""The district of work safety, with an item library of five."""

from datetime import timedelta

import pytest
from tests.operations.risks.conftest import Worker
from tests.operations.safety.conftest import (  # noqa: F401
    One,
    _people_of_module,
    district,
    people,
    picture,
    works,
)

from anlan.operations.checks.actions import Answer, Checker, Submission, make_tasks, put_item
from anlan.operations.checks.models import CheckTask
from anlan.operations.people.actions import PLATFORM
from anlan.vocabulary import clock

ITEMS = {
    "exit": {"weight": "key", "cycle": "daily"},
    "wiring": {"weight": "plain", "cycle": "daily"},
    "drill": {"weight": "key", "cycle": "monthly"},
    "chem-store": {"weight": "key", "cycle": "daily", "sector": "chemical"},
    "law-officer": {"weight": "plain", "cycle": "monthly", "uses": "authority"},
}


@pytest.fixture
def library(district):  # noqa: F811
    ordinary = {"uses": "all", "sector": "", "trait": "", "trade": "", "level": None, "method": ""}
    for code, said in ITEMS.items():
        fixed = {
            "code": code,
            "text": f"{code} 正常",
            "basis": "安全生产法",
            "clause": "第四十一条",
        }
        put_item(PLATFORM, ordinary | said | fixed)
    clock.current().move_to(clock.now() + timedelta(minutes=1))


@pytest.fixture
def task(library, works):  # noqa: F811
    """The works' self-check of today."""
    make_tasks()
    return CheckTask.objects.get(enterprise=works, cycle="daily")


def checker(one):
    return Checker(one.actor, one.scope, one.account.organisation_code)


def ok(*codes):
    return {code: Answer("ok", confirmed=True) for code in codes}


def submission(task, answers, key="a" * 32, **other):
    said = {"enterprise_id": task.enterprise_id, "task_id": task.pk} | other
    return Submission(
        key=key, answers=answers, performed_at=clock.now(), list_at=clock.now(), **said
    )


@pytest.fixture
def staff(people, works):  # noqa: F811
    return Worker("staff", "post_staff", people["street"], works)
