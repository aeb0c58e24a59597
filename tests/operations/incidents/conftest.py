"""The people of a duty room, a clock that stands still, and an alert that somebody published."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from anlan.operations.people.actions import PLATFORM, Actor, NewAccount, as_actor, open_account
from anlan.operations.people.models import Account
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA, DrillClock

START = datetime(2020, 8, 19, 17, 32, tzinfo=CHINA)


@dataclass(frozen=True)
class PublishedAlert:
    """A stand-in for the alerts' own row: only what an event file asks of it."""

    id: int = 7
    first_id: int = 7
    level: int = 1
    hazard: str = "flood"
    headline: str = "沙坪坝区洪水红色预警"
    area_code: str = "500106"


@pytest.fixture
def drill_clock():
    before = clock.current()
    moved = DrillClock(START)
    clock.use(moved)
    yield moved
    clock.use(before)


@pytest.fixture
def alerts_known(monkeypatch):
    """The alerts that exist, by id, in the eyes of the event file."""
    known = {7: PublishedAlert()}
    for module in ("actions.file", "queries.next_report"):
        monkeypatch.setattr(
            f"anlan.operations.incidents.{module}.alert", lambda i, scope=None: known.get(i)
        )
    monkeypatch.setattr("anlan.operations.incidents.queries.next_report.latest_run", lambda: None)
    return known


@pytest.fixture
def person(db):
    """Open an account: ``person(username, role, area_code)`` gives its actor."""

    def open_one(username: str, role: str, area_code: str = "500106") -> Actor:
        new = NewAccount(
            username=username, password="a long demo password", display_name=username, role=role,
            organisation_code="bureau", area_code=area_code,
        )  # fmt: skip
        return as_actor(Account.objects.get(pk=open_account(PLATFORM, new)))

    return open_one


@pytest.fixture
def officer(person):
    return person("chenli", "duty_officer")


@pytest.fixture
def leader(person):
    return person("helan", "duty_leader")


@pytest.fixture
def open_file(drill_clock, alerts_known, officer):
    """A file that the duty officer opened on a red alert."""
    from anlan.operations.incidents.actions import open_incident, propose_incident

    pk = propose_incident(7)
    open_incident(officer, pk)
    return pk


@pytest.fixture
def later(drill_clock):
    """Move the clock by minutes or hours."""

    def move(**span):
        drill_clock.move_to(clock.now() + timedelta(**span))
        return clock.now()

    return move
