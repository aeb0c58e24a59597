"""The log of interference: sealed, seen by its recorder and the named handlers, nobody else."""

import json
import random

import pytest
from django.db import connection

from anlan.operations.deadlines.models import WorkItem
from anlan.operations.deadlines.queries import desk
from anlan.operations.oversight.actions import (
    Attempt,
    end_interference,
    record_interference,
    see_interference,
)
from anlan.operations.oversight.models import Interference, InterferenceView
from anlan.operations.oversight.queries.interference import person_of
from anlan.operations.oversight.rules.interference import INTERFERENCE, State, verbs
from anlan.operations.oversight.rules.interference import Interference as Facts
from anlan.operations.people.models import AuditEntry, OutboxEvent
from anlan.operations.people.queries import scope_of
from anlan.vocabulary.transitions import Refused

from .conftest import archived, at

WHO, HOW = "赵某干预人", "打招呼要求免罚"
DISCIPLINE = ("inspector", "second_inspector", "third_inspector")


@pytest.fixture(autouse=True)
def case(people):
    return archived(people, "2026-0001")


def attempt(**other):
    return Attempt(**{"who": WHO, "capacity": "亲友", "how": HOW, "when": "2026-03-01T10:00",
                      "about": "2026-0001", **other})  # fmt: skip


def record(people, name="officer", handlers=("inspector",), **other):
    one = people[name]
    chosen = tuple(people[who].id for who in handlers)
    return record_interference(one.actor, scope_of(one.account), attempt(**other), chosen)


def look(people, name, pk, purpose="核实"):
    return see_interference(people[name].actor, scope_of(people[name].account), pk, purpose)


def test_its_recorder_and_the_named_handlers_read_it_each_look_on_record(people):
    pk = record(people, handlers=("inspector", "second_inspector"))
    for number, name in enumerate(("officer", "inspector", "second_inspector"), 1):
        assert look(people, name, pk).attempt.who == WHO
        view = InterferenceView.objects.latest("id")
        assert (view.by_id, view.purpose, view.refused) == (people[name].id, "核实", False)
        assert InterferenceView.objects.count() == number
        seen = AuditEntry.objects.filter(verb="people.view_personal", actor_id=people[name].id)
        assert seen.count() == 1
    with pytest.raises(Refused, match="what you need it for"):
        look(people, "inspector", pk, " ")


@pytest.mark.parametrize("name", ["partner", "legal", "leader", "deputy", "safety",
                                  "other_officer", "third_inspector"])  # fmt: skip
def test_for_everybody_else_there_is_no_such_record_and_that_they_asked_is_kept(people, name):
    pk = record(people)
    browser = people[name].browser
    assert browser.get(f"/cases/interference/{pk}").status_code == 404
    answer = browser.post(f"/cases/interference/{pk}/show", {"purpose": "看看"})
    assert answer.status_code == 404
    assert WHO not in answer.content.decode()
    view = InterferenceView.objects.get()
    assert (view.by_id, view.refused) == (people[name].id, True)
    assert AuditEntry.objects.filter(verb="oversight.refuse_interference").count() == 1
    step = {"verb": "notify", "outcome": "x"}
    assert browser.post(f"/cases/interference/{pk}/step", step).status_code == 404
    assert Interference.objects.get().state == State.RECORDED
    assert "2026-001<" not in browser.get("/cases/interference").content.decode()
    missing = browser.post(f"/cases/interference/{pk + 1}/show", {"purpose": "看看"})
    assert missing.status_code == 404


def test_who_has_nothing_to_do_with_cases_is_refused_at_the_door(people):
    pk = record(people)
    for name in ("duty", "street"):
        for address in ("/cases/interference", f"/cases/interference/{pk}"):
            assert people[name].browser.get(address).status_code == 403
        with pytest.raises(Refused, match="role"):
            record(people, name)


def test_nothing_of_it_stands_in_the_open_anywhere(people):
    """Every text of every table is read: neither who, nor how, nor what became of it."""
    pk = record(people)
    look(people, "inspector", pk)
    inspector = people["inspector"]
    end_interference(inspector.actor, scope_of(inspector.account), pk, "notify", "已通报某单位党组")
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                text = json.dumps([str(bytes(one)) if isinstance(one, memoryview) else str(one)
                                   for one in row], ensure_ascii=False)  # fmt: skip
                assert not any(word in text for word in (WHO, HOW, "某单位党组")), table
    for events in (OutboxEvent.objects.all(), WorkItem.objects.filter(kind="interference")):
        assert "2026-0001" not in "".join(str(vars(one)) for one in events)


def test_no_interface_no_export_and_no_search_speaks_of_it(people):
    from anlan.portal.urls import urlpatterns

    record(people)
    paths = [str(one.pattern) for part in urlpatterns for one in getattr(part, "url_patterns", [])]
    assert not [one for one in paths if "interference" in one and ("export" in one or "api" in one)]
    found = people["officer"].browser.get("/api/v1/openapi.json").content.decode()
    assert "interference" not in found.lower()


def test_every_step_is_taken_by_the_named_handlers_alone(people):
    named = frozenset(people[name].id for name in ("inspector", "officer"))
    for state in State:
        ready = Facts(state=state, recorder=people["officer"].id, handlers=named)
        for step in INTERFERENCE.steps:
            able = {
                name
                for name, one in people.items()
                if step.verb in verbs(ready, person_of(scope_of(one.account)))
            }
            assert able == ({"inspector"} if state in step.sources else set())


def test_the_recorder_sees_state_and_day_of_the_notice(people):
    pk = record(people)
    inspector = people["inspector"]
    key = f"interference:{pk}:{inspector.id}"
    assert key in {one.key for one in desk(scope_of(inspector.account))}
    at(2026, 3, 5, 9)
    browser = inspector.browser
    browser.post(f"/cases/interference/{pk}/step", {"verb": "notify", "outcome": "已通报"})
    one = Interference.objects.get()
    assert (one.state, one.ended_on.isoformat()) == ("NOTIFIED", "2026-03-05")
    assert key not in {item.key for item in desk(scope_of(inspector.account))}
    page = people["officer"].browser.get(f"/cases/interference/{pk}").content.decode()
    assert "3月5日" in page
    assert HOW not in page
    with pytest.raises(Refused, match="as it is now"):
        end_interference(inspector.actor, scope_of(inspector.account), pk, "dismiss", "不属实")


@pytest.mark.parametrize(("wrong", "handlers", "said"), [
    ({"about": "2026-0404"}, ("inspector",), "within your sight"),
    ({"who": " "}, ("inspector",), "who interfered"), ({"how": ""}, ("inspector",), "Say how"),
    ({}, (), "one or two"), ({}, DISCIPLINE, "one or two"), ({}, ("leader",), "one or two"),
    ({"who": "inspector 组长"}, ("inspector",), "does not handle"),
])  # fmt: skip
def test_what_cannot_be_recorded_is_refused_with_the_reason(people, wrong, handlers, said):
    with pytest.raises(Refused, match=said):
        record(people, handlers=handlers, **wrong)
    assert not Interference.objects.exists()


def test_another_units_officer_records_nothing_about_our_case(people):
    with pytest.raises(Refused, match="within your sight"):
        record(people, "other_officer")


def test_whatever_is_asked_at_random_only_the_named_ever_read(people):
    rng = random.Random(7)
    rows = [record(people, who, (handler,)) for who in ("officer", "legal", "leader")
            for handler in ("inspector", "second_inspector")]  # fmt: skip
    for _try in range(120):
        name, pk = rng.choice(list(people)), rng.choice(rows)
        look(people, name, pk)
    for view in InterferenceView.objects.select_related("interference"):
        one = view.interference
        named = view.by_id in (one.recorder_id, one.handler_one_id, one.handler_two_id)
        assert view.refused is not named
    assert InterferenceView.objects.count() == 120
