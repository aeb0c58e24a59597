"""What an older version left without an item on a desk gets one the night after, once."""

from datetime import date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.operations.safety.test_desk import waits
from tests.operations.safety.test_loop import assign, found, take

from anlan.operations.deadlines.models import WorkItem
from anlan.operations.people.models import AuditEntry
from anlan.operations.safety import actions
from anlan.operations.safety.actions import FORGOTTEN_A_TURN, ask_for_forgotten_dangers
from anlan.operations.safety.models import Danger, DangerStep, Supervision
from anlan.operations.safety.queries.waiting import unasked
from anlan.operations.safety.rules.states import Grade, Source
from anlan.portal.condition import findings
from anlan.portal.diagnosis import GOOD, WARN
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA, DrillClock

pytestmark = pytest.mark.django_db(databases="__all__")
__all__ = ["found"]


def forget():
    """As a version left it that opened no item; half a day later it is night."""
    WorkItem.objects.all().delete()
    clock.use(DrillClock(datetime(2026, 3, 3, 1, tzinfo=CHINA)))


def open_items():
    return sorted(WorkItem.objects.filter(done_at=None).values_list("key", flat=True))


def test_a_danger_on_no_desk_is_put_on_the_desk_of_whoever_is_next(people, found):
    """Graded on Monday the 2nd of March: assigned within three working days; assigned it is the
    enterprise's until its deadline, and stopped production does not take that away."""
    unit, firm = people["industry"], people["manager"]
    take(unit, actions.grade_danger, found, grade=Grade.GENERAL)
    forget()
    assert waits(people) == {}
    assert (unasked(), ask_for_forgotten_dangers(), ask_for_forgotten_dangers()) == (1, 1, 0)
    assert waits(people) == {"industry": "03-05"}
    assign(people, found)
    forget()
    ask_for_forgotten_dangers()
    assert waits(people) == {"manager": "03-20"}
    take(firm, actions.begin_rectification, found)
    take(unit, actions.suspend_production, found, reason="停")
    forget()
    ask_for_forgotten_dangers()
    assert waits(people) == {"manager": "03-20"}
    assert open_items() == [f"danger:{found}"]
    assert AuditEntry.objects.filter(verb="safety.ask_for_forgotten").count() == 3


def test_stopped_production_whose_item_had_no_deadline_gets_the_one_that_runs(people, found):
    unit = people["industry"]
    take(unit, actions.grade_danger, found, grade=Grade.MAJOR, clause="工贸 第4条")
    assign(people, found)
    take(unit, actions.suspend_production, found, reason="停")
    WorkItem.objects.update(due_at=None)
    assert waits(people) == {"manager": None}
    assert (ask_for_forgotten_dangers(), ask_for_forgotten_dangers()) == (1, 0)
    assert waits(people) == {"manager": "03-20"}
    assert open_items() == [f"danger:{found}"]


def test_a_listed_supervision_without_its_own_deadline_gets_it_beside_the_next_report(
    people, found
):
    unit, officer = people["industry"], people["officer"]
    take(unit, actions.grade_danger, found, grade=Grade.MAJOR, clause="工贸 第4条")
    assign(people, found)
    listing = actions.Listing(issuer_name="区安委办", supervisor="何岚", notice="公告",
                              due_on=date(2026, 3, 13), title="粉尘", unit="鑫源厂")  # fmt: skip
    actions.list_danger(officer.actor, officer.person, found, listing)
    one = Supervision.objects.get().pk
    was = dict(WorkItem.objects.filter(kind="supervision").values_list("key", "due_at"))
    assert was[f"supervision end:{one}"] == clock.end_of(date(2026, 3, 13))
    WorkItem.objects.filter(key__startswith="supervision end:").delete()
    assert (ask_for_forgotten_dangers(), ask_for_forgotten_dangers()) == (1, 0)
    now = WorkItem.objects.filter(kind="supervision", done_at=None)
    assert dict(now.values_list("key", "due_at")) == was
    assert now.count() == len(was) == 2


def test_what_waits_for_nobody_here_and_what_is_on_a_desk_already_is_left_alone(people, found):
    before = list(WorkItem.objects.values())
    assert ask_for_forgotten_dangers() == 0
    assert list(WorkItem.objects.values()) == before
    for state in ("CLOSED", "TO_ENFORCEMENT"):
        Danger.objects.update(state=state)
        WorkItem.objects.all().delete()
        assert ask_for_forgotten_dangers() == 0
    assert not WorkItem.objects.exists()


def many(one, count):
    """As many others like it, with the step that brought each where it is."""
    rows = []
    for number in range(count):
        row = Danger.objects.get(pk=one)
        row.pk, row.number, row.key = None, f"M{number}", f"m{number}"
        rows.append(row)
    made = Danger.objects.bulk_create(rows)
    DangerStep.objects.bulk_create(
        DangerStep(danger=row, at=clock.now(), by_name="x", verb="find", after=row.state)
        for row in made
    )


@pytest.mark.parametrize("state", ["FOUND", "SUBMITTED"])
def test_many_are_asked_for_by_turns_in_hardly_more_queries_than_one(people, found, state):
    """Also those that somebody of the bureau re-checks, whose unit is asked for then."""
    bureau = people["officer"].account
    Danger.objects.update(state=state, supervisor=bureau if state == "SUBMITTED" else None)

    def asked():
        with CaptureQueriesContext(connection) as seen:
            done = ask_for_forgotten_dangers()
        return done, len(seen)

    WorkItem.objects.all().delete()
    alone, queries = asked()
    many(found, FORGOTTEN_A_TURN + 1)
    done, bulk = asked()
    assert (alone, done) == (1, FORGOTTEN_A_TURN)
    assert bulk < queries + 12  # SQLite takes so many rows at once and no more
    assert asked() == (1, queries)
    assert asked() == (0, 2)
    assert WorkItem.objects.filter(done_at=None).count() == FORGOTTEN_A_TURN + 2


def test_an_own_find_comes_back_to_the_desk_of_who_found_it(people, works):
    firm = people["manager"]
    own = actions.Find(key="own", title="灭火器过期", area_code="", sector="",
                       source=Source.SELF_CHECK, enterprise_id=works)  # fmt: skip
    actions.find_danger(firm.actor, firm.person, own)
    before = waits(people)
    forget()
    ask_for_forgotten_dangers()
    assert waits(people) == before
    assert list(before) == ["manager"]


def test_the_doctor_says_how_much_waits_on_no_desk(people, found):
    def said():
        return [
            (one.state, one.says[:8]) for one in findings() if one.subject in ("待办", "the desks")
        ]

    WorkItem.objects.all().delete()
    [(state, says)] = said()
    assert (state, "1" in says) == (WARN, True)
    ask_for_forgotten_dangers()
    [(state, _says)] = said()
    assert state == GOOD
