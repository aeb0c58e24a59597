"""An action leaves its change, its audit row and its event together, or nothing at all."""

from typing import ClassVar

import pytest

from anlan.backbone import events
from anlan.backbone.events import Event, fact, reacts_to
from anlan.operations.people.actions import PLATFORM, act, relay_events, seal_audit
from anlan.operations.people.actions.relay import MAX_ATTEMPTS
from anlan.operations.people.models import AuditEntry, Organisation, OutboxEvent, ReactionDone

pytestmark = pytest.mark.django_db


@pytest.fixture
def bell(monkeypatch):
    """An event kind with a place to put reactions, forgotten after the test."""
    monkeypatch.setattr(events, "_kinds", dict(events._kinds))
    monkeypatch.setattr(events, "_reactions", dict(events._reactions))

    from dataclasses import dataclass

    @fact("test.bell")
    @dataclass(frozen=True, slots=True, kw_only=True)
    class BellRang(Event):
        name: ClassVar[str] = ""
        times: int

    return BellRang


def ring(bell, times=1):
    with act("test.ring", PLATFORM) as this:
        this.on("bell", 1, "the bell")
        this.publish(bell(times=times))


def change_and_fail(bell):
    with act("test.ring", PLATFORM) as this:
        Organisation.objects.create(
            code="x", name="x", kind="x", area_code="500106", valid_from="2021-01-01"
        )
        this.publish(bell(times=1))
        raise RuntimeError


def test_an_action_that_fails_leaves_no_trace(bell):
    with pytest.raises(RuntimeError):
        change_and_fail(bell)
    assert not Organisation.objects.exists()
    assert not AuditEntry.objects.exists()
    assert not OutboxEvent.objects.exists()


def test_what_changes_nothing_leaves_no_row():
    with act("test.ring", PLATFORM) as this:
        this.nothing()
    assert not AuditEntry.objects.exists()


def test_an_event_reaches_every_reaction_once(bell):
    heard = []
    reacts_to(bell)(lambda event: heard.append(("first", event.times)))

    @reacts_to(bell)
    def second(event):
        heard.append(("second", event.times))

    ring(bell, 3)
    assert relay_events() == 1
    assert relay_events() == 0
    assert heard == [("first", 3), ("second", 3)]


def test_a_reaction_that_failed_is_tried_again_and_the_one_that_worked_is_not(bell):
    heard = []

    @reacts_to(bell)
    def works(event):
        heard.append("works")

    @reacts_to(bell)
    def fails_once(event):
        if "failed" not in heard:
            heard.append("failed")
            raise RuntimeError("not yet")
        heard.append("worked")

    ring(bell)
    assert relay_events() == 0
    assert relay_events() == 1
    assert heard == ["works", "failed", "worked"]


def test_a_reaction_that_always_fails_is_set_aside_and_others_go_on(bell):
    @reacts_to(bell)
    def fails(event):
        if event.times == 1:
            raise RuntimeError("never")

    ring(bell, 1)
    ring(bell, 2)
    for _ in range(MAX_ATTEMPTS + 1):
        relay_events()
    stuck = OutboxEvent.objects.get(relayed_at=None)
    assert "never" in stuck.fault
    assert OutboxEvent.objects.exclude(relayed_at=None).count() == 1


def test_a_crash_between_reaction_and_mark_does_not_react_twice(bell):
    heard = []

    @reacts_to(bell)
    def counts(event):
        heard.append(event.times)

    ring(bell)
    relay_events()
    OutboxEvent.objects.update(relayed_at=None)  # what a crash before the mark leaves behind
    relay_events()
    assert heard == [1]
    assert ReactionDone.objects.count() == 1


def test_an_altered_audit_row_breaks_the_chain(bell):
    for times in range(3):
        ring(bell, times)
    assert seal_audit() == 3
    AuditEntry.objects.filter(pk=AuditEntry.objects.order_by("id")[1].pk).update(
        subject_label="another bell"
    )
    previous, intact = "", []
    for row in AuditEntry.objects.order_by("id"):
        intact.append(row.sealed_after(previous) == row.seal)
        previous = row.seal
    assert intact == [True, False, True]
