"""What an older version left without an item on a desk gets one the night after, once."""

from datetime import date, timedelta

import pytest
from tests.operations.accidents.conftest import NOW, registered
from tests.operations.accidents.test_recommendations import SAID, found

from anlan.operations.accidents.actions import ask_for_forgotten_accidents
from anlan.operations.accidents.actions import unasked as unasked_actions
from anlan.operations.accidents.models import Accident, Liability, Measure
from anlan.operations.accidents.queries.waiting import unasked
from anlan.operations.deadlines.models import WorkItem
from anlan.operations.deadlines.queries import desk
from anlan.portal import rounds
from anlan.vocabulary import clock
from anlan.vocabulary.clock import DrillClock

pytestmark = pytest.mark.django_db(databases="__all__")
__all__ = ["found"]
AGO = date(2026, 2, 20)


def asked():
    """Every open item, and until which day."""
    rows = WorkItem.objects.filter(done_at=None).order_by("key")
    return {row.key: row.due_at and row.due_at.astimezone(clock.CHINA).date() for row in rows}


def test_late_measures_and_recommendations_come_back_to_the_desk_with_their_day(people, found):
    measure = Measure.objects.create(accident_id=found, text="加装防护罩", owner="鑫源五金厂",
                                     due_on=AGO)  # fmt: skip
    Liability.objects.update(due_on=AGO)
    one = Liability.objects.get().pk
    WorkItem.objects.filter(key__contains="-recommendation:").delete()
    clock.use(DrillClock(NOW + timedelta(hours=13)))
    assert (unasked(), ask_for_forgotten_accidents(), ask_for_forgotten_accidents()) == (2, 1, 0)
    late = {f"accident-measure:{measure.pk}": AGO, f"accident-recommendation:{one}": AGO}
    assert late.items() <= asked().items()
    titles = [item.title for item in desk(people["officer"].scope) if item.late]
    assert any(SAID["owner"] in title for title in titles)
    assert any("加装防护罩" in title for title in titles)
    Measure.objects.update(done_at=NOW)
    Liability.objects.update(settled_at=NOW)
    WorkItem.objects.filter(key__in=late).delete()
    assert ask_for_forgotten_accidents() == 0


def test_an_accident_on_no_desk_is_asked_for_as_when_it_was_registered(people):
    registered(people)
    before = asked()
    WorkItem.objects.all().delete()
    clock.use(DrillClock(NOW + timedelta(hours=13)))
    assert (ask_for_forgotten_accidents(), ask_for_forgotten_accidents()) == (1, 0)
    assert asked() == before
    WorkItem.objects.all().delete()
    Accident.objects.update(state="CLOSED", closed_at=NOW)
    assert ask_for_forgotten_accidents() == 0


def test_a_closed_accident_that_is_asked_for_a_report_for_ever_is_taken_off_the_desk(people):
    pk = registered(people)
    WorkItem.objects.exclude(key=f"accident-up:{pk}").delete()
    Accident.objects.update(state="CLOSED", closed_at=NOW)
    assert (ask_for_forgotten_accidents(), ask_for_forgotten_accidents()) == (1, 0)
    assert asked() == {}


def test_more_than_a_turn_takes_are_all_asked_for_without_waiting_an_hour(people, monkeypatch):
    chores = [one for one in rounds._chores(None) if isinstance(one, rounds.Seldom)]
    turn = next(one for one in chores if one.part is ask_for_forgotten_accidents)
    assert turn.full == unasked_actions.ACCIDENTS_A_TURN
    monkeypatch.setattr(unasked_actions, "ACCIDENTS_A_TURN", 2)
    turn.full = 2
    first, *others = (registered(people, key=f"k{n}") for n in range(4))
    for n in range(3):
        Measure.objects.create(accident_id=first, text=f"{n}", owner="厂", due_on=AGO)
    WorkItem.objects.filter(key__in=[f"accident:{pk}" for pk in others]).delete()
    assert unasked() == 6
    done = [turn() for _ in range(4)]
    assert (done, unasked()) == ([2, 2, 0, 0], 0)
